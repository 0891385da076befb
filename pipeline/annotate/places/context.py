"""Context: what an article says about where its places lie."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline import knowledge
from pipeline.annotate.places.candidates import Candidate, from_row, named
from pipeline.annotate.records import Mention

#: What may stand between a place and the larger place that holds it: "Paris, Texas"; "Paris (Texas)"; "Paris in Texas".
_BETWEEN = re.compile(r"(?:,? \(?|,? in )$|, (?:in )?$")
#: A larger place in an abbreviation that the names may have missed: "Paris, Tex."
_SHORT = re.compile(r", ?([A-Z][a-z]{1,4}\.|[A-Z]\. ?[A-Z]\.|W\.Va\.|[A-Z]{2}\b)")
_HOLDERS = frozenset({"country", "state", "admin", "county"})
#: A dateline stands in the first so many characters of a text or a paragraph's start.
DATELINE = 400


@dataclass(slots=True)
class Context:
    """What an article says about its places, all by number of the entity."""

    counts: dict[int, int] = field(default_factory=dict)  #: how often each place is mentioned
    holders: dict[int, list[int]] = field(default_factory=dict)  #: places that the text puts it into
    short: dict[int, list[Candidate]] = field(default_factory=dict)  #: holders known by an abbreviation alone
    dateline: int | None = None  #: the place that the article was written in


def read(text: str, mentions: list[Mention], found: dict[int, list[Candidate]]) -> Context:
    """The context of the places `found` (entity -> candidates) in a text."""
    context = Context()
    placed = sorted((m for m in mentions if m.entity in found and m.kind == "name"), key=lambda m: m.start)
    for number, mention in enumerate(placed):
        assert mention.entity is not None
        context.counts[mention.entity] = context.counts.get(mention.entity, 0) + 1
        following = placed[number + 1] if number + 1 < len(placed) else None
        if following is not None and following.start - mention.end <= 6 and following.entity != mention.entity:
            between = text[mention.end : following.start]
            kinds = {one.kind for one in found[following.entity][:3]} if following.entity in found else set()
            if between in {", ", " (", ", in ", " in ", ","} and kinds & _HOLDERS:
                context.holders.setdefault(mention.entity, []).append(following.entity)  # type: ignore[arg-type]
                continue
        short = _SHORT.match(text, mention.end)
        if short is not None:
            rows = [one for one in named(short[1].replace(". ", ".")) if one.kind in _HOLDERS]
            rows = rows or _postal(short[1])
            if rows:
                context.short.setdefault(mention.entity, []).extend(rows)
    context.dateline = _dateline(text, placed)
    return context


def _postal(code: str) -> list[Candidate]:
    """The state of the United States with a two-letter code."""
    try:
        return [from_row(knowledge.entry(f"region/us-{code.lower()}"))] if len(code) == 2 else []
    except KeyError:
        return []


def _dateline(text: str, placed: list[Mention]) -> int | None:
    """The place in capitals before a dash at the start of a paragraph ("LONDON (Reuters) - ", "PARIS, Texas -- ")."""
    for mention in placed:
        if mention.start > DATELINE:
            return None
        before = text[max(0, mention.start - 1) : mention.start]
        after = text[mention.end : mention.end + 45]
        if before in {"", "\n"} and re.match(r"[^.!?\n]{0,40}?(?:--|—|–| - |\) -)", after):
            return mention.entity
    return None
