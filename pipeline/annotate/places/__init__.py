"""Links: Wikidata and GeoNames ids, countries and coordinates of an article's entities."""

from __future__ import annotations

from pipeline.annotate.parse import Parse
from pipeline.annotate.places import candidates, context, ranking, rows, teams
from pipeline.annotate.records import LocalEntity, Mention


def link(parse: Parse, mentions: list[Mention], entities: list[LocalEntity]) -> list[LocalEntity]:
    """The entities with their links, same order and length.

    Places are ranked together, since each is evidence for where the others are; everything else is linked
    through its row of the gazetteer. What stays without a link keeps `link_status` nil or ambiguous.
    """
    places = [index for index, entity in enumerate(entities) if entity.type in candidates.PLACE_TYPES]
    found = {index: candidates.of(entities[index]) for index in places}
    around = context.read(parse.text, mentions, found)
    chosen = ranking.rank(found, around)
    for index in sorted(chosen):
        ranking.write(entities[index], chosen[index])
    for index in sorted(teams.find(parse, mentions, entities)):
        teams.unlink(entities[index])
    country = rows.home(entities)
    for index, entity in enumerate(entities):
        if index not in found:
            rows.link(entity, country)
    return entities
