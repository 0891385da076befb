"""Time expressions: TIMEX3 values resolved against the publication date and the context.

Words and figures are scanned once (`tokens.py`, words from the knowledge files), rules over their kinds read
the expressions (`rules.py`), and times of day are joined with their days (`join.py`). Types and values are those
of TIMEX3 (Pustejovsky et al. 2003; ISO 24617-1); what has no publication date to be told from keeps an
underspecified value such as `XXXX-WXX-4`.
"""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline.annotate.parse import Parse
from pipeline.annotate.records import TimeMention


def find(parse: Parse, published_at: datetime | None) -> list[TimeMention]:
    """The time expressions of a text, in order and apart from each other.

    `time_start` and `time_end` are the first moment and the first moment after. Days are taken as days of UTC,
    the zone of a place being unknown; a time of day without a zone, and a part of a day, have the limits of
    their day. `basis` tells what the value was told from: the text itself (explicit), the publication date, a
    time named before it (previous), or nothing (none: no interval then).
    """
    from pipeline.annotate.times import join, rules, tokens
    from pipeline.annotate.times.reading import Context

    published = published_at
    if published is not None and published.tzinfo is not None:
        published = published.astimezone(UTC).replace(tzinfo=None)
    context = Context(parse, tokens.scan(parse.text), published)
    found = []
    for first, last, reading in join.join(context, rules.read(context)):
        if not reading.is_name:
            continue
        start, end = context.tokens[first].start, context.tokens[last - 1].end
        limits = reading.interval or (reading.period.interval() if reading.period is not None else None) or (None, None)
        first_moment, after = map(_iso, limits)
        surface = parse.text[start:end]
        found.append(TimeMention(start, end, surface, reading.type, reading.value, first_moment, after, reading.basis))
    return found


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds") + "Z"
