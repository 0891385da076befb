"""Accuracy floors on a little development gold, below what `tests/benchmarks/quotes_ablation.py` measures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.quotes_ablation import load, measure

pytestmark = pytest.mark.slow


def test_spans_and_speakers(gold: Path) -> None:
    score = measure(list(load(gold, 8)))
    assert score.span_f1 >= 0.86
    assert score.end_to_end_f1 >= 0.77
    assert score.named_precision >= 0.93
    assert score.calibration_error <= 0.06
