"""Names of persons, organisations, places, weapons and the like, and which entity of the article each means."""

from __future__ import annotations

from pipeline.annotate.names import boundaries, entities, spans
from pipeline.annotate.parse import Parse
from pipeline.annotate.records import LocalEntity, Mention


def find(parse: Parse) -> tuple[list[Mention], list[LocalEntity]]:
    """The name mentions of a text, in order and without overlap, and the entities they mean."""
    found = [span for name in spans.of_model(parse) if (span := boundaries.trim(parse, name)) is not None]
    return entities.resolve(parse, found)
