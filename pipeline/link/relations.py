"""Relations between claims of a cluster: agrees, contradicts, refines, updates, denies, each with a score.

Stricter than clusters: related claims are alike in most of their words, and the event that they assert is the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from pipeline.link.propositions import Proposition, Vector, alike, different_times
from pipeline.link.terms import stem, terms

#: Cosine from which two claims of a cluster are put in relation; from which they are where their predicates are not
#: known to be the same; and from which they may be opposed.
CLOSE, VERY_CLOSE, OPPOSED = 0.5, 0.75, 0.6
#: A claim names so many of the claims that it is closest to.
MOST = 10
#: A claim refines another one whose terms it holds to this share, and has so many times more of its own.
HELD, LONGER = 0.8, 1.5

#: Decimals of a score: the terms' weights move a little with every new article, and rows that say the same should stay
#: the same from release to release.
DECIMALS = 1

_COUNTED = re.compile(r"(?<![\w.,])(\d[\d.,]{0,15})[ \u00a0-]([a-zA-Z]{3,30})\b")


def relations(claims: Sequence[Proposition], vectors: Sequence[Vector]) -> list[list[dict[str, Any]]]:
    """For each claim of a cluster its relations to claims of other articles, the closest first."""
    found: dict[int, list[tuple[float, str, str]]] = defaultdict(list)
    for one, other, value in alike(vectors, CLOSE):
        if claims[one].article_id == claims[other].article_id or different_times(claims[one], claims[other]):
            continue
        for here, there in ((one, other), (other, one)):
            relation = relate(claims[here], claims[there], value)
            if relation:
                found[here].append((-round(value, DECIMALS), claims[there].claim_id, relation))
    return [
        [
            {"claim_id": claim_id, "relation": relation, "score": -value}
            for value, claim_id, relation in sorted(found[number])[:MOST]
        ]
        for number in range(len(claims))
    ]


def relate(one: Proposition, other: Proposition, likeness: float) -> str | None:
    """What `one` does to `other`; None where they do not assert the same event.

    Negated by a speaker it denies, negated otherwise it contradicts; another figure of the same thing updates an
    earlier report and contradicts any other; one that says all the other says and more refines it; else they agree.
    """
    same = one.predicate is not None and other.predicate is not None and stem(one.predicate) == stem(other.predicate)
    mine, yours = _words(one), _words(other)
    if one.polarity != other.polarity:
        if not same or likeness < OPPOSED:
            return None
        return "denies" if one.polarity == "negated" and one.attribution != "narrator" else "contradicts"
    if not (same or likeness >= VERY_CLOSE or _asserts(one, yours) or _asserts(other, mine)):
        return None
    if _other_figures(one.text, other.text):
        later = one.published_at and other.published_at and one.published_at > other.published_at
        return "updates" if later else "contradicts" if same else None
    if len(mine) >= LONGER * len(yours) and len(mine & yours) >= HELD * len(yours):
        return "refines"
    return "agrees"


@lru_cache(maxsize=20_000)
def _words(claim: Proposition) -> frozenset[str]:
    return frozenset(term for term, _ in terms(claim.text))


def _asserts(claim: Proposition, words: frozenset[str]) -> bool:
    """Whether the predicate stands among another claim's words, if only as a noun of its family."""
    return claim.predicate is not None and len(claim.predicate) > 3 and stem(claim.predicate) in words


def _other_figures(one: str, other: str) -> bool:
    """Whether the texts count the same thing, and never with the same figure."""
    first, second = _counts(one), _counts(other)
    shared = first.keys() & second.keys()
    return bool(shared) and not any(first[thing] & second[thing] for thing in shared)


@lru_cache(maxsize=20_000)
def _counts(text: str) -> dict[str, frozenset[str]]:
    """The figures before each counted thing."""
    found: dict[str, frozenset[str]] = {}
    for figure, thing in _COUNTED.findall(text):
        counted = stem(thing.lower())
        found[counted] = found.get(counted, frozenset()) | {figure}
    return found
