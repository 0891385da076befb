"""Names of persons, organisations, places, weapons and the like, and which entity of the article each means."""

from __future__ import annotations

from pipeline.annotate.names import boundaries, chunks, entities, gazetteer, joins, spans
from pipeline.annotate.parse import Parse
from pipeline.annotate.records import LocalEntity, Mention


def find(parse: Parse) -> tuple[list[Mention], list[LocalEntity]]:
    """The name mentions of a text, in order, and the entities they mean."""
    found = [piece for name in spans.of_model(parse) for piece in boundaries.clean(parse, name)]
    found = spans.merge(joins.titles(parse), found)
    found = spans.merge(gazetteer.find_demonyms(parse), found)
    covered = spans.cover(parse, found)
    found = spans.merge(found, chunks.find(parse, covered))
    found = joins.join(parse, found)
    return entities.resolve(parse, found)
