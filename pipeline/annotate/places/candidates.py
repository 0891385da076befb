"""Candidates: the places of the knowledge files that an entity's name may mean."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from pipeline import knowledge
from pipeline.annotate.records import LocalEntity
from pipeline.knowledge import City, Entry

PLACE_TYPES = frozenset({"GPE", "LOC", "FAC"})
#: At most so many populated places of one name are weighed, the largest first.
MOST = 60
#: What a name of each kind is worth beside the decimal logarithm of a city's population.
WEIGHT = {"country": 9.0, "state": 8.0, "admin": 5.6, "county": 3.5, "area": 7.5, "point": 7.0}
#: A name that English news rarely uses for the place.
ALTERNATE = 1.0
_PART = re.compile(
    r"^(?:(?:north|south|east|west|northeast|northwest|southeast|southwest|upper|lower|central|mid|greater|downtown|"
    r"uptown|inner|outer|metropolitan|metro|rural|suburban|old|continental|mainland|occupied)(?:ern)?[- ]+(?:and )?)+",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"^(?:the )?(?:city|town|village|state|province|county|republic|kingdom|port|district|borough) of ", re.I
)
_TAIL = re.compile(
    r"(?:['’]s?| (?:area|region|metropolitan area|county|township|province|oblast|district|parish|governorate|"
    r"prefecture|valley|(?:international |regional |municipal )?airport|downtown|suburbs|proper))$",
    re.IGNORECASE,
)
#: A shortened name means no village: "Pearson International Airport" is not near the hamlet Pearson.
SMALLEST = 4.5
#: Where a city and the state around it share a name, a city so large is meant.
FAMOUS = 5.78


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean."""

    name: str
    kind: str  #: country | state | admin | county | area | point | city
    country_code: str | None
    admin1: str | None  #: GeoNames code of its first-level division
    lat: float
    lon: float
    prior: float  #: how likely a bare mention means it, on a decimal logarithmic scale
    precision: str  #: point | city | admin | country
    wikidata_id: str | None = None
    geonames_id: int | None = None
    row: str | None = None  #: gazetteer row
    within: bool = False  #: only the place that the name lies in is known ("northern Iraq")

    @property
    def place(self) -> tuple[str, float, float]:
        """What tells two candidates apart."""
        return self.name, self.lat, self.lon


def of(entity: LocalEntity) -> list[Candidate]:
    """The candidates of an entity, likelier ones first; empty where its name is unknown."""
    if entity.gazetteer_id is not None:
        row = knowledge.entry(entity.gazetteer_id)
        if row.lat is not None and not row.id.startswith("region/"):
            found = [from_row(row)]
            return _sorted(found if row.type == "FAC" else found + _cities(entity.canonical_name))
    for name, within in _names(entity.canonical_name):
        found = named(name, entity.type)
        if within:
            found = [_inside(one) for one in found if one.prior >= SMALLEST]
        if found:
            return _sorted(_famous(found))
    return []


def _famous(found: list[Candidate]) -> list[Candidate]:
    """The candidates, a state below the famous city of its name: New York, Washington."""
    cities = [one for one in found if one.kind == "city" and one.prior >= FAMOUS]
    if not cities:
        return found
    best = max(one.prior for one in cities)
    homonyms = {one.country_code for one in cities}
    return [
        replace(one, prior=round(best - 1.2, 3)) if one.kind == "state" and one.country_code in homonyms else one
        for one in found
    ]


def named(name: str, kind: str = "GPE") -> list[Candidate]:
    """The places called `name`."""
    found = [from_row(row) for row in knowledge.named(name) if row.type in PLACE_TYPES and row.lat is not None]
    return found if kind == "FAC" and found else found + _cities(name)


def _names(name: str) -> list[tuple[str, bool]]:
    """A name and what it becomes without words for direction and kind, with whether it is then a larger place."""
    bare = name.removeprefix("the ").removeprefix("The ")
    names = [(name, False), (bare, False), (_KIND.sub("", bare), False)]
    if ", " in bare:
        names.append((bare.split(", ")[0], False))
    shorter = _PART.sub("", bare)
    names += [(shorter, True), (_TAIL.sub("", bare), True), (_TAIL.sub("", shorter), True)]
    unique: dict[str, bool] = {}
    for one, within in names:
        if len(one) > 1:
            unique.setdefault(one, within)
    return list(unique.items())


def _cities(name: str) -> list[Candidate]:
    if len(name) < 3 and name not in {"LA", "DC"}:
        return []
    return [_from_city(city) for city in knowledge.cities(name)[:MOST]]


def _from_city(city: City) -> Candidate:
    return Candidate(
        city.name, "city", city.country_code, city.admin1, city.lat, city.lon,
        round(math.log10(max(city.population, 100)) - ALTERNATE * city.alternate, 3),
        "city", city.wikidata_id, city.geonames_id,
    )  # fmt: skip


def from_row(row: Entry) -> Candidate:
    """The candidate that a gazetteer row is. The row must have coordinates."""
    assert row.lat is not None and row.lon is not None
    kind, admin1 = _kind(row), None
    if row.id.startswith("region/"):
        admin1 = row.id.split("/")[1].split("-")[1].upper()
    return Candidate(
        row.canonical_name, kind, row.country_code, admin1, row.lat, row.lon, WEIGHT[kind],
        row.coordinate_precision or "admin", row.wikidata_id, row.geonames_id, row.id,
    )  # fmt: skip


def _kind(row: Entry) -> str:
    if row.id.startswith("territory/"):
        return "country"
    if row.id.startswith("region/"):
        code = row.id.split("/")[1]
        if code.count("-") > 1:
            return "county"
        return "state" if code[:2] in {"us", "ca", "au", "gb"} else "admin"
    return "point" if row.type == "FAC" else "area"


def _inside(one: Candidate) -> Candidate:
    return replace(one, wikidata_id=None, geonames_id=None, row=None, within=True)


def _sorted(found: list[Candidate]) -> list[Candidate]:
    unique = {one.place: one for one in sorted(found, key=lambda c: c.prior)}
    return sorted(unique.values(), key=lambda c: (-c.prior, c.geonames_id or 0, c.row or ""))
