"""Links of persons, organisations, weapons and the like: through a row of the gazetteer, or not at all."""

from __future__ import annotations

import re

from pipeline import knowledge
from pipeline.annotate.records import LocalEntity
from pipeline.knowledge import Entry

#: Types that name the same kind of thing where sources disagree: an outlet is an organisation.
ALIKE = {"MEDIA": "ORG", "PLATFORM": "ORG", "LAW": "EVENT", "WORK": "EVENT", "PRODUCT": "WEAPON"}
#: Share of such links that were right on annotated news (News-Fair, MSNBC, Reuters-128, development halves).
CONFIDENCE = 0.95
#: Words for the legal form of a company at the end of its name.
_COMPANY = re.compile(
    r"(?:,? (?:and Co|& Co|Inc|Incorporated|Corp|Corporation|Co|Company|Cos|Ltd|Limited|PLC|Plc|plc|LLC|LP|AG|SA|S\.A|"
    r"NV|N\.V|SpA|GmbH|SE|KK|AB|Oyj|ASA|Group|Holdings?)\.?)+$"
)


def link(entity: LocalEntity) -> None:
    """Set the links of an entity that has a row, or whose canonical name is that of exactly one row of its type."""
    row = row_of(entity)
    if row is None:
        return
    entity.gazetteer_id = row.id
    entity.wikidata_id, entity.geonames_id, entity.country_code = row.wikidata_id, row.geonames_id, row.country_code
    if row.gender and entity.gender is None:
        entity.gender = row.gender
    entity.link_status, entity.link_method, entity.link_confidence = "linked", "gazetteer", CONFIDENCE


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


def _alike(kind: str) -> str:
    return ALIKE.get(kind, kind)
