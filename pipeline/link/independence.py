"""Independence: from how many articles, publishers and independent sources a claim comes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.link.connected import connected
from pipeline.link.propositions import Proposition


@dataclass(frozen=True, slots=True)
class Support:
    """Who reports a claim, and since when."""

    n_articles: int
    n_publishers: int
    n_independent_sources: int
    first_reported_at: datetime | None


def support(claims: Sequence[Proposition]) -> Support:
    """The support of claims that are the same.

    Publishers are not independent where an article of one and an article of the other are copies, carry the same news
    agency's report, or have the claim from the same named source alone. An unknown publisher counts as none, but
    can show that two known ones are not independent.
    """
    own: dict[str, list[Proposition]] = defaultdict(list)
    for claim in claims:
        own[claim.article_id].append(claim)
    publishers = {claim.source_id for claim in claims if claim.source_id}
    links = [(f"article {article}", tie) for article in sorted(own) for tie in _ties(own[article])]
    independent = sum(any(node.startswith("publisher ") for node in group) for group in connected(links))
    dates = [claim.published_at for claim in claims if claim.published_at]
    return Support(len(own), len(publishers), independent, min(dates, default=None))


def _ties(claims: list[Proposition]) -> list[str]:
    """What an article shares with those that it is not independent of."""
    first = claims[0]
    ties = [f"publisher {first.source_id}"] if first.source_id else []
    ties += [f"copies {first.copies}"] if first.copies else []
    ties += [f"agency {name.casefold()}" for name in first.agencies]
    claimants = {claim.claimant for claim in claims}
    if len(claimants) == 1 and None not in claimants:
        ties.append(f"claimant {first.claimant}")
    return ties
