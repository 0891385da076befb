"""Parts: a history costs what changed, unchanged rows keep their bytes, every release is complete by itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.release import parts
from pipeline.release.division import SMALL_PARTS, divided
from pipeline.release.layout import Dist, opened
from pipeline.release.update import update
from pipeline.release.verify import verify
from schemas import TABLES
from tests.release.made import Size, release, rows

LARGEST = {"articles": 20, "mentions": 20, "quotes": 20, "claims": 20}


def cost(folders: list[Path]) -> int:
    """Bytes on the disk of the tables and changes under the folders, a shared file once.

    Descriptions have the same size whatever the rows; beside rows as few as a test has they would weigh too much.
    """
    return sum(
        {(found.st_dev, found.st_ino): found.st_size
         for folder in folders for path in folder.rglob("*.parquet") for found in [path.stat()]}.values()
    )  # fmt: skip


@pytest.mark.slow
def test_history_of_eleven_releases_costs_little_more_than_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "LARGEST_SINGLE", LARGEST)
    dist, articles = tmp_path / "dist", 40.0
    versions = [f"2026.01.{day:02d}" for day in range(1, 12)]
    for version in versions:
        release(dist, rows(range(int(articles)), Size(filler=100_000), months=250), version, tmp_path / "scratch")
        articles *= 1.05
    folders = [dist / version for version in versions]
    assert cost(folders) < 1.7 * cost(folders[-1:])
    copy = tmp_path / "elsewhere"
    shutil.copytree(folders[-1], copy)
    shutil.rmtree(dist)
    for table in TABLES:
        files = [str(copy / file["path"]) for file in opened(copy).listed(table)]
        assert duckdb.read_parquet(files).fetchall() or table == "rejects"


def test_tables_too_large_to_be_held_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LARGEST_SINGLE", LARGEST)
    made, more = rows(range(90), months=40), rows(range(94), months=40)
    for name in ("held", "in_files"):
        if name == "in_files":
            monkeypatch.setattr(parts, "LARGEST_HELD", 0)
            monkeypatch.setattr(parts, "AT_HAND", 2048)
        for version, own in (("2026.01.01", made), ("2026.01.02", more)):
            release(tmp_path / name, own, version, tmp_path / "scratch" / name)
    found = [
        {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "held", tmp_path / "in_files")
    ]
    assert found[0] == found[1]
    assert sum(name.startswith("2026.01.02/claims/") for name in found[0]) > 4


def test_new_articles_have_parts_of_their_own_and_changed_ones_alone_are_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "LARGEST_SINGLE", LARGEST)
    made = rows(range(90), months=40)
    release(tmp_path / "dist", made, "2026.01.01", tmp_path / "scratch")
    more = rows(range(94), months=40)
    for claim in more["claims"]:
        claim["relations"] = []
    more["articles"][0]["title"] = "another title"
    release(tmp_path / "dist", more, "2026.01.02", tmp_path / "scratch")
    before, after = (Dist(tmp_path / "dist").opened(version) for version in ("2026.01.01", "2026.01.02"))
    was, now = ({file["path"] for file in found.listed("articles")} for found in (before, after))
    assert len(was) == 5
    assert len(was & now) == 4
    assert len(now - was) == 2
    kept = next(iter(was & now))
    assert (after.folder / kept).stat().st_ino == (before.folder / kept).stat().st_ino
    [new] = {file["path"] for file in after.listed("mentions")} - {file["path"] for file in before.listed("mentions")}
    assert duckdb.read_parquet(str(after.folder / new)).select("article_id").distinct().count("*").fetchall() == [(4,)]
    assert after.manifest["changes"]["mentions"]["parts"] == [new]
    assert not (after.folder / "changes" / "rows" / "mentions.parquet").exists(), "the rows stand in the part"
    titled = duckdb.read_parquet(str(after.folder / "changes" / "rows" / "articles.parquet"))
    assert titled.select("title").fetchall() == [("another title",)]
    assert [file["path"] for file in after.listed("entities")] == ["entities.parquet"]
    assert verify(Dist(tmp_path / "dist"), "2026.01.02") == []


def test_a_copy_is_brought_forward_by_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LARGEST_SINGLE", LARGEST)
    for number, version in ((60, "2026.01.01"), (70, "2026.01.02"), (75, "2026.01.03")):
        release(tmp_path / "dist", rows(range(number)), version, tmp_path / "scratch")
    shutil.copytree(tmp_path / "dist" / "2026.01.01", tmp_path / "copy")
    assert update(tmp_path / "copy", Dist(tmp_path / "dist")).whole == ()
    found, wanted = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "copy", tmp_path / "dist" / "2026.01.03")
    )
    assert found == wanted


@settings(max_examples=50, deadline=None)
@given(st.lists(st.dictionaries(st.integers(0, 400).map(str), st.integers(1, 9), max_size=60), max_size=40))
def test_parts_are_few_and_articles_stay_in_theirs(steps: list[dict[str, int]]) -> None:
    every: dict[str, int] = {}
    before: dict[str, str] = {}
    for number, step in enumerate(steps):
        every = {**step, **every}
        found = divided(every, before, 40, str(number))
        assert set(found) == set(every)
        sizes: dict[str, int] = {}
        for article, part in found.items():
            sizes[part] = sizes.get(part, 0) + every[article]
        assert all(size < 40 + 2 * 9 for size in sizes.values())
        assert sum(2 * size < 40 for size in sizes.values()) <= SMALL_PARTS
        moved = {before[article] for article in before if found[article] != before[article]}
        assert not moved or len(moved) >= SMALL_PARTS, "parts are joined many at a time"
        assert divided(every, found, 40, str(number)) == found
        before = found


def test_a_damaged_part_is_not_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LARGEST_SINGLE", LARGEST)
    made = rows(range(90), months=40)
    release(tmp_path / "dist", made, "2026.01.01", tmp_path / "scratch")
    before = Dist(tmp_path / "dist").opened("2026.01.01")
    part = before.paths("mentions")[0]
    part.write_bytes(part.read_bytes()[:-1] + b"?")
    made["articles"][0]["title"] = "another title"
    release(tmp_path / "dist", made, "2026.01.02", tmp_path / "scratch")
    after = Dist(tmp_path / "dist").opened("2026.01.02")
    found = duckdb.read_parquet([str(path) for path in after.paths("mentions")]).count("*").fetchall()
    assert found == [(len(made["mentions"]),)]
