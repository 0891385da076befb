"""Salience: how much a mention puts its entity into the reader's mind, by its grammatical role and its distance.

The weights follow the order of Lappin and Leass (1994): main subject, agent, object, oblique, possessor. A
speaker counts more than any other subject: news goes on with who spoke last.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.annotate.parse import Parse

_SPEAKER, _MAIN, _CLAUSE, _AGENT, _OBJECT, _OBLIQUE, _POSSESSOR, _OTHER = 1.25, 1.0, 0.65, 0.8, 0.5, 0.35, 0.3, 0.3
#: What a mention inside somebody's words, a caption or a link counts.
_APART = 0.15
#: What is left of a mention's weight with every sentence after it.
_FADING = 0.62
#: Sentences after which a mention is forgotten.
_WINDOW = 6
#: What every further sentence of the window that mentions the entity adds, for at most three.
_REPEATED = 0.08


@dataclass(slots=True)
class Event:
    """A mention of an entity: its head token, the narrative sentence it stands in and its weight there."""

    token: int
    sentence: int
    weight: float


def role_weight(parse: Parse, quoted: list[bool], token: int, speaks: bool, leads: bool) -> float:
    """The weight of a mention by the role of its head token in its clause; `leads`: it is the main subject by place."""
    if speaks:
        return _SPEAKER
    if leads:
        return _MAIN
    for _ in range(6):
        label, head = parse.labels[token], parse.heads[token]
        if head == token:
            return _MAIN * 0.8
        if label in {"compound", "appos", "nn", "amod", "nmod", "conj", "flat"}:
            token = head
            continue
        if label in {"nsubj", "nsubjpass"}:
            return _MAIN if _is_main(parse, quoted, head) else _CLAUSE
        if label in {"dobj", "dative", "iobj"}:
            return _OBJECT
        if label == "pobj":
            return _AGENT if parse.labels[head] == "agent" else _OBLIQUE
        if label == "poss":
            return _POSSESSOR
        return _OTHER
    return _OTHER


def _is_main(parse: Parse, quoted: list[bool], verb: int) -> bool:
    for _ in range(6):
        label, head = parse.labels[verb], parse.heads[verb]
        if quoted[head] and not quoted[verb]:
            return True  # what introduces a quotation is the main clause, whatever the parse says
        if label in {"advcl", "relcl", "acl", "pcomp", "csubj", "ccomp"}:
            return False
        if head == verb or label == "ROOT":
            return True
        verb = head
    return False


@dataclass(slots=True)
class Focus:
    """The entities that have been mentioned so far, with when and how."""

    events: dict[int, list[Event]] = field(default_factory=dict)
    order: list[tuple[int, int]] = field(default_factory=list)  #: sentence and entity of each mention

    def add(self, entity: int, token: int, sentence: int, weight: float, apart: bool) -> None:
        """Note a mention; `apart`: it stands in a quotation, a caption or a link."""
        self.order.append((sentence, entity))
        self.events.setdefault(entity, []).append(Event(token, sentence, weight * (_APART if apart else 1.0)))

    def remembered(self, sentence: int) -> set[int]:
        """The entities mentioned in the window before a narrative sentence."""
        found: set[int] = set()
        for past, entity in reversed(self.order):
            if sentence - past > _WINDOW:
                break
            found.add(entity)
        return found

    def score(self, entity: int, sentence: int) -> float:
        """How salient an entity is in a narrative sentence: its best mention, faded, and a little for the others."""
        best = 0.0
        seen: set[int] = set()
        for event in reversed(self.events.get(entity, [])):
            distance = sentence - event.sentence
            if distance > _WINDOW:
                break
            seen.add(event.sentence)
            best = max(best, event.weight * _FADING**distance)
        return round(best + _REPEATED * min(max(len(seen) - 1, 0), 3) * (best > 0), 6)

    def last(self, entity: int) -> Event | None:
        """The entity's latest mention."""
        events = self.events.get(entity)
        return events[-1] if events else None
