"""Attributions: content that the text gives to a source by a cue."""

from __future__ import annotations

from pipeline.annotate.parse import Parse
from pipeline.annotate.records import Attribution


def find(parse: Parse) -> list[Attribution]:
    """The attributions of a text, in order of their content."""
    return []
