"""Speakers: which entity of the article, or which unnamed source, spoke each quote."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from pipeline.annotate.quotes.context import Context
from pipeline.annotate.quotes.draft import Draft
from pipeline.annotate.records import LocalEntity, Mention

_SPEAKING = frozenset({"PERSON", "ORG", "GPE", "NORP", "MEDIA", "PLATFORM", "FAC"})
_GENDER = {"he": "male", "him": "male", "his": "male", "she": "female", "her": "female", "hers": "female"}
_PLURAL = frozenset({"they", "them", "their", "we", "us"})
_PERSONAL = frozenset({*_GENDER, *_PLURAL, "i", "it", "you", "who", "which", "that", "himself", "herself", "its", "my", "our"})
_DOCUMENTS = frozenset(
    "report study statement letter document documents lawsuit complaint poll survey memo email post tweet article paper "
    "indictment filing affidavit release website book ruling decision note message records data findings files".split()
)


@dataclass(slots=True)
class Speaker:
    """Characters of the mention, the entity it resolves to, what kind of source it is and how it was resolved."""

    start: int | None = None
    end: int | None = None
    entity: int | None = None
    kind: str = "none"
    resolution: str = "none"
    pronoun: str | None = None  #: an unresolved pronoun, lower case


@dataclass(frozen=True)
class Cast:
    """The mentions and entities of an article, as speakers."""

    context: Context
    mentions: list[Mention]
    entities: list[LocalEntity]

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.start for mention in self._ordered]

    @cached_property
    def _ordered(self) -> list[Mention]:
        return sorted(self.mentions, key=lambda mention: (mention.start, -mention.end))

    def at(self, start: int, end: int) -> list[Mention]:
        """Mentions that lie within characters `start` to `end` or overlap them."""
        low = max(0, bisect_left(self._starts, start) - 3)
        high = bisect_right(self._starts, end)
        return [mention for mention in self._ordered[low:high] if mention.start < end and mention.end > start]

    def gender(self, entity: int) -> str | None:
        """male | female | None."""
        return self.entities[entity].gender

    def speaker(self, head: int | None, span: tuple[int, int] | None) -> Speaker:
        """The speaker that a source as printed stands for."""
        parse = self.context.parse
        if head is None:
            return Speaker()
        start, end = span or parse.span(head, head + 1)
        token = parse.span(head, head + 1)
        word = parse.lower[head]
        covering = [m for m in self.at(*token) if m.start <= token[0] and token[1] <= m.end]
        names = [m for m in covering if m.kind == "name" and m.type in _SPEAKING]
        if names:
            return self._named(names[0], start, end)
        for child in parse.children[head]:
            # "his father, Hugh Hill, says": the name in apposition
            if parse.labels[child] == "appos":
                apposed = [m for m in self.at(*parse.span(child, child + 1)) if m.kind == "name" and m.type == "PERSON"]
                if apposed:
                    return self._named(apposed[0], start, max(end, apposed[0].end))
        for mention in covering:
            if mention.kind != "name" and mention.entity is not None:
                return Speaker(start, end, mention.entity, self._kind(mention.entity),
                               "pronoun" if mention.kind == "pronoun" else "role")  # fmt: skip
        if word in _PERSONAL:
            return Speaker(start, end, None, "none", "none", word)
        return Speaker(start, end, None, "document" if word in _DOCUMENTS else "unnamed", "none")

    def _named(self, mention: Mention, start: int, end: int) -> Speaker:
        if mention.entity is None:
            return Speaker(start, end, None, "person" if mention.type == "PERSON" else "organisation", "none")
        full = self.entities[mention.entity].canonical_name
        whole = mention.text.casefold() == full.casefold() or mention.resolution == "exact"
        return Speaker(start, end, mention.entity, self._kind(mention.entity), "name" if whole else "surname")

    def _kind(self, entity: int) -> str:
        return "person" if self.entities[entity].type == "PERSON" else "organisation"


def resolve(context: Context, rows: list[Draft], mentions: list[Mention], entities: list[LocalEntity]) -> list[Speaker]:
    """A speaker for each row, in order; rows without any evidence get none."""
    cast = Cast(context, mentions, entities)
    found = [cast.speaker(row.source_head, row.source) for row in rows]
    for number, row in enumerate(rows):
        speaker = found[number]
        if speaker.pronoun in _GENDER:
            _pronoun(cast, rows, found, number)
        elif row.source_head is None:
            found[number] = _carried(cast, rows, found, number)
    return found


def _pronoun(cast: Cast, rows: list[Draft], found: list[Speaker], number: int) -> None:
    """A pronoun that coreference left open goes to the last speaker who agrees in gender."""
    speaker = found[number]
    gender = _GENDER[speaker.pronoun or ""]
    for previous in range(number - 1, max(-1, number - 4), -1):
        entity = found[previous].entity
        if entity is not None and cast.entities[entity].type == "PERSON" and cast.gender(entity) in {None, gender}:
            speaker.entity, speaker.kind, speaker.resolution = entity, "person", "pronoun"
            return


def _carried(cast: Cast, rows: list[Draft], found: list[Speaker], number: int) -> Speaker:
    """A quote without a source goes on with the speaker before it, or with whom the sentence before it is about."""
    context, row = cast.context, rows[number]
    paragraph = context.paragraph(row.start)
    previous = next((k for k in range(number - 1, -1, -1) if rows[k].start < row.start), None)
    if previous is not None:
        before = found[previous]
        distance = paragraph - context.paragraph(rows[previous].end - 1)
        if before.kind != "none" and distance <= 1:
            return Speaker(before.start, before.end, before.entity, before.kind, "carried")
    return Speaker()
