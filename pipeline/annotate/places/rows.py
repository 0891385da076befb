"""Links of persons, organisations, weapons and the like: through a row of the gazetteer, or not at all."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from pipeline import knowledge
from pipeline.annotate.records import LocalEntity
from pipeline.knowledge import Entry
from pipeline.knowledge.gazetteer import user_files
from pipeline.knowledge.words import spelling_words

#: Types that name the same kind of thing where sources disagree: an outlet is an organisation.
ALIKE = {"MEDIA": "ORG", "PLATFORM": "ORG", "LAW": "EVENT", "WORK": "EVENT", "PRODUCT": "WEAPON"}
#: Share of such links that were right on annotated news (News-Fair, MSNBC, Reuters-128, development halves).
CONFIDENCE = 0.95
#: Words for the legal form of a company at the end of its name.
_COMPANY = re.compile(
    r"(?:,? (?:and Co|& Co|Inc|Incorporated|Corp|Corporation|Co|Company|Cos|Ltd|Limited|PLC|Plc|plc|LLC|LP|AG|SA|S\.A|"
    r"NV|N\.V|SpA|GmbH|SE|KK|AB|Oyj|ASA|Group|Holdings?)\.?)+$"
)


#: An article is at home in a country that so large a share of its mentions of places lies in ...
HOME_SHARE = 0.6
#: ... of at least so many.
HOME_MENTIONS = 4
HOME_CONFIDENCE = 0.75
#: What news leaves out of a party's name.
PARTY = " Party"


def home(entities: list[LocalEntity]) -> str | None:
    """The country that most of an article's places lie in; None where no country holds enough of them."""
    counts: dict[str, int] = {}
    for entity in entities:
        if entity.type == "GPE" and entity.country_code and entity.link_status == "linked":
            counts[entity.country_code] = counts.get(entity.country_code, 0) + sum(entity.aliases.values())
    total = sum(counts.values())
    if total < HOME_MENTIONS:
        return None
    best = max(sorted(counts), key=counts.__getitem__)
    return best if counts[best] >= HOME_SHARE * total else None


def link(entity: LocalEntity, country: str | None) -> None:
    """Set the links of an entity that has a row, or whose canonical name is that of exactly one row of its type.

    `country` is the article's own: the "Defense Ministry" of an article at home in Russia is Russia's.
    """
    row, method, confidence = row_of(entity), "gazetteer", CONFIDENCE
    if row is None and country is not None and entity.type == "ORG":
        row, method, confidence = _national(entity.canonical_name, country), "home_country", HOME_CONFIDENCE
    if row is None:
        return
    if entity.gazetteer_id is None:
        entity.gazetteer_id, entity.canonical_name = row.id, row.canonical_name
    entity.wikidata_id, entity.geonames_id, entity.country_code = row.wikidata_id, row.geonames_id, row.country_code
    if row.gender and entity.gender is None:
        entity.gender = row.gender
    entity.link_status, entity.link_method, entity.link_confidence = "linked", method, confidence


def row_of(entity: LocalEntity) -> Entry | None:
    """The gazetteer row of an entity; None where none or several fit."""
    if entity.gazetteer_id is not None:
        return knowledge.entry(entity.gazetteer_id)
    if entity.type == "PERSON" and " " not in entity.canonical_name:
        return None
    names = [entity.canonical_name]
    if entity.type == "ORG":
        names.append(_COMPANY.sub("", entity.canonical_name))
    for name in names:
        fitting = [row for row in knowledge.named(name) if _alike(row.type) == _alike(entity.type)]
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
    return None


def _national(name: str, country: str) -> Entry | None:
    """The one institution or party of a country that is called `name` there ("Supreme Court", "Labour")."""
    found = {row.id: row for row in _at_home(user_files()).get((country, name.removesuffix(PARTY)), ())}
    if spelling_words("institution").issuperset(name.lower().split()):
        adjectives = ("U.S.",) if country == "US" else knowledge.adjectives().get(country, ())
        for adjective in adjectives:
            found |= {row.id: row for row in knowledge.named(f"{adjective} {name}") if row.type == "ORG"}
    return next(iter(found.values())) if len(found) == 1 else None


@lru_cache(maxsize=4)
def _at_home(extra: tuple[Path, ...]) -> dict[tuple[str, str], list[Entry]]:
    """(country, name) -> the bodies that are called so there; their rows add the country in brackets."""
    found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for row in knowledge.entries():
        base, bracket, _ = row.canonical_name.partition(" (")
        if bracket and row.type == "ORG" and row.country_code:
            found[row.country_code, base.removesuffix(PARTY)].append(row)
    return found


def _alike(kind: str) -> str:
    return ALIKE.get(kind, kind)
