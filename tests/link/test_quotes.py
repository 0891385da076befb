"""Quote clusters: the same quotation in several articles, and not the same few words in different ones."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from pipeline.build import build
from pipeline.link.sketch import shingles
from pipeline.run import Job
from tests.conftest import NOW

REPORTS = {
    "one": "“The harbour wall will not survive another winter storm,” said Ellen Marsh, who leads the council.",
    "two": "Marsh warned: “The harbour wall will not survive another winter storm, and the money is there.”",
    "three": "“I don’t think it’s for the sake of the children,” said Tom Reddy, a grower.",
    "four": "“I don’t think it’s a good thing for the sake of the children at all,” said Ann Lowe, a baker.",
}


def test_a_quotation_that_travels_is_one_cluster_and_common_words_are_none(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for name, text in REPORTS.items():
        (raw / f"{name}.txt").write_text(f"News of day {name}\n\n{text}\n")
    published, _ = build(Job((str(raw),), tmp_path / "dist", include_text=True), NOW)
    quotes = pl.read_parquet(published.path / "quotes.parquet")
    clusters = dict(quotes.select("text", "cluster_id").iter_rows())
    storm = {cluster for text, cluster in clusters.items() if "storm" in text}
    assert len(storm) == 1
    assert storm != {None}
    assert {cluster for text, cluster in clusters.items() if "sake" in text} == {None}


def test_only_shingles_with_enough_words_that_tell_something_are_telling() -> None:
    assert not shingles("I don’t think it’s what we want to have", 4, 2)
    every = shingles("The harbour wall will not survive another winter storm", 4)
    telling = shingles("The harbour wall will not survive another winter storm", 4, 2)
    assert set(telling) < set(every)
    assert len(telling) >= 3
