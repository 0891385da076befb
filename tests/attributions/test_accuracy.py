"""Accuracy floors on a little development gold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.annotate import engine
from pipeline.annotate.attributions import find

pytestmark = pytest.mark.slow


def test_attributed_content_and_claimants(gold: Path) -> None:
    right = predicted = wanted = claimants = pairs = 0
    with (gold / "claims" / "attributed_claims.dev.jsonl").open(encoding="utf-8") as lines:
        for row in [json.loads(line) for _, line in zip(range(60), lines, strict=False)][1::5]:
            text = row["text"]
            found = find(engine.parse(text))
            marked = {place for record in found for span in record.spans for place in range(*span)}
            told = {place for claim in row["claims"] for span in claim["spans"] for place in range(*span)}
            right += sum(not text[place].isspace() for place in marked & told)
            predicted += sum(not text[place].isspace() for place in marked)
            wanted += sum(not text[place].isspace() for place in told)
            for claim in row["claims"]:
                for record in found:
                    start, end = record.spans[0][0], record.spans[-1][1]
                    common = min(end, claim["end"]) - max(start, claim["start"])
                    if (
                        common > 0.8 * max(end - start, claim["end"] - claim["start"])
                        and claim["claimant_start"] is not None
                    ):
                        pairs += 1
                        source = record.source or (0, 0)
                        claimants += max(source[0], claim["claimant_start"]) < min(source[1], claim["claimant_end"])
                        break
    assert 2 * right / (predicted + wanted) >= 0.78
    assert claimants / pairs >= 0.88
