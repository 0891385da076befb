"""Parts: a history costs what changed, unchanged rows keep their bytes, every release is complete by itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from pipeline.release import parts
from pipeline.release.layout import Dist, opened
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
        release(dist, rows(range(int(articles)), Size(filler=300_000), months=250), version, tmp_path / "scratch")
        articles *= 1.05
    folders = [dist / version for version in versions]
    assert cost(folders) < 1.7 * cost(folders[-1:])
    copy = tmp_path / "elsewhere"
    shutil.copytree(folders[-1], copy)
    shutil.rmtree(dist)
    for table in TABLES:
        files = [str(copy / file["path"]) for file in opened(copy).listed(table)]
        assert duckdb.read_parquet(files).fetchall() or table == "rejects"


def test_rows_without_a_date_have_a_part_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LARGEST_SINGLE", LARGEST)
    release(tmp_path / "dist", rows(range(90), months=40), "2026.01.01", tmp_path / "scratch")
    found = Dist(tmp_path / "dist").opened("2026.01.01")
    for table in ("articles", "mentions"):
        names = [file["path"] for file in found.listed(table)]
        assert [name for name in names if name.startswith(f"{table}/undated-")]
        assert len(names) > 2
        undated = [path for path in found.paths(table) if path.name.startswith("undated")]
        ids = duckdb.read_parquet([str(path) for path in undated]).select("article_id").distinct().fetchall()
        assert len(ids) == 3  # articles 7, 47 and 87
    assert [file["path"] for file in found.listed("entities")] == ["entities.parquet"]


def test_a_changed_month_alone_is_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LARGEST_SINGLE", LARGEST)
    made = rows(range(90), months=40)
    release(tmp_path / "dist", made, "2026.01.01", tmp_path / "scratch")
    made["articles"][0]["title"] = "another title"
    release(tmp_path / "dist", made, "2026.01.02", tmp_path / "scratch")
    before, after = (Dist(tmp_path / "dist").opened(version) for version in ("2026.01.01", "2026.01.02"))
    changed = {file["path"] for file in after.listed("articles")} - {file["path"] for file in before.listed("articles")}
    assert len(changed) == 1
    kept = next(file["path"] for file in after.listed("articles") if file["path"] not in changed)
    assert (after.folder / kept).stat().st_ino == (before.folder / kept).stat().st_ino
    assert before.listed("mentions") == after.listed("mentions")


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
