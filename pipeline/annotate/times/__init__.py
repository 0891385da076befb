"""Time expressions: TIMEX3 values resolved against the publication date and the context."""

from __future__ import annotations

from datetime import datetime

from pipeline.annotate.parse import Parse
from pipeline.annotate.records import TimeMention


def find(parse: Parse, published_at: datetime | None) -> list[TimeMention]:
    """The time expressions of a text, in order."""
    return []
