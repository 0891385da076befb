"""Coreference: pronouns and nominals ("he", "the mayor") that stand for an entity of the article."""

from __future__ import annotations

from pipeline.annotate.parse import Parse
from pipeline.annotate.records import LocalEntity, Mention


def resolve(parse: Parse, mentions: list[Mention], entities: list[LocalEntity]) -> list[Mention]:
    """The mentions, with those pronouns and nominals added that are resolved with confidence."""
    return mentions
