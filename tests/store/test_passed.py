"""Rows that passed before are not checked again, and what a build with past work publishes is what a cold one does."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipeline import assemble
from pipeline.build import build
from pipeline.configuration import Configuration
from pipeline.passed import FILE, Passed, marks
from pipeline.run import Job
from pipeline.validation import split
from schemas import TABLES
from tests.conftest import NOW
from tests.release.made import rows

MADE = rows(range(6))
Mentions = TABLES["mentions"]
SHOPS = ("baker", "cobbler", "florist", "grocer", "printer", "tailor")


def article(shop: str) -> str:
    return (
        f"The {shop} of Mill Lane closes its doors\n\nThe {shop} will close in June, the owner said on Monday.\n"
        f"“We have had a good run as a {shop},” said Hanna Berg, who owns it. Neighbours say that rents have doubled.\n"
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_few_new_articles_give_the_bytes_of_a_cold_build_and_are_checked_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for shop in SHOPS[:-1]:
        (raw / f"{shop}.txt").write_text(article(shop))
    job = Job((str(raw),), tmp_path / "warm", configuration=Configuration(shard_articles=2), workers=2)
    build(job, NOW)
    shutil.copytree(job.dist, tmp_path / "cold", ignore=shutil.ignore_patterns(".store"))
    (raw / f"{SHOPS[0]}.txt").unlink()
    (raw / f"{SHOPS[-1]}.txt").write_text(article(SHOPS[-1]))
    checked: dict[str, int] = {}

    def counted(model: Any, frame: pl.DataFrame) -> Any:
        checked[model.table_name()] = checked.get(model.table_name(), 0) + frame.height
        return split(model, frame)

    monkeypatch.setattr(assemble, "split", counted)
    warm, run = build(job, NOW)
    few = dict(checked)
    checked.clear()
    cold, _ = build(Job((str(raw),), tmp_path / "cold", configuration=job.configuration), NOW)
    assert warm.new
    assert run.counts["from_store"] == len(SHOPS) - 2
    assert contents(warm.path) == contents(cold.path)
    assert few["articles"] < checked["articles"]
    assert 0 < few["mentions"] < checked["mentions"] / 2


def test_a_changed_row_or_text_is_another_one(tmp_path: Path) -> None:
    frame = Mentions.frame(MADE["mentions"])
    texts = {row["article_id"]: row["text"] for row in MADE["articles"]}
    first = Passed(tmp_path / FILE, "this program")
    assert not first.holds("mentions", marks(frame, texts)).any()
    first.add("mentions", marks(frame, texts))
    first.write()
    again = Passed(tmp_path / FILE, "this program")
    assert again.holds("mentions", marks(frame, texts)).all()
    assert not again.holds("quotes", marks(frame, texts)).any()
    other = frame.with_columns(pl.when(pl.int_range(pl.len()) != 1).then("confidence").alias("confidence"))
    assert again.holds("mentions", marks(other, texts)).to_list() == [place != 1 for place in range(frame.height)]
    moved = texts | {frame["article_id"][0]: "another text"}
    assert (
        again.holds("mentions", marks(frame, moved)).to_list()
        == (frame["article_id"] != frame["article_id"][0]).to_list()
    )


@pytest.mark.parametrize("damage", ["program", "fresh", "bytes", "none"])
def test_without_sound_marks_every_row_is_checked(tmp_path: Path, damage: str) -> None:
    found = marks(Mentions.frame(MADE["mentions"]))
    first = Passed(tmp_path / FILE, "this program")
    first.add("mentions", found)
    first.write()
    if damage == "bytes":
        (tmp_path / FILE).write_bytes((tmp_path / FILE).read_bytes()[:-9])
    if damage == "none":
        (tmp_path / FILE).unlink()
    again = Passed(tmp_path / FILE, "another" if damage == "program" else "this program", fresh=damage == "fresh")
    assert not again.holds("mentions", found).any()
