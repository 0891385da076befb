"""Quotes: exactly what was said, and by whom."""

from __future__ import annotations

from pipeline.annotate.parse import Parse
from pipeline.annotate.records import Attribution, LocalEntity, Mention, Quote


def find(
    parse: Parse, attributions: list[Attribution], mentions: list[Mention], entities: list[LocalEntity]
) -> list[Quote]:
    """The quotes of a text, in order."""
    return []
