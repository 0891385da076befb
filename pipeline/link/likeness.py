"""Likeness: how far two claims of a story assert the same event, by the terms they share and what does what to what.

Words alone do not tell "allies met over arms" from "allies argued over arms". Claims with the same predicate and a
participant in common are liker than their words, claims with different predicates are less like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.link.event_terms import NAME, word_term
from pipeline.link.propositions import Proposition, Vector, candidates, cosine, different_times

#: What the same predicate with a common participant adds; what different predicates leave.
SAME_EVENT, OTHER_EVENT = 0.15, 0.6
#: Predicates that tell little of an event, or only how it became known.
_LIGHT = frozenset(
    map(
        word_term,
        "be have do make take get give become remain keep seem appear emerge say tell report show see find spot"
        " follow come go".split(),
    )
)
#: A noun phrase's head stands before the first of these.
_AFTER_HEAD = re.compile(
    r"\b(?:of|in|on|at|for|to|from|with|by|as|that|who|which|whose|where|about|against|over|near|after|before)\b", re.I
)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Event:
    """Predicate and heads of subject and object, as event terms; None where a claim has none."""

    predicate: str | None
    heads: frozenset[str]

    @property
    def is_light(self) -> bool:
        """Whether the predicate tells little of the event."""
        return self.predicate in _LIGHT


def event(claim: Proposition) -> Event:
    """What a claim says happened, and to what."""
    heads = {head for head in (_head(claim.subject), _head(claim.object)) if head is not None}
    words = _WORD.findall(claim.predicate or "")
    return Event(word_term(words[words[0] == "be" and len(words) > 1]) if words else None, frozenset(heads))


def _head(phrase: str | None) -> str | None:
    words = _WORD.findall(_AFTER_HEAD.split(phrase, maxsplit=1)[0]) if phrase else []
    return word_term(words[-1]) if words else None


def likeness(one: Event, other: Event, first: Vector, second: Vector) -> float:
    """The likeness of two claims: the cosine of their vectors, corrected by their events; 0 where nothing but names
    is shared."""
    shared = first.keys() & second.keys()
    if len(shared) < 2 or all(term.startswith(NAME) for term in shared):
        return 0.0
    value = cosine(first, second)
    if one.predicate is None or other.predicate is None:
        return value
    if one.predicate == other.predicate:
        return round(value + SAME_EVENT, 4) if one.heads & other.heads and not one.is_light else value
    told = one.predicate in second or other.predicate in first
    return value if told or one.is_light or other.is_light else round(value * OTHER_EVENT, 4)


def alike_elsewhere(
    claims: Sequence[Proposition], vectors: Sequence[Vector], fewest: float
) -> list[tuple[int, int, float]]:
    """The pairs of claims of different articles, not told of different times, with a likeness of at least `fewest`."""
    events = [event(claim) for claim in claims]
    return [
        (one, other, value)
        for one, other in candidates(vectors)
        if claims[one].article_id != claims[other].article_id
        and (value := likeness(events[one], events[other], vectors[one], vectors[other])) >= fewest
        and not different_times(claims[one], claims[other])
    ]
