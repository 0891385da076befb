"""Rules for times of day: 10:35 a.m., noon, 5 p.m. EST, 4 o'clock in the morning."""

from __future__ import annotations

from pipeline.annotate.times.lexicon import zones
from pipeline.annotate.times.reading import Context, Reading, pick
from pipeline.annotate.times.tokens import Token

#: Words before a time of day.
_CUES = frozenset({"at", "around", "until", "by", "before", "after", "about", "since", "from", "to", "between", "till"})
#: Kinds of words that a day may begin with.
_DAYS = frozenset({"WEEKDAY", "TODAY", "THIS"})


def clock(context: Context, tokens: list[Token]) -> Reading | None:
    """A time of day; the day it belongs to is added by `join.py`."""
    told = _hour_and_minute(context, tokens)
    if told is None:
        return None
    hour, minute = told
    half, part = pick(tokens, "AMPM"), pick(tokens, "DAYPART")
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.lower.startswith("p") else 0)
    elif part is not None and hour < 12 and (part.value in {"AF", "EV"} or (part.value == "NI" and hour >= 6)):
        hour += 12
    elif part is not None and part.value == "NI" and hour == 12:
        hour = 24
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    zone = pick(tokens, "ZONE")
    return Reading("TIME", None, clock=(hour, minute, zones()[zone.value] if zone else None))


def _hour_and_minute(context: Context, tokens: list[Token]) -> tuple[int, int] | None:
    written = pick(tokens, "CLOCK")
    if written is not None:
        parts = written.lower.replace(".", ":").split(":")
        if pick(tokens, "AMPM", "ZONE", "DAYPART") is None and not _is_cued(context):
            return None
        return int(parts[0]), int(parts[1])
    noon = pick(tokens, "NOON")
    if noon is not None:
        return int(noon.value[:2]), int(noon.value[3:])
    figure = pick(tokens, "SMALL", "WORDNUM")
    if figure is not None:
        if pick(tokens, "AMPM", "OCLOCK") is None and not _is_cued(context):
            return None
        return int(figure.value), 0
    figure = pick(tokens, "FIGURE", "YEARLIKE")
    if figure is not None and len(figure.lower) == 4 and figure.lower.isdigit():
        return int(figure.lower[:2]), int(figure.lower[2:])
    return None


def _is_cued(context: Context) -> bool:
    """Whether a word for a time of day stands before a bare figure, or a day after it."""
    before, following = context.before(), context.after()
    return (before is not None and before.lower in _CUES) or (following is not None and following.kind in _DAYS)


_PART = "(?:IN THE DAYPART|AT DAYPART)"
RULES = [
    (f"APPROXIMATELY? CLOCK AMPM? {_PART}? ZONE?", clock),
    (f"APPROXIMATELY? (?:SMALL|WORDNUM) (?:AMPM|OCLOCK) {_PART}? ZONE?", clock),
    (f"(?:SMALL|WORDNUM) {_PART}", clock),
    ("(?:FIGURE|YEARLIKE) ZONE", clock),
    ("NOON ZONE?", clock),
]
