"""Evaluation: figures on a gold folder of our own, and measures by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.evaluate.gold import GoldError
from pipeline.evaluate.measures import average_precision, overlap, paired
from pipeline.evaluate.quotes import inside_marks, trimmed
from pipeline.evaluate.run import evaluate
from pipeline.evaluate.speakers import agree

TEXT = "“We will rebuild,” said Tilda Qvist. She said that the river had fallen. It was Monday."


def gold(folder: Path) -> Path:
    row = {
        "doc_id": "one", "text": TEXT,
        "quotes": [
            {"start": 1, "end": 17, "type": "direct", "speaker": "Tilda Qvist", "speaker_start": 24, "speaker_end": 35},
            {
                "start": 46, "end": 71, "type": "indirect", "speaker": "Tilda Qvist",
                "speaker_start": 37, "speaker_end": 40,
            },
        ],
    }  # fmt: skip
    (folder / "quotes").mkdir()
    (folder / "quotes" / "ggt.dev.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return folder


def extracting(quotes: list[dict[str, object]]) -> object:
    def extract(lines: Iterator[str]) -> Iterator[str]:
        for line in lines:
            name = json.loads(line)["doc_id"]
            yield json.dumps({"doc_id": name, "mentions": [], "quotes": quotes, "claims": [], "times": []})

    return extract


def quote(start: int, end: int, name: str | None) -> dict[str, object]:
    return {
        "start": start, "end": end, "spans": [[start, end]], "speaker_name": name, "speaker_text": name,
        "speaker_start": None, "speaker_end": None,
    }  # fmt: skip


def test_all_right_is_a_hundred_and_half_right_is_less(tmp_path: Path) -> None:
    folder = gold(tmp_path)
    right = [quote(0, 18, "Qvist"), quote(46, 71, "Tilda Qvist")]
    full = {one.metric: one.value for one in evaluate(folder, extracting(right), ["quotes"])}  # type: ignore[arg-type]
    assert set(full.values()) == {100.0}
    half = {one.metric: one.value for one in evaluate(folder, extracting(right[:1]), ["quotes"])}  # type: ignore[arg-type]
    assert half["spans F1, IoU 0.8"] == pytest.approx(200 / 3)
    assert half["direct spans F1, IoU 0.8"] == 100
    wrong = {one.metric: one.value for one in evaluate(folder, extracting([quote(0, 18, "Bo Lind")]), ["quotes"])}  # type: ignore[arg-type]
    assert wrong["speaker accuracy, resolved"] == 0


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="holds no gold data"):
        evaluate(tmp_path, extracting([]))  # type: ignore[arg-type]
    with pytest.raises(GoldError, match="there is no task"):
        evaluate(tmp_path, extracting([]), ["weather"])  # type: ignore[arg-type]


def test_pairs_are_one_to_one_and_the_closest_first() -> None:
    assert paired([(0, 10), (2, 10)], [(2, 10)], overlap, 0.5) == [(1, 0)]


def test_average_precision_takes_equal_scores_as_one_step() -> None:
    assert average_precision([True, False], [0.9, 0.1]) == 100
    assert average_precision([True, False], [0.5, 0.5]) == 50


def test_names_agree_by_surname_unless_first_names_differ() -> None:
    assert agree("Mayor Tilda Qvist", "Qvist")
    assert not agree("Tilda Qvist", "Bo Qvist")
    assert agree("T. Qvist", "Tilda Qvist")
    assert not agree("she", "Tilda Qvist")


def test_marks_and_a_leading_that_are_no_part_of_a_span() -> None:
    assert trimmed('x "that all is well," y', 2, 21) == (8, 19)
    assert bytes(inside_marks("a “b” c")) == b"\0\0\1\1\1\0\0"
