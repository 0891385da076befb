"""Populated places of the world: a cut of GeoNames, looked up by name without building an object for each."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from pipeline.knowledge.tables import packed


@dataclass(frozen=True, slots=True)
class City:
    """A populated place."""

    geonames_id: int
    name: str  #: as GeoNames writes it
    country_code: str  #: ISO 3166-1 alpha-2
    admin1: str  #: GeoNames code of the first-level division ("TX", "ENG", "05")
    population: int
    lat: float
    lon: float
    alternate: bool  #: whether it was found by a name less usual in English
    wikidata_id: str | None = None


def fold(name: str) -> str:
    """A name as the table's key: lower case, accents and full stops dropped, hyphens as spaces, "saint" as "st".

    >>> fold("St. Étienne-du-Rouvray")
    'st etienne du rouvray'
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = plain.lower().replace(".", "").replace("-", " ").replace("’", "'").replace("‘", "'").split()
    return " ".join("st" if word == "saint" else word for word in words)


@lru_cache(maxsize=1)
def _lines() -> list[bytes]:
    # Sorted by bytes; each line is key TAB rest, so that a lookup is one bisection and parses only what it finds.
    return packed("cities.tsv.gz").split(b"\n")


def _range(name: str) -> tuple[int, int]:
    lines, key = _lines(), fold(name).encode()
    first = bisect_left(lines, key + b"\t")
    last = bisect_left(lines, key + b"\n", first)
    return first, last


def is_city(name: str) -> bool:
    """Whether a populated place has this name or alternate name."""
    first, last = _range(name)
    return last > first


@lru_cache(maxsize=65536)
def cities(name: str) -> tuple[City, ...]:
    """The populated places of this name, those it is the main name of before others, most populous first."""
    first, last = _range(name)
    found = []
    for line in _lines()[first:last]:
        _, alternate, number, own, country, admin1, population, lat, lon, item = line.decode().split("\t")
        found.append(
            City(
                geonames_id=int(number),
                name=own,
                country_code=country,
                admin1=admin1,
                population=int(population),
                lat=float(lat),
                lon=float(lon),
                alternate=alternate == "1",
                wikidata_id=item or None,
            )
        )
    return tuple(sorted(found, key=lambda city: (-city.population, city.geonames_id)))
