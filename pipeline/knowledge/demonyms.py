"""Demonyms: what the people of a place are called, and the adjective of the place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pipeline.knowledge.tables import HERE, rows


@dataclass(frozen=True, slots=True)
class Demonym:
    """A word for the people or things of a place."""

    name: str
    kind: str  #: adjective | people
    entry_id: str | None  #: the gazetteer row of the place
    country_code: str | None
    people: str  #: the first demonym of its row, the same for "Western" and "Westerners"


@lru_cache(maxsize=1)
def adjectives() -> dict[str, tuple[str, ...]]:
    """The adjectives of each country and territory by its ISO code ("GB" -> British)."""
    return {
        row["country_code"]: tuple(row["adjectives"].split("|"))
        for _, row in rows(HERE / "demonyms.tsv")
        if row["entry_id"].startswith("territory/") and row.get("country_code") and row.get("adjectives")
    }


@lru_cache(maxsize=1)
def demonyms() -> dict[str, Demonym]:
    """Every demonym by its lower-case form. A word that is adjective and people both counts as adjective."""
    found: dict[str, Demonym] = {}
    for _, row in rows(HERE / "demonyms.tsv"):
        place, country = row.get("entry_id") or None, row.get("country_code") or None
        first = (row.get("adjectives") or row.get("people") or "").split("|")[0]
        for kind, column in (("adjective", "adjectives"), ("people", "people")):
            for name in row.get(column, "").split("|"):
                if name:
                    found.setdefault(name.lower(), Demonym(name, kind, place, country, first))
    return found
