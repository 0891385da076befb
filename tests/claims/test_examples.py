"""The examples: sentences in the style of news with the labels that every field of their claims should have."""

import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.annotate.article import annotate
from pipeline.annotate.records import Claim

HERE = Path(__file__).parent
FIELDS = ("polarity", "modality", "hedges", "factuality_sign", "event_time", "attribution", "claimant")
#: Share of right labels that each field must reach: the first part was read while rules were written, the other not.
BARS = {"development": 0.97, "unseen": 0.90}


def rows(part: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / f"examples.{part}.jsonl").read_text("utf-8").splitlines()]


def overlap(claim: Claim, start: int, end: int) -> int:
    return sum(max(0, min(last, end) - max(first, start)) for first, last in claim.spans)


def smallest(claims: list[Claim], start: int, end: int) -> Claim | None:
    """The shortest claim that holds the anchor; where an interruption splits it, the one that holds most of it."""
    around = [claim for claim in claims if any(first <= start and end <= last for first, last in claim.spans)]
    around = around or [claim for claim in claims if overlap(claim, start, end) >= 0.8 * (end - start)]
    return min(around, key=lambda claim: sum(last - first for first, last in claim.spans), default=None)


def day(value: str | None) -> str | None:
    return value[:10] if value else None


def found(text: str, claim: Claim) -> dict[str, Any]:
    factuality = claim.factuality or 0.0
    has_time = claim.event_time_start is not None and claim.event_time_end is not None
    return {
        "polarity": claim.polarity,
        "modality": claim.modality,
        "hedges": [hedge.text for hedge in claim.hedges],
        "factuality_sign": (factuality > 0) - (factuality < 0),
        "event_time": [day(claim.event_time_start), day(claim.event_time_end)] if has_time else None,
        "attribution": claim.attribution,
        "claimant": None if claim.claimant_start is None else text[claim.claimant_start : claim.claimant_end],
    }


@pytest.mark.parametrize("part", sorted(BARS))
def test_each_field_reaches_its_bar(part: str) -> None:
    right, wrong, wrongly_asserted = Counter[str](), [], []
    examples = rows(part)
    asserted = [row for row in examples if not row.get("absent")]
    for row in examples:
        text = row["text"]
        claims = annotate(text, datetime.fromisoformat(row["published_at"] + "T00:00:00+00:00")).claims
        start = text.index(row["anchor"])
        end = start + len(row["anchor"])
        if row.get("absent"):
            # what is asked or supposed makes no claim of its own
            if any(claim.start >= start - 5 and claim.end <= end + 5 for claim in claims):
                wrongly_asserted.append(text)
            continue
        claim = smallest(claims, start, end)
        labels = found(text, claim) if claim else {}
        for name in FIELDS:
            if labels.get(name, "no claim") == row[name]:
                right[name] += 1
            else:
                wrong.append((name, text, labels.get(name), row[name]))
    assert len(asserted) >= 75
    for name in FIELDS:
        assert right[name] >= BARS[part] * len(asserted), (name, [case for case in wrong if case[0] == name])
    assert not wrongly_asserted


def test_the_parts_do_not_overlap() -> None:
    texts = {part: {row["text"] for row in rows(part)} for part in BARS}
    assert not texts["development"] & texts["unseen"]
