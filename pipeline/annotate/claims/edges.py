"""Edges: what is cut from both ends of a claim, because it relates the claim to others and asserts nothing itself.

Conjuncts after Quirk et al. 1985, 8.134-8.147 ("however", "therefore"), viewpoints ("for his part"), labels before a
colon, and the question that a source was asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.annotate.claims.grammar import subject_of, subordinator
from pipeline.annotate.claims.lexicon import words
from pipeline.annotate.parse import Parse

if TYPE_CHECKING:
    from pipeline.annotate.claims.drafts import Draft

#: Tags of the words of a label.
_NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "CD", "DT", "HYPH", "POS", "IN"})
_TRIMMED_LABELS = frozenset({"punct", "cc", "mark", "preconj"})
#: Words from "for" to "part" in "for his own part".
_PART_REACH = 5


def trim(parse: Parse, draft: Draft) -> bool:
    """Cut what asserts nothing from both ends of a draft; False where nothing is left.

    Punctuation, conjunctions and subordinators; and from the start of the narrator's claims labels, conjuncts,
    viewpoints and what a source was asked: of a source's own words none is lost.
    """
    tokens = draft.tokens
    is_narrated = draft.content < 0
    first, last = _after_label(parse, draft) if is_narrated else 0, len(tokens)
    while first < last:
        if _is_edge(parse, tokens[first], draft.head):
            first += 1
        elif is_narrated and (beyond := _preamble(parse, tokens[first], draft.head)):
            first = next((place for place in range(first, last) if tokens[place] >= beyond), last)
        else:
            break
    while last > first and (_is_edge(parse, tokens[last - 1], draft.head) or _is_left(parse, tokens[last - 1], draft)):
        last -= 1
    draft.tokens = tokens[first:last]
    return bool(draft.tokens)


def _preamble(parse: Parse, token: int, head: int) -> int | None:
    """The first token after what opens at `token` and only leads on to the claim of `head`; None where nothing does."""
    low, label, last = parse.lower[token], parse.labels[token], parse.right_edge(token)
    if token >= head:
        return None
    if low == "for" and (part := _part(parse, token)):
        return part + 1
    if parse.heads[token] != head:
        return None
    if label == "advmod" and low in words()["conjunct"]:
        return last + 1 if _leads_on(parse, last + 1, head) else None
    if label == "advcl" and parse.tags[token] in {"VBN", "VBD"} and _is_being_asked(parse, token):
        return last + 1
    return None


def _leads_on(parse: Parse, after: int, head: int) -> bool:
    """Whether a comma or the subject follows: "so they left", and not "so does the governor"."""
    subject = subject_of(parse, head)
    return parse.words[after] == "," or (subject is not None and parse.left_edge(subject) == after)


def _is_being_asked(parse: Parse, verb: int) -> bool:
    """Whether a participle says what a source was asked, and not by whom: "asked about the fire"."""
    labels = {parse.labels[child] for child in parse.children[verb]}
    if labels & {"agent", "nsubj", "nsubjpass"} or parse.lemmas[verb].lower() not in words()["asking"]:
        return False
    return "ccomp" in labels or any(parse.lower[child] in {"about", "on"} for child in parse.children[verb])


def _part(parse: Parse, token: int) -> int | None:
    """The word "part" of "for her part," that opens at `token`, whatever the parser hung on it."""
    near = range(token + 2, min(token + _PART_REACH, len(parse) - 1))
    part = next((place for place in near if parse.lower[place] == "part" and parse.words[place + 1] == ","), token)
    owned = any(parse.tags[place] in {"PRP$", "POS"} for place in range(token, part))  # not "for the most part"
    return part if owned else None


def _is_left(parse: Parse, token: int, draft: Draft) -> bool:
    """Whether a last word has lost what it stood before: a preposition its noun, "that" its clause."""
    if token == draft.head:
        return False
    label = parse.labels[token]
    return (label == "prep" and len(parse.children[token]) > 0) or (label == "mark" and parse.lower[token] == "that")


def _after_label(parse: Parse, draft: Draft) -> int:
    """Where a clause starts in its tokens behind a label: "Hypothesis 1: they are afraid", "Budget: unions strike"."""
    tokens = draft.tokens
    subject = subject_of(parse, draft.head)
    if subject is None or subject > draft.head:
        return 0
    colon = next((place for place, token in enumerate(tokens) if parse.words[token] == ":"), 0)
    before = tokens[:colon]
    if not before or tokens[colon] > parse.left_edge(subject) or not is_label(parse, before):
        return 0
    return colon + 1


def is_label(parse: Parse, tokens: list[int]) -> bool:
    """Whether the words before a colon name a topic: they tell neither when nor where, and do not deny what follows."""
    if not tokens or parse.tags[tokens[0]] == "IN":
        return False
    if any(parse.tags[token] not in _NOMINAL or parse.lower[token] in words()["denial"] for token in tokens):
        return False
    dated = {token for name in parse.names if name.label in {"DATE", "TIME"} for token in range(name.start, name.end)}
    return dated.isdisjoint(tokens)


def _is_edge(parse: Parse, token: int, head: int) -> bool:
    if token == head:
        return False
    if not any(character.isalnum() or character in "$€£%#@&" for character in parse.words[token]):
        return True
    if parse.labels[token] == "mark" and parse.heads[token] != head:
        return False
    if parse.lower[token] == "when" and subordinator(parse, head) == token:
        return True
    return parse.labels[token] in _TRIMMED_LABELS and parse.lower[token] not in {"neither", "if", "unless"}
