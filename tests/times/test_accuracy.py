"""A floor under the accuracy on gold data, a little below what is measured."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.annotate import engine, times

Document = dict[str, Any]


def documents(path: Path, limit: int) -> Iterator[Document]:
    with path.open(encoding="utf-8") as lines:
        for _, line in zip(range(limit), lines, strict=False):
            yield json.loads(line)


def score(rows: Iterator[Document]) -> tuple[float, float]:
    """F1 of expressions that overlap, and of those that overlap and have the same value."""
    same = right = found = told = 0
    for row in rows:
        published = datetime.fromisoformat(row["dct"][:10]).replace(tzinfo=UTC)
        mentions = times.find(engine.parse(row["text"]), published)
        gold = [timex for timex in row["timexes"] if timex["start"] >= 0]
        found, told = found + len(mentions), told + len(gold)
        for timex in gold:
            match = next((m for m in mentions if m.start < timex["end"] and timex["start"] < m.end), None)
            if match is not None:
                mentions.remove(match)
                same += 1
                right += match.value == timex["value"]
    return 2 * same / (found + told), 2 * right / (found + told)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "limit", "relaxed", "value"),
    [("timex_timebank", 20, 0.91, 0.80), ("timex_aquaint", 12, 0.92, 0.65)],
)
def test_news(gold: Path, name: str, limit: int, relaxed: float, value: float) -> None:
    overlapping, valued = score(documents(gold / "entities" / f"{name}.dev.jsonl", limit))
    assert overlapping >= relaxed
    assert valued >= value


def test_seeds(gold: Path) -> None:
    assert score(documents(gold / "seeds" / "mentions.jsonl", 2)) == (1.0, 1.0)
