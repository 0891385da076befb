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
    """The claims of a text, in order. Characters before `headline_end` are its title and subtitle.

    One claim a proposition, in the article's voice or a source's; questions, whether-clauses, conditions and
    commands of the article are none. Content of an attribution that is no clause is a claim without predicate.
    """
    from pipeline.annotate.claims import assembly

    return assembly.claims(parse, attributions, quotes, mentions, entities, times, headline_end)
