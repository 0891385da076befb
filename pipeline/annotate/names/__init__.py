"""Names of persons, organisations, places, weapons and the like, and which entity of the article each means."""

from __future__ import annotations

from pipeline.annotate.names import (
    acronyms,
    boundaries,
    chunks,
    designations,
    entities,
    gazetteer,
    joins,
    kinds,
    nested,
    patterns,
    repeats,
    spans,
    works,
)
from pipeline.annotate.parse import Parse
from pipeline.annotate.records import LocalEntity, Mention


def find(parse: Parse) -> tuple[list[Mention], list[LocalEntity]]:
    """The name mentions of a text, in order, and the entities they mean.

    Names do not overlap, places inside the names of public bodies and events apart: the Kentucky of "Kentucky
    State Police" is a mention of its own, after that of the longer name.
    """
    found = [piece for name in spans.of_model(parse) for piece in boundaries.clean(parse, name)]
    found = spans.merge(works.titles(parse) + works.filmography(parse) + patterns.find(parse), found)
    known = spans.merge(designations.find(parse), gazetteer.find(parse))
    designations.extend(parse, known)
    found = boundaries.outside(parse, found, known)
    found = spans.merge(known, found)
    found = spans.merge(gazetteer.find_demonyms(parse), found)
    covered = spans.cover(parse, found)
    found = spans.merge(found, chunks.find(parse, covered))
    found = joins.join(parse, found)
    kinds.settle(parse, found)
    boundaries.drop_openers(parse, found)
    repeats.shrink(parse, found)
    found = spans.merge(found, repeats.find(parse, found))
    kinds.settle(parse, found)
    acronyms.redefine(parse, found)
    inside = nested.find(parse, found)
    return entities.resolve(parse, sorted([*found, *inside], key=lambda span: (span.start, -span.end)))
