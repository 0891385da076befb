"""Annotate one article: one parse, then every annotator over it."""

from __future__ import annotations

from datetime import datetime

from pipeline.annotate import attributions, claims, coreference, names, places, quotes, times
from pipeline.annotate.parse import Parse
from pipeline.annotate.records import Annotation


def annotate(text: str, published_at: datetime | None, headline_end: int = 0) -> Annotation:
    """Everything found in `text`. Characters before `headline_end` are its title and subtitle.

    The result depends on the arguments alone, not on what else is annotated.
    """
    from pipeline.annotate import engine

    return annotate_parse(engine.parse(text), published_at, headline_end)


def annotate_parse(parse: Parse, published_at: datetime | None, headline_end: int = 0) -> Annotation:
    """Everything found over an existing parse."""
    found_times = times.find(parse, published_at)
    mentions, entities = names.find(parse)
    entities = places.link(parse, mentions, entities)
    mentions = coreference.resolve(parse, mentions, entities)
    attributed = attributions.find(parse)
    found_quotes = quotes.find(parse, attributed, mentions, entities)
    found_claims = claims.find(parse, attributed, found_quotes, mentions, entities, found_times, headline_end)
    return Annotation(mentions, entities, found_times, found_quotes, found_claims)
