"""Edges: what is cut from both ends of a claim, because it relates the claim to others and asserts nothing itself.

Conjuncts after Quirk et al. 1985, 8.134-8.147 ("however", "therefore"), viewpoints ("for his part"), labels before a
colon, and the question that a source was asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.annotate.claims.grammar import has_subject, subject_of, subordinator
from pipeline.annotate.claims.lexicon import words
from pipeline.annotate.parse import Parse

if TYPE_CHECKING:
    from pipeline.annotate.claims.drafts import Draft

#: What tags of words start with that no label holds.
_VERBAL = frozenset({"VB", "MD", "PR"})
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
        return last + 1
    if label == "advcl" and parse.lemmas[token].lower() in words()["asking"] and parse.tags[token] in {"VBN", "VBD"}:
        return None if has_subject(parse, token) else last + 1
    return None


def _part(parse: Parse, token: int) -> int | None:
    """The word "part" of "for her part," that opens at `token`, whatever the parser hung on it."""
    near = range(token + 2, min(token + _PART_REACH, len(parse) - 1))
    return next((place for place in near if parse.lower[place] == "part" and parse.words[place + 1] == ","), None)


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
    if subject is None:
        return 0
    colon = next((place for place, token in enumerate(tokens) if parse.words[token] == ":"), 0)
    before = tokens[:colon]
    is_label = tokens[colon] < parse.left_edge(subject) and not any(
        parse.tags[token][:2] in _VERBAL for token in before
    )
    is_circumstance = bool(before) and parse.tags[before[0]] == "IN"  # "In Leeds: the bridge was closed"
    return colon + 1 if before and is_label and not is_circumstance and subject < draft.head else 0


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
