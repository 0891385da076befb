"""Confidence: how likely the speaker of a quote is right, by the way it was resolved."""

from __future__ import annotations

from pipeline.annotate.quotes.cast import Speaker
from pipeline.annotate.quotes.draft import Draft

#: The share of right speakers among quotes found, by resolution, measured on development articles that nothing
#: was trained on (`tests/benchmarks/quotes_ablation.py` prints the shares of today) and rounded to the next 0.01-0.05.
_NAMED = {"name": 0.97, "surname": 0.98, "pronoun": 0.92, "role": 0.87, "carried": 0.91}
#: The same where the source as printed is all that is known.
_PRINTED = {"unnamed": 0.75, "document": 0.4, "person": 0.75, "organisation": 0.75}
#: What is left of it for words in marks that no cue introduces.
_FRAGMENT = 0.75


def confidence(row: Draft, speaker: Speaker) -> float | None:
    """The probability that the speaker is right; None where none is given."""
    if speaker.start is None or (speaker.pronoun is not None and speaker.entity is None):
        return None
    value = _NAMED[speaker.resolution] if speaker.entity is not None else _PRINTED.get(speaker.kind)
    if value is None:
        return None
    return round(value * (_FRAGMENT if row.origin == "fragment" else 1.0), 2)
