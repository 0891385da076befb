"""The main job: true rows in every table, the same bytes from the same inputs, nothing new publishes nothing."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipeline.build import build
from pipeline.configuration import Configuration
from pipeline.release.open import open_release
from pipeline.run import Job
from schemas import TABLES
from tests.conftest import NOW, ROOT

VERSION = "2026.11.22"


def digests(release: Path) -> dict[str, str]:
    """SHA-256 of every file of a release, by name."""
    files = sorted(path for path in release.rglob("*") if path.is_file())
    return {path.relative_to(release).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_release_has_every_table_and_says_so(seeds_dist: Path) -> None:
    release = seeds_dist / VERSION
    manifest = json.loads((release / "manifest.json").read_text())
    assert list(manifest["tables"]) == list(TABLES)
    with open_release(seeds_dist) as connection:
        for table in TABLES:
            rows = connection.execute(f"select count(*) from {table}").fetchall()[0][0]
            assert rows == manifest["tables"][table]["rows"]
            assert rows > 0 or table == "rejects"
    assert (seeds_dist / "latest").read_text() == f"{VERSION}\n"
    assert [entry["version"] for entry in json.loads((seeds_dist / "index.json").read_text())["releases"]] == [VERSION]


def test_rows_come_from_the_text(tmp_path: Path) -> None:
    build(Job((str(ROOT / "seeds"),), tmp_path, include_text=True), NOW)
    with open_release(tmp_path) as connection:
        texts = dict(connection.execute("select article_id, text from articles").fetchall())
        assert all(texts.values())
        for article, start, end, text in connection.execute(
            'select article_id, start, "end", text from mentions'
        ).fetchall():
            assert texts[article][start:end] == text
        for article, start, end, text in connection.execute(
            "select article_id, speaker_start, speaker_end, speaker_text from quotes where speaker_text is not null"
        ).fetchall():
            assert texts[article][start:end] == text


def test_second_build_publishes_nothing(seeds_dist: Path, tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    shutil.copytree(seeds_dist, dist)
    before = digests(dist / VERSION)
    published, _ = build(Job((str(ROOT / "seeds"),), dist), NOW)
    assert not published.new
    assert published.version == VERSION
    assert digests(dist / VERSION) == before
    assert sorted(path.name for path in dist.iterdir() if not path.name.startswith(".")) == [
        VERSION,
        "index.json",
        "latest",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("order", [1, -1])
def test_same_bytes_whatever_workers_shards_and_order(seeds_dist: Path, tmp_path: Path, order: int) -> None:
    raw = tuple(sorted((str(path) for path in (ROOT / "seeds").glob("*.txt")), reverse=order < 0))
    job = Job(
        raw, tmp_path, workers=2 if order > 0 else 1, configuration=Configuration(shard_articles=1, few_records=0)
    )
    build(job, NOW)
    expected = digests(seeds_dist / VERSION)
    found = digests(tmp_path / VERSION)
    tables = {f"{table}.parquet" for table in TABLES}
    assert {name: found[name] for name in tables} == {name: expected[name] for name in tables}


def test_plain_duckdb_and_views_answer_alike_from_any_folder(
    seeds_dist: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sql = "select speaker_name, text from {} order by all"
    monkeypatch.chdir(tmp_path)
    with open_release(seeds_dist) as connection:
        views = connection.execute(sql.format("quotes")).fetchall()
    assert views
    assert duckdb.sql(sql.format(f"'{seeds_dist / VERSION / 'quotes.parquet'}'")).fetchall() == views


def test_comments_reach_duckdb(seeds_dist: Path) -> None:
    with open_release(seeds_dist) as connection:
        comments = dict(
            connection.execute(
                "select column_name, comment from duckdb_columns() where table_name = 'quotes'"
            ).fetchall()
        )
    described = {name: column.description for name, column in TABLES["quotes"].to_schema().columns.items()}
    assert comments == described


def test_unknown_rights_withhold_the_text(seeds_dist: Path) -> None:
    articles = pl.read_parquet(seeds_dist / VERSION / "articles.parquet")
    assert articles["text"].null_count() == articles.height
    assert articles["text_sha256"].null_count() == 0


def test_footer_says_what_a_stray_file_is(seeds_dist: Path) -> None:
    rows = duckdb.sql(
        f"select decode(key), decode(value) from parquet_kv_metadata('{seeds_dist / VERSION / 'quotes.parquet'}')"
    ).fetchall()
    found = dict(rows)
    assert found["dataset"] == "onrecord"
    assert found["version"] == VERSION
    assert found["licence"]
    assert found["citation"]
