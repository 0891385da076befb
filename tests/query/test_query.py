"""Queries: releases are read, alone or together, with texts put back, and nothing else is read or written."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from pipeline.cli.app import app
from pipeline.cli.results import printable
from pipeline.errors import OnrecordError
from pipeline.release.layout import Dist, ReleaseError
from pipeline.release.open import lock, open_all, open_release
from pipeline.release.place import find, raw_bytes
from pipeline.release.rehydrate import rehydrate
from pipeline.release.statements import QueryError, run
from pipeline.release.verify import verify
from tests.conftest import ROOT
from tests.release.made import Size, release, rows

SIZE = Size(mentions=3, quotes=2, claims=2, words=40)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two releases; the older one is of a schema without a column that the newer one has."""
    scratch = tmp_path_factory.mktemp("query")
    dist = scratch / "dist"
    release(dist, rows(range(3), SIZE), "2026.01.01", scratch)
    release(dist, rows(range(5), SIZE), "2026.01.02", scratch)
    old = dist / "2026.01.01" / "articles.parquet"
    pl.read_parquet(old).drop("subtitle").write_parquet(old)
    return dist


def test_all_releases_have_a_release_column_and_null_where_a_column_is_missing(two: Path) -> None:
    found = run(open_all(two), "select release, count(*) n, count(subtitle) s from articles group by 1 order by 1")
    assert found is not None
    assert found.rows() == [("2026.01.01", 3, 0), ("2026.01.02", 5, 0)]


def test_releases_of_another_major_schema_version_are_refused(two: Path, tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    shutil.copytree(two, dist)
    path = dist / "2026.01.01" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"schema_version": "9.0.0"}))
    with pytest.raises(ReleaseError, match=r"2026.01.01 has schema version 9.0.0.*migration note"):
        open_all(dist)


FORBIDDEN = (
    "copy (select 1) to '{dist}/x.csv'",
    "explain analyze copy (select 1) to '{dist}/x.csv'",
    "/* */ explain analyze copy (select 1) to '{dist}/x.csv'",
    "prepare p as copy (select 1) to '{dist}/x.csv'",
    "attach '{dist}/x.db'",
    "export database '{dist}/x'",
    "set enable_external_access = true",
    "pragma enable_checkpoint_on_shutdown",
    "install httpfs",
    "select 1; copy (select 1) to '{dist}/x.csv'",
    "select * from read_text('{other}')",
    "create table t as select * from read_text('{other}')",
    "select * from quotes where",
)


@pytest.mark.parametrize("sql", FORBIDDEN)
def test_statements_write_no_file_and_read_no_other(two: Path, tmp_path: Path, sql: str) -> None:
    other = tmp_path / "secret.txt"
    other.write_text("secret")
    before = sorted(two.rglob("*"))
    connection = open_release(two)
    lock(connection, two)
    with pytest.raises(QueryError):
        run(connection, sql.format(dist=two, other=other))
    assert sorted(two.rglob("*")) == before


def test_tables_may_be_made_in_memory(two: Path) -> None:
    connection = open_release(two)
    lock(connection, two)
    assert run(connection, "create view mine as select 7 as n") is None
    found = run(connection, "explain select 1; select n from mine")
    assert found is not None
    assert found.rows() == [(7,)]


@pytest.mark.parametrize(
    ("format", "read"), [("csv", pl.read_csv), ("json", pl.read_json), ("parquet", pl.read_parquet)]
)
def test_every_format_gives_the_same_rows(two: Path, tmp_path: Path, format: str, read: object) -> None:
    output = tmp_path / "found"
    sql = "select article_id, words, title from articles order by 1"
    done = CliRunner().invoke(
        app, ["query", sql, "--dist", str(two), "--format", format, "--output", str(output)], catch_exceptions=False
    )
    assert done.exit_code == 0
    found = run(open_release(two), sql)
    assert found is not None
    assert read(output).rows() == found.rows()  # type: ignore[operator]


def test_a_table_is_safe_for_a_terminal(two: Path) -> None:
    sql = "select 'a' || chr(27) || '[31mred' || chr(10) || 'b' || chr(8238) as \"x\""
    done = CliRunner().invoke(app, ["query", sql, "--dist", str(two)], catch_exceptions=False)
    assert "\x1b[31mred" not in done.output
    assert r"a\x1b[31mred ⏎ b\u202e" in done.output
    assert printable("Zoë “said” 😀") == "Zoë “said” 😀"


def test_texts_come_back_from_the_store_and_from_raw_files(seeds_dist: Path) -> None:
    counts = "select count(text), count(*) from {}"
    plain, stored = open_release(seeds_dist), open_release(seeds_dist, text=True)
    again = open_release(seeds_dist, raw=[ROOT / "seeds"])
    assert plain.execute(counts.format("articles")).fetchall() == [(0, 2)]
    assert plain.execute(counts.format("claims")).fetchall()[0][0] < 30
    for table in ("articles", "mentions", "quotes", "claims"):
        for connection in (stored, again, open_all(seeds_dist, text=True)):
            filled, total = connection.execute(counts.format(table)).fetchall()[0]
            assert filled == total > 0, table
    wrong = stored.execute(
        'select count(*) from mentions m join articles a using (article_id) where m."text" <> substring(a."text",'
        ' m."start" + 1, m."end" - m."start")'
    ).fetchall()
    assert wrong == [(0,)]


def test_rehydrate_gives_a_whole_release_and_reports_what_is_missing(seeds_dist: Path, tmp_path: Path) -> None:
    dist = Dist(seeds_dist)
    found = rehydrate(dist, dist.find(None), [str(ROOT / "seeds")], tmp_path / "full")
    assert (found.filled, found.missing, found.differing) == (2, (), ())
    assert verify(Dist(tmp_path / "full"), found.path.name) == []
    texts = open_release(tmp_path / "full").execute("select count(text), count(*) from quotes").fetchall()
    assert texts[0][0] == texts[0][1] > 0
    with pytest.raises(ReleaseError, match="is there already"):
        rehydrate(dist, dist.find(None), [str(ROOT / "seeds")], tmp_path / "full")

    changed = tmp_path / "raw"
    changed.mkdir()
    one = sorted(path for path in (ROOT / "seeds").iterdir() if path.suffix == ".txt")[0]
    shutil.copy(one, changed / one.name)
    partly = rehydrate(dist, dist.find(None), [str(changed)], tmp_path / "partly")
    assert (partly.filled, len(partly.missing)) == (1, 1)


def test_show_names_speaker_cue_and_raw_bytes(seeds_dist: Path) -> None:
    connection = open_release(seeds_dist, text=True)
    rows_ = connection.execute("select quote_id from quotes where cue_text is not null order by all").fetchall()
    for (name,) in rows_:
        place = find(connection, name)
        assert place.table == "quotes" and place.article is not None and place.raw is not None
        first, last = place.raw
        payload = (ROOT / "seeds" / place.article["raw_name"]).read_bytes()[first:last].decode("utf-8", "ignore")
        word = place.row["text"].strip("“”\"'").split()[0]
        assert word in payload
        done = CliRunner().invoke(app, ["show", name, "--dist", str(seeds_dist)], catch_exceptions=False)
        assert place.row["cue_text"] in done.output and place.article["raw_name"] in done.output


@pytest.mark.parametrize("name", ["nonsense", "q_", "q_aaaaaaaaaaaaaaaa", "' or 1=1 --", "q_' or '1'='1"])
def test_show_of_no_row_says_so(seeds_dist: Path, name: str) -> None:
    with pytest.raises(OnrecordError, match=r"no id of a row|there is no"):
        find(open_release(seeds_dist), name)


def test_raw_bytes_are_exact_where_characters_are_bytes() -> None:
    runs = [
        {"start": 0, "end": 10, "raw_start": 100, "raw_end": 110},
        {"start": 10, "end": 12, "raw_start": 111, "raw_end": 115},
    ]
    assert raw_bytes(runs, 3, 6) == (103, 106)
    assert raw_bytes(runs, 8, 11) == (108, 115)
    assert raw_bytes(runs, 12, 13) is None


def test_the_sql_that_comes_with_a_release_is_not_run(two: Path, tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    shutil.copytree(two, dist)
    out = tmp_path / "written.csv"
    (dist / "2026.01.02" / "views.sql").write_text(f"copy (select 1) to '{out}'; create view said as select 1;")
    with open_release(dist) as connection:
        found = connection.execute("select count(*) from said").fetchall()
    assert not out.exists()
    assert found[0][0] > 1


def test_faults_are_one_line_on_stderr_beside_the_json(two: Path) -> None:
    done = CliRunner().invoke(app, ["verify", "2026.01.01", "--json", "--dist", str(two)])
    assert not json.loads(done.stdout)["ok"]
    assert isinstance(done.exception, OnrecordError)
    assert "articles.parquet" in str(done.exception)


def test_hostile_names_reach_no_terminal(two: Path) -> None:
    command = [sys.executable, "-m", "pipeline", "query", "select 1", "--dist", str(two), "--release"]
    done = subprocess.run([*command, "\x1b]0;x\x07\u202e"], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 1
    assert "\\x1b]0;x\\x07\\u202e" in done.stderr
    assert done.stderr.rstrip("\n").isprintable()
