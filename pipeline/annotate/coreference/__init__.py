"""Coreference: pronouns and nominals ("he", "the mayor") that stand for an entity of the article."""

from __future__ import annotations

from pipeline.annotate.coreference.narrative import Narrative
from pipeline.annotate.coreference.walk import Walk
from pipeline.annotate.parse import Parse
from pipeline.annotate.records import LocalEntity, Mention


def resolve(parse: Parse, mentions: list[Mention], entities: list[LocalEntity]) -> list[Mention]:
    """The mentions, with those pronouns and nominals added that are resolved with confidence, in order.

    Each pronoun or role noun goes to the entity that agrees with it and is the most salient where it stands,
    unless another comes close; what it is resolved to counts as a mention for what follows.
    """
    if not len(parse):
        return mentions
    added = Walk(Narrative(parse), mentions, entities).run()
    return sorted([*mentions, *added], key=lambda mention: (mention.start, mention.end))
