"""Accuracy on development gold, a little below what was measured: a floor, so that no change lowers it unseen."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from pipeline.annotate.article import annotate
from pipeline.annotate.records import Claim
from pipeline.extract import moment

GOLD = os.environ.get("ONRECORD_GOLD")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(GOLD is None, reason="ONRECORD_GOLD names no folder of gold data")]


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (Path(GOLD or "") / name).read_text("utf-8").splitlines()]


def characters(spans: list[Any], text: str) -> set[int]:
    return {i for start, end in spans for i in range(start, end) if not text[i].isspace()}


def pairs(gold: list[set[int]], found: list[set[int]]) -> list[tuple[int, int]]:
    """Pairs of gold and found with at least half of their characters in common, best first, each used once."""
    candidates = sorted(
        (-len(g & f) / len(g | f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found) if g & f
    )
    chosen: dict[int, int] = {}
    for score, i, j in candidates:
        if score <= -0.5 and i not in chosen and j not in chosen.values():
            chosen[i] = j
    return sorted(chosen.items())


def test_attributed_content_is_found() -> None:
    both = found_all = gold_all = 0
    for row in rows("claims/attributed_claims.dev.jsonl")[:12]:
        text = row["text"]
        claims = [c for c in annotate(text, moment(row["date"])).claims if c.attribution != "narrator"]
        gold = characters([span for claim in row["claims"] for span in claim["spans"]], text)
        found = characters([span for claim in claims for span in claim.spans], text)
        both, found_all, gold_all = both + len(gold & found), found_all + len(found), gold_all + len(gold)
    assert 2 * both / (found_all + gold_all) >= 0.80


def test_the_seeds_claims_are_found_with_their_fields() -> None:
    gold_all = found_all = matched = 0
    right: dict[str, int] = dict.fromkeys(("polarity", "modality", "attribution"), 0)
    claims_of: dict[str, list[dict[str, Any]]] = {}
    for row in rows("seeds/claims.jsonl"):
        if row["kind"] == "claim":
            claims_of.setdefault(row["article"], []).append(row)
    for article in rows("seeds/mentions.jsonl"):
        text = article["text"]
        gold = claims_of[article["path"].removesuffix(".txt")]
        found: list[Claim] = annotate(text, moment(article["dct"][:10])).claims
        paired = pairs(
            [characters([(g["start"], g["end"])], text) for g in gold], [characters(c.spans, text) for c in found]
        )
        gold_all, found_all, matched = gold_all + len(gold), found_all + len(found), matched + len(paired)
        for i, j in paired:
            for name in right:
                right[name] += gold[i][name] == getattr(found[j], name)
    assert 2 * matched / (gold_all + found_all) >= 0.80
    assert sum(right.values()) / (len(right) * matched) >= 0.90
