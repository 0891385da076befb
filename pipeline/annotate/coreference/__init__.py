"""Coreference: pronouns and nominals ("he", "the mayor") that stand for an entity of the article."""

from __future__ import annotations

from pipeline.annotate.coreference import narrative, pronouns, roles
from pipeline.annotate.parse import Parse
from pipeline.annotate.records import LocalEntity, Mention


def resolve(parse: Parse, mentions: list[Mention], entities: list[LocalEntity]) -> list[Mention]:
    """The mentions, with those pronouns and nominals added that are resolved with confidence, in order.

    One walk from left to right: each pronoun or role noun goes to the entity that agrees with it and is the
    most salient there, unless another comes close; what it is resolved to counts as a mention for what follows.
    """
    story = narrative.Narrative(parse)
    added = pronouns.resolve(story, roles.find(story, mentions, entities), entities)
    return sorted([*mentions, *added], key=lambda mention: (mention.start, mention.end))
