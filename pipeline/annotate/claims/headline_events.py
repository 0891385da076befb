"""Headlines without a verb that report all the same: "Fire at warehouse in Leeds", "Director in talks over sequel".

News leaves the copula out of its headlines, and names an event where a sentence would tell of it (Mårdh 1980,
Headlinese). Titles of essays, guides and questions do neither: they begin with an article or a question word.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.annotate.claims.drafts import Draft
from pipeline.annotate.claims.edges import trim
from pipeline.annotate.claims.grammar import is_actor, is_question, root_of
from pipeline.annotate.claims.lexicon import words
from pipeline.annotate.lemmas import lemma
from pipeline.annotate.parse import Parse

#: Words that stand for a proposition: fewer name a topic, unless a preposition relates them.
FEWEST = 4
_OPENERS = frozenset({"DT", "PDT", "WDT", "WP", "WP$", "WRB", "PRP", "PRP$", "EX", "MD"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_PERSONAL = frozenset({"i", "we", "you", "me", "us", "my", "our", "your"})
#: Labels over which the noun of a headline is reached from its root.
_BESIDE = frozenset({"appos", "conj", "dep"})


def find(parse: Parse, headlines: Iterable[int], covered: set[int]) -> list[Draft]:
    """A draft for each sentence of the headlines that is not covered and reports: of kind `verbless` where something is
    said of an actor, else `fragment`, headed by the noun that names the event."""
    found = []
    for number in sorted(set(headlines) - covered):
        sentence = parse.sentences[number]
        if not _may_report(parse, sentence):
            continue
        root = root_of(parse, sentence)
        event, said = _event(parse, root, sentence), _said_of_actor(parse, root, sentence)
        if said is not None and (event is None or parse.is_within(event, said)):
            draft = Draft(said, -1, list(range(*sentence)), "verbless")
        elif event is not None:
            draft = Draft(event, -1, list(range(*sentence)), "fragment")
        else:
            continue
        if trim(parse, draft):
            found.append(draft)
    return found


def _may_report(parse: Parse, sentence: tuple[int, int]) -> bool:
    tokens = [token for token in range(*sentence) if parse.words[token][0].isalnum()]
    related = any(parse.labels[token] == "prep" for token in tokens)
    if not tokens or (len(tokens) < FEWEST and not related) or is_question(parse, sentence):
        return False
    first = tokens[0]
    if parse.tags[first] in _OPENERS or (parse.tags[first] == "VB" and parse.heads[first] == first):
        return False
    if any(parse.lower[token] in _PERSONAL and parse.words[token] != "US" for token in tokens):
        return False
    return related or any(parse.tags[token] in {"NNP", "NNPS", "CD"} for token in tokens)


def _said_of_actor(parse: Parse, root: int, sentence: tuple[int, int]) -> int | None:
    """The word that opens what is said of the actor that heads a headline: "in" in "Director in talks"."""
    if not is_actor(parse, root) or any(parse.labels[child] == "poss" for child in parse.children[root]):
        return None
    if any(parse.words[token] == ":" for token in range(sentence[0], root)):
        return None  # "The mayor: entertainer in chief" says what he is called
    kinds = words()
    nouns = [root, *(child for child in parse.children[root] if parse.labels[child] == "appos")]
    for child in (child for noun in nouns for child in parse.children[noun] if child > noun):
        low = parse.lower[child]
        if low in kinds["verbless"] and len(parse.children[child]) > 0:
            return child if _tells_how(parse, root, child) else None
        if low == "on" and any(parse.lemmas[c].lower() in kinds["verbless_on"] for c in parse.children[child]):
            return child
        if parse.tags[child] == "JJ" and parse.labels[child] in {"amod", "acomp"} and len(parse.children[child]) > 0:
            return child
    return None


def _tells_how(parse: Parse, noun: int, preposition: int) -> bool:
    """Whether a phrase with "in" says how somebody is, or where a named one is: "in talks", not "workers in Leeds"."""
    if parse.lower[preposition] != "in":
        return True
    below = [child for child in parse.children[preposition] if parse.labels[child] == "pobj"]
    if any(parse.lemmas[child].lower() in words()["verbless_in"] for child in below):
        return True
    return parse.tags[noun] == "NNP" and any(parse.tags[child] == "NNP" for child in below)


def _event(parse: Parse, root: int, sentence: tuple[int, int]) -> int | None:
    """The noun that names an event: the root, one beside it, or a circumstance of it ("dead in crash")."""
    if any(parse.words[token] == ":" for token in range(root, sentence[1])):
        return None  # "Total recall: ..." is a label
    kinds = words()
    ready = [root]
    for token in ready:  # grows
        if parse.tags[token] in _NOUNS and lemma(parse.lower[token], "NNS") in kinds["event"]:
            before = range(max(parse.left_edge(token), sentence[0]), token)
            return None if any(parse.lower[word] in kinds["unrealised"] for word in before) else token
        for child in parse.children[token]:
            if child > token and parse.labels[child] in _BESIDE:
                ready.append(child)
            elif parse.labels[child] == "prep" and parse.lower[child] in kinds["circumstance"]:
                ready += [c for c in parse.children[child] if parse.labels[c] == "pobj"]
    return None
