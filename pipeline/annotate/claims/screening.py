"""Which attributions make claims of their own, which assert nothing, and hearsay that no cue word marks."""

from __future__ import annotations

from functools import lru_cache

from pipeline.annotate.claims.lexicon import embeddings, hedges, words
from pipeline.annotate.claims.negation import is_negated
from pipeline.annotate.parse import Parse
from pipeline.annotate.records import Attribution
from pipeline.knowledge.tables import HERE, rows

_SEEMING = frozenset({"seem", "appear", "look", "happen"})
#: Words that the object of a belief or an act has at least to be a claim of its own.
_LEAST_PHRASE = 4
_SHOWING = frozenset({"show", "depict", "reveal", "capture", "feature", "picture", "portray"})
_EXPLETIVES = frozenset({"it", "there"})
#: Verbs of coming about: "reports emerged that".
_SPREADING = frozenset({"emerge", "spread", "circulate", "surface", "swirl", "persist", "abound", "mount", "grow"})


@lru_cache(maxsize=1)
def _agents() -> frozenset[str]:
    return frozenset(row["word"] for _, row in rows(HERE / "roles.tsv"))


def is_claimed(parse: Parse, attribution: Attribution, named: bool) -> bool:
    """Whether the content of `attribution` is a claim of its source; `named` tells that the source is an entity.

    Raising and implicative verbs ("is expected to", "managed to") belong to the proposition itself, and what a
    source did not do to a thing ("could not recall the date") is no claim about it.
    """
    lemma = (attribution.cue_lemma or "").lower()
    head = attribution.source_head
    if attribution.form == "raised":
        return False
    if attribution.form == "infinitive" and (
        (lemma, "to") in embeddings() or (attribution.cue_head is not None and is_negated(parse, attribution.cue_head))
    ):
        return False
    expletive = head is not None and parse.lower[head] in _EXPLETIVES
    if (lemma in _SEEMING or lemma in hedges()["adjective"]) and (expletive or head is None):
        return False
    if expletive and (attribution.form == "inserted" or (attribution.form == "phrase" and not attribution.speech)):
        return False
    if attribution.form == "phrase" and not _is_told(parse, attribution):
        return False
    if attribution.form == "noun" and head is None and not _is_clause(parse, attribution.content_head):
        return False
    if attribution.form == "colon" and head is not None and not named:
        return _speaks(parse, head)
    return True


def _is_told(parse: Parse, attribution: Attribution) -> bool:
    """Whether a noun phrase under a cue says enough: it has a source, the cue holds, and it is speech or long."""
    if attribution.source is None or (attribution.cue_head is not None and is_negated(parse, attribution.cue_head)):
        return False
    length = sum(len(parse.text[start:end].split()) for start, end in attribution.spans)
    return attribution.speech or length >= _LEAST_PHRASE


def _is_clause(parse: Parse, head: int | None) -> bool:
    return head is not None and (
        parse.tags[head].startswith(("VB", "MD")) or any(parse.labels[c] == "nsubj" for c in parse.children[head])
    )


def _speaks(parse: Parse, head: int) -> bool:
    """Whether the noun at `head` can be a source: a person, a body, a document; topics before a colon are none."""
    lemma = parse.lemmas[head].lower()
    return (
        lemma in _agents()
        or parse.lower[head] in _agents()
        or lemma in words()["evidence"]
        or not parse.tags[head].startswith("NN")
        or any(name.start <= head < name.end and name.label in {"PERSON", "ORG", "GPE", "NORP"} for name in parse.names)
    )


def is_assertive(parse: Parse, attribution: Attribution) -> bool:
    """Whether the content is asserted: not asked, and not told of as missing ("no evidence that")."""
    if not attribution.assertive:
        return False
    cue = attribution.cue_head
    if attribution.form != "noun" or cue is None:
        return True
    if (attribution.cue_lemma or "").lower() == "question":
        return False
    if any(parse.lower[child] in {"no", "little"} for child in parse.children[cue]):
        return False
    governor = parse.heads[cue]
    return parse.labels[cue] != "dobj" or not is_negated(parse, governor)


def rumours(parse: Parse) -> list[Attribution]:
    """Hearsay: "reports emerged that ...", "rumours spread that ..."."""
    found = []
    nouns = words()["rumour"]
    for token, label in enumerate(parse.labels):
        verb = parse.heads[token]
        if label not in {"ccomp", "acl"} or parse.lemmas[verb] not in _SPREADING or token < verb:
            continue
        source = next((c for c in parse.children[verb] if parse.labels[c] == "nsubj"), None)
        if source is None or parse.lemmas[source].lower() not in nouns:
            continue
        first, last = parse.left_edge(token), parse.right_edge(token) + 1
        if parse.lower[first] == "that":
            first += 1
        while last > first + 1 and not parse.words[last - 1][-1].isalnum():
            last -= 1
        left, right = parse.left_edge(source), source + 1
        found.append(
            Attribution(
                [parse.span(first, last)], parse.span(left, right), source, parse.span(verb, verb + 1), verb,
                parse.lemmas[verb], "rumour", speech=False, content_head=token,
            )
        )  # fmt: skip
    return found


def shown_by(parse: Parse, attribution: Attribution) -> int | None:
    """The evidence that shows the content: "photo" in "he shared a photo on his account showing a tank".

    None where the cue is no participle of showing, or its source is evidence already.
    """
    cue, head = attribution.cue_head, attribution.source_head
    evidence = words()["evidence"]
    if cue is None or parse.tags[cue] != "VBG" or parse.lemmas[cue] not in _SHOWING:
        return None
    if head is not None and parse.lemmas[head].lower() in evidence:
        return None
    first, _ = parse.sentences[parse.sentence_of[cue]]
    for token in range(cue - 1, first - 1, -1):
        if parse.lemmas[token].lower() in evidence and parse.tags[token] in {"NN", "NNS"}:
            return token if parse.labels[token] != "compound" else None
    return None
