"""Ranking: which candidate each place of an article means, from all of them together.

A place is likelier the larger it is (its prior), the more of the article's other places lie in the same state
and country, and the nearer they lie; "Paris, Texas" and a state's own mention decide before that. After
Leidner 2007, Toponym Resolution in Text (one referent a discourse, spatial minimality, containment) and
Lieberman, Samet and Sankaranarayanan 2010 (the reader's own lexicon of a local paper).
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from pipeline.annotate.places.candidates import Candidate
from pipeline.annotate.places.context import Context
from pipeline.annotate.records import LocalEntity

STATE = 2.6  #: weight of evidence for a candidate's first-level division
COUNTRY = 1.3  #: weight of evidence for its country
NEAR = 1.6  #: weight of other places near by
NEAR_KM = 120.0
DATELINE = 2.0  #: how many mentions the place of the dateline counts for
ROUNDS = 2
#: Slope and offset of confidence over the lead of the best candidate, fitted on the development halves of LGL and
#: TR-News (logistic regression of "within 161 km").
SLOPE, OFFSET = 0.8, -0.25
ALONE = 4.0  #: lead of a candidate without rivals
LINKED = 0.5  #: least confidence of a link
KNOWN = 0.6  #: least confidence of an id


@dataclass(frozen=True, slots=True)
class Choice:
    """The best candidate of a place, with how sure it is."""

    candidate: Candidate
    confidence: float
    method: str


def rank(found: dict[int, list[Candidate]], context: Context) -> dict[int, Choice]:
    """The choice for every place that has candidates."""
    open_ = {index: list(those) for index, those in found.items() if those}
    held = _hold(open_, context)
    choices: dict[int, Choice] = {}
    for _ in range(ROUNDS):
        evidence = _Evidence(open_, choices, context)
        choices = {index: _choose(index, open_[index], evidence, index in held) for index in sorted(open_)}
    return choices


def _hold(open_: dict[int, list[Candidate]], context: Context) -> set[int]:
    """Keep those candidates alone that lie in the larger place named with them; which places that settled."""
    held = set()
    for index in sorted(open_):
        holders = list(context.short.get(index, []))
        for holder in context.holders.get(index, []):
            holders += [one for one in open_.get(holder, []) if one.kind in {"country", "state", "admin", "county"}]
        if any(one.kind == "country" for one in open_[index]):
            # A list of countries, unless a state follows: "Lebanon, Pennsylvania".
            holders = [one for one in holders if one.kind != "country"]
        inside = [one for one in open_[index] if any(lies_in(one, holder) for holder in holders)]
        if inside:
            open_[index] = inside
            held.add(index)
    return held


def lies_in(one: Candidate, holder: Candidate) -> bool:
    """Whether a candidate lies in a larger place."""
    if one.country_code != holder.country_code or one.kind == "country" or one is holder:
        return False
    if holder.kind == "country":
        return True
    if holder.kind == "county":
        return one.admin1 == holder.admin1 and kilometres(one, holder) < 90
    return one.admin1 == holder.admin1 and one.kind != "state"


class _Evidence:
    """How strongly the article's places speak for each country, state and neighbourhood."""

    def __init__(self, open_: dict[int, list[Candidate]], choices: dict[int, Choice], context: Context) -> None:
        self.votes: dict[int, dict[tuple[str | None, str | None], float]] = {}
        self.points: list[tuple[int, float, Candidate]] = []
        for index in sorted(open_):
            weight = min(3.0, 1.0 + 0.5 * (context.counts.get(index, 1) - 1))
            if index == context.dateline:
                weight += DATELINE
            self.votes[index] = self._votes(open_[index], choices.get(index), weight)
            if index in choices:
                choice = choices[index]
                if choice.candidate.kind in {"city", "county", "point"}:
                    self.points.append((index, weight * choice.confidence, choice.candidate))
        self.total: dict[tuple[str | None, str | None], float] = defaultdict(float)
        for votes in self.votes.values():
            for place, weight in votes.items():
                self.total[place] += weight

    @staticmethod
    def _votes(
        those: list[Candidate], choice: Choice | None, weight: float
    ) -> dict[tuple[str | None, str | None], float]:
        votes: dict[tuple[str | None, str | None], float] = defaultdict(float)
        if choice is not None and choice.candidate.kind != "area":
            share = {choice.candidate: choice.confidence}
        else:
            # Before anything is chosen a name speaks for each of its states, the less the more there are.
            best = max(one.prior for one in those)
            raw = {one: 10 ** (0.5 * (one.prior - best)) for one in those if one.kind != "area"}
            total = sum(raw.values()) or 1.0
            share = {one: value / total for one, value in raw.items()}
        for one, part in share.items():
            if one.country_code is None:
                continue
            votes[one.country_code, None] += weight * part
            if one.admin1 and one.kind != "country":
                votes[one.country_code, one.admin1] += weight * part * (1.5 if one.kind == "state" else 1.0)
        return votes

    def of(self, index: int, one: Candidate) -> float:
        """The evidence of the other places for a candidate."""
        own = self.votes[index]
        country, state = (one.country_code, None), (one.country_code, one.admin1)
        total = COUNTRY * _saturate(self.total[country] - own.get(country, 0.0))
        if one.admin1:
            total += STATE * _saturate(self.total[state] - own.get(state, 0.0))
        near = 0.0
        for other, weight, point in self.points:
            if other != index:
                near += weight * math.exp(-((kilometres(one, point) / NEAR_KM) ** 2))
        return total + NEAR * _saturate(near)


def _saturate(weight: float) -> float:
    return max(weight, 0.0) / (max(weight, 0.0) + 1.0)


def _choose(index: int, those: list[Candidate], evidence: _Evidence, held: bool) -> Choice:
    scores = sorted(
        ((round(one.prior + evidence.of(index, one), 4), -number, one) for number, one in enumerate(those)),
        key=lambda scored: (-scored[0], -scored[1]),
    )
    best = scores[0]
    rivals = [score for score, _, one in scores[1:] if kilometres(one, best[2]) > 50]
    lead = best[0] - rivals[0] if rivals else ALONE
    confidence = 1 / (1 + math.exp(-(OFFSET + SLOPE * lead)))
    method = "containment" if held else "context" if rivals else "only_candidate"
    if held:
        confidence = max(confidence, 0.9)
    return Choice(best[2], round(confidence, 3), method)


def write(entity: LocalEntity, choice: Choice) -> None:
    """Write a choice into its entity; below `LINKED` it is ambiguous and has coordinates only."""
    one, sure = choice.candidate, choice.confidence
    entity.country_code = one.country_code
    entity.lat, entity.lon, entity.coordinate_precision = one.lat, one.lon, one.precision
    entity.link_confidence, entity.link_method = sure, choice.method
    entity.link_status = "linked" if sure >= LINKED else "ambiguous"
    entity.wikidata_id = one.wikidata_id if sure >= KNOWN else None
    entity.geonames_id = one.geonames_id if sure >= LINKED else None
    entity.gazetteer_id = one.row if sure >= LINKED else None
    if one.within:
        entity.link_status, entity.link_method = "nil", "within"


def kilometres(one: Candidate, other: Candidate) -> float:
    """Great-circle distance."""
    a, b = math.radians(one.lat), math.radians(other.lat)
    turn = math.radians(other.lon - one.lon)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(turn / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(min(1.0, h)))
