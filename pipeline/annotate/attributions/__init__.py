"""Attributions: content that the text gives to a source by a cue."""

from __future__ import annotations

from pipeline.annotate.parse import Parse
from pipeline.annotate.records import Attribution


def find(parse: Parse) -> list[Attribution]:
    """The attributions of a text, in order of their content."""
    from pipeline.annotate.attributions import adjectives, assemble, nouns, phrases, quotation, verbs
    from pipeline.annotate.attributions.reading import Reading

    reading = Reading(parse)
    drafts = [*verbs.find(reading), *nouns.find(reading), *adjectives.find(reading), *phrases.find(reading)]
    drafts = [draft for draft in drafts if not reading.within_marks(draft.cue_head)]
    quotation.fit(reading, drafts)
    return assemble.records(reading, drafts)
