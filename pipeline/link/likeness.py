"""Likeness: how far two claims of a story assert the same event, by the terms they share and what does what to what.

Words alone do not tell "allies met over arms" from "allies argued over arms": all claims of a story share its topic.
Claims with the same predicate and a participant in common are liker than their words, claims with neither far less.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.link.event_terms import NAME, word_term
from pipeline.link.propositions import Proposition, Vector, candidates, different_times, product
from pipeline.link.terms import stop_words

#: What the same predicate with a participant in common adds to the cosine.
SAME_EVENT = 0.15
#: What is left of the cosine where only a participant is common, only the predicate, or neither.
SAME_THING, SAME_ACT, SAME_TOPIC = 0.85, 0.75, 0.5
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
    r"(?<=\s)(?:of|in|on|at|for|to|from|with|by|as|that|who|which|whose|where|about|against|over|near|after|before)\s",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Event:
    """What a claim says happened: its predicate as an event term, and its participants as heads and entities."""

    predicate: str | None
    participants: frozenset[str]

    @property
    def is_light(self) -> bool:
        """Whether the predicate tells little of the event."""
        return self.predicate in _LIGHT


def event(claim: Proposition) -> Event:
    """What a claim says happened, and to what."""
    found = (_head(claim.subject), _head(claim.object), claim.subject_entity, claim.object_entity)
    words = _WORD.findall(claim.predicate or "")
    predicate = word_term(words[words[0] == "be" and len(words) > 1]) if words else None
    if predicate == "be":  # "are worried that" says what "were worried" says
        predicate = _head(claim.object) or predicate
    return Event(predicate, frozenset(one for one in found if one is not None))


def _head(phrase: str | None) -> str | None:
    words = _WORD.findall(_AFTER_HEAD.split(phrase, maxsplit=1)[0]) if phrase else []
    if not words or words[-1].lower() in stop_words():
        return None
    return word_term(words[-1]).removeprefix(NAME)  # a people's name and its country's are one, capital or not


def likeness(one: Event, other: Event, first: Vector, second: Vector) -> float:
    """The likeness of two claims: the cosine of their vectors, corrected by their events; 0 where nothing but names
    is shared."""
    shared = first.keys() & second.keys()
    if len(shared) < 2 or all(term.startswith(NAME) for term in shared):
        return 0.0
    value = product(shared, first, second)
    same_act = one.predicate is not None and one.predicate == other.predicate and not one.is_light
    same_thing = bool(one.participants & other.participants)
    if same_act and same_thing:
        return round(value + SAME_EVENT, 4)
    return round(value * (SAME_THING if same_thing else SAME_ACT if same_act else SAME_TOPIC), 4)


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
