"""Words that point to a time (this, last, that), and what they point from."""

from __future__ import annotations

from pipeline.annotate.times.periods import Period
from pipeline.annotate.times.reading import NONE, PREVIOUS, PUBLISHED, Context
from pipeline.annotate.times.tokens import Token

#: Words that point from a time named before rather than from the moment of writing.
ANAPHORIC = ("THAT", "SAME", "PREVIOUS", "FOLLOWING")
#: All words that point.
POINTERS = ("LAST", "NEXT", "THIS", "COMING", *ANAPHORIC)


def base_of(context: Context, word: Token | None, unit: str) -> tuple[Period | None, str]:
    """What a pointing word points from, for a period of `unit`."""
    previous = context.previous_within(unit)
    if word is not None and word.kind in ANAPHORIC and previous is not None:
        return previous, PREVIOUS
    now = context.now("D")
    return now, PUBLISHED if now else NONE
