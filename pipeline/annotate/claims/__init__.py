"""Claims: atomic propositions, who commits to them, how firmly, about when and where."""

from __future__ import annotations

from pipeline.annotate.parse import Parse
from pipeline.annotate.records import Attribution, Claim, LocalEntity, Mention, Quote, TimeMention


def find(
    parse: Parse,
    attributions: list[Attribution],
    quotes: list[Quote],
    mentions: list[Mention],
    entities: list[LocalEntity],
    times: list[TimeMention],
    headline_end: int = 0,
) -> list[Claim]:
    """The claims of a text, in order. Characters before `headline_end` are its title and subtitle."""
    return []
