"""The gazetteer: named things with their types, aliases and ids in other collections."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.knowledge.tables import HERE, rows

#: The gazetteer's own files, in the order in which they are read.
FILES = (
    "territories.tsv",
    "regions.tsv",
    "geography.tsv",
    "facilities.tsv",
    "airports.tsv",
    "people.tsv",
    "organisations.tsv",
    "media.tsv",
    "platforms.tsv",
    "weapons.tsv",
    "events.tsv",
    "works.tsv",
)
TYPES = frozenset(
    {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "WEAPON", "EVENT", "PRODUCT", "WORK", "LAW", "MEDIA", "PLATFORM"}
    | {"OTHER"}
)  #: mention types that a row may have
USER_FILES = "ONRECORD_GAZETTEER"  #: environment variable: a user's own tables, joined by `os.pathsep`
GENDERS = frozenset({"male", "female"})
PRECISIONS = frozenset({"point", "city", "admin", "country"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the gazetteer. None: not known."""

    id: str
    type: str
    canonical_name: str
    aliases: tuple[str, ...] = ()
    wikidata_id: str | None = None
    geonames_id: int | None = None
    gender: str | None = None  #: male | female
    country_code: str | None = None  #: ISO 3166-1 alpha-2
    lat: float | None = None
    lon: float | None = None
    coordinate_precision: str | None = None  #: point | city | admin | country
    homepage: str | None = None  #: domain, such as `example.org`
    source: str = ""


def user_files() -> tuple[Path, ...]:
    """The user's own tables, as the environment names them."""
    return tuple(Path(part) for part in os.environ.get(USER_FILES, "").split(os.pathsep) if part)


def entries() -> tuple[Entry, ...]:
    """Every row of the gazetteer, the user's files last.

    Raises ValueError, naming file and line, for a row that cannot be used or an id that stands twice.
    """
    return _entries(user_files())


@lru_cache(maxsize=4)
def _entries(extra: tuple[Path, ...]) -> tuple[Entry, ...]:
    found: dict[str, Entry] = {}
    for path in (*(HERE / name for name in FILES), *extra):
        for number, row in rows(path):
            try:
                one = _entry(row)
            except ValueError as error:
                raise ValueError(f"{path}: line {number}: {error}") from error
            if one.id in found:
                raise ValueError(f"{path}: line {number}: id {one.id} stands twice")
            found[one.id] = one
    return tuple(found.values())


def _entry(row: dict[str, str]) -> Entry:
    kind, name = row.get("type", ""), row.get("name", "")
    if kind not in TYPES or not name:
        raise ValueError(f"a row needs a name and one of the types {' '.join(sorted(TYPES))}")
    item, gender, precision = row.get("wikidata_id"), row.get("gender"), row.get("precision")
    if item and not re.fullmatch(r"Q[1-9]\d{0,11}", item):
        raise ValueError(f"{item!r} is no Wikidata item")
    if gender and gender not in GENDERS:
        raise ValueError(f"gender {gender!r} is none of {' '.join(sorted(GENDERS))}")
    if precision and precision not in PRECISIONS:
        raise ValueError(f"precision {precision!r} is none of {' '.join(sorted(PRECISIONS))}")
    return Entry(
        id=row.get("id") or f"{kind.lower()}/{slug(name)}",
        type=kind,
        canonical_name=name,
        aliases=tuple(alias for alias in row.get("aliases", "").split("|") if alias and alias != name),
        wikidata_id=item or None,
        geonames_id=int(row["geonames_id"]) if row.get("geonames_id") else None,
        gender=gender or None,
        country_code=row.get("country_code") or None,
        lat=float(row["lat"]) if row.get("lat") else None,
        lon=float(row["lon"]) if row.get("lon") else None,
        coordinate_precision=precision or None,
        homepage=row.get("homepage") or None,
        source=row.get("source", ""),
    )


def slug(name: str) -> str:
    """A name in lower-case ASCII letters and digits joined by hyphens.

    >>> slug("São Tomé and Príncipe")
    'sao-tome-and-principe'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def entry(entry_id: str) -> Entry:
    """The row with this id. Raises KeyError where there is none."""
    return _by_id(user_files())[entry_id]


@lru_cache(maxsize=4)
def _by_id(extra: tuple[Path, ...]) -> dict[str, Entry]:
    return {one.id: one for one in _entries(extra)}


def named(name: str) -> tuple[Entry, ...]:
    """The rows with this canonical name or alias in any letter case, in the order of the files."""
    return _by_name(user_files()).get(name.casefold(), ())


@lru_cache(maxsize=4)
def _by_name(extra: tuple[Path, ...]) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, dict[str, Entry]] = {}
    for one in _entries(extra):
        for name in (one.canonical_name, *one.aliases):
            found.setdefault(name.casefold(), {})[one.id] = one
    return {name: tuple(those.values()) for name, those in found.items()}


def publisher(host: str) -> Entry | None:
    """The outlet whose homepage is at `host` or above it ("edition.cnn.com"); None where none is known."""
    outlets, parts = _outlets(user_files()), host.lower().removeprefix("www.").split(".")
    for first in range(min(len(parts) - 1, 8)):
        found = outlets.get(".".join(parts[first:]))
        if found is not None:
            return found
    return None


@lru_cache(maxsize=4)
def _outlets(extra: tuple[Path, ...]) -> dict[str, Entry]:
    return {one.homepage.lower(): one for one in reversed(_entries(extra)) if one.homepage and one.type == "MEDIA"}


@lru_cache(maxsize=1)
def territories() -> tuple[Entry, ...]:
    """Countries and dependent territories."""
    return tuple(one for one in entries() if one.id.startswith("territory/"))


@lru_cache(maxsize=1)
def regions() -> tuple[Entry, ...]:
    """First-level divisions of countries (states, provinces) and the counties of the United States."""
    return tuple(one for one in entries() if one.id.startswith("region/"))
