"""Persons whom an article names by office and surname alone ("President Obama"): the one who held that office."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from pipeline import knowledge
from pipeline.annotate.names.spans import Span, surface
from pipeline.annotate.parse import Parse
from pipeline.knowledge import Entry
from pipeline.knowledge.tables import HERE, rows

#: Words of the longest office.
_LONGEST = 4


@lru_cache(maxsize=1)
def _held() -> dict[tuple[str, str], tuple[tuple[Entry, str | None], ...]]:
    """(surname, office), both case folded -> who held it, and of which country."""
    found: dict[tuple[str, str], dict[str, tuple[Entry, str | None]]] = defaultdict(dict)
    for _, row in rows(HERE / "offices.tsv"):
        person = knowledge.entry(row["entry_id"])
        for name in (person.canonical_name, *person.aliases):
            for office in row["offices"].split("|"):
                found[name.split()[-1].casefold(), office][person.id] = person, row.get("country_code") or None
    return {key: tuple(those.values()) for key, those in found.items()}


def entry(parse: Parse, spans: list[Span]) -> Entry | None:
    """The row of a person of whom the article has the surname only, behind an office; None where it is not plain.

    The surname must be that of one holder of the office, and a country named before it ("French President Sarkozy")
    theirs.
    """
    if spans[0].type != "PERSON" or any(span.end - span.start > 1 for span in spans):
        return None
    surname = surface(parse, spans[0]).casefold()
    found: dict[str, Entry] = {}
    for span in spans:
        told = _country(parse, span.start)
        for person, country in _before(parse, span.start, surname):
            if told is None and parse.words[span.start - 1].islower():
                continue  # "the club's president Kennedy"
            if told is not None and told != country:
                return None
            found[person.id] = person
    return next(iter(found.values())) if len(found) == 1 else None


def _before(parse: Parse, end: int, surname: str) -> tuple[tuple[Entry, str | None], ...]:
    """Those of the surname who held the office that stands directly before token `end`."""
    for size in range(min(_LONGEST, end), 0, -1):
        held = _held().get((surname, " ".join(parse.lower[end - size : end])))
        if held is not None and parse.segment_of[end - size] == parse.segment_of[end]:
            return held
    return ()


def _country(parse: Parse, end: int) -> str | None:
    """The country that stands before the office before token `end`, as an adjective or by its name."""
    for index in range(end - 1, max(-1, end - _LONGEST - 2), -1):
        if not parse.words[index][0].isalpha():
            return None
        demonym = knowledge.demonyms().get(parse.lower[index])
        if demonym is not None and parse.words[index][0].isupper():
            return demonym.country_code
        named = [row for row in knowledge.named(parse.words[index]) if row.id.startswith("territory/")]
        if named and parse.words[index][0].isupper():
            return named[0].country_code
    return None
