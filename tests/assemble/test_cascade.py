"""Assembly: what a rejected row takes along, and that no row is lost on the way."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from pipeline import assemble
from pipeline.build import build, check, ingest, link
from pipeline.configuration import Configuration
from pipeline.link.parts import Parts
from pipeline.release.open import open_release
from pipeline.run import Job, Run, opened
from pipeline.shard import process
from schemas import TABLES
from tests.conftest import NOW

HARBOUR = """Harbour wall to be rebuilt

The wall of the old harbour will be rebuilt next year, the council said on Monday.
“We cannot wait for another storm,” said Ellen Marsh, who leads the council. “The money is there.”
Fishermen say that the plan comes too late.
"""
ORCHARD = """Frost costs growers their crop

Late frost has destroyed half of the apple crop, growers reported on Tuesday.
“It is the worst spring that I have seen,” said Tom Reddy, a grower. He said that prices would rise.
"""


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """A build of two articles up to the point where rows are checked; every claim is related to every claim."""
    raw = tmp_path_factory.mktemp("raw")
    (raw / "harbour.txt").write_text(HARBOUR)
    (raw / "orchard.txt").write_text(ORCHARD)
    job = Job((str(raw),), tmp_path_factory.mktemp("dist"), configuration=Configuration(shard_articles=1))
    with opened(job, NOW) as run:
        tasks, run_rejects, _ = ingest(run)
        assert run_rejects.is_empty()
        for task in tasks:
            process(task)
        link(run)
        claims = pl.concat(map(pl.read_parquet, sorted(run.parts.work.glob("parts/*/claims.parquet")))).sort("record")
        claims = claims.select(list(pl.read_parquet_schema(run.parts.link("claims"))))
        every = [{"claim_id": claim, "relation": "agrees", "score": 0.9} for claim in claims["claim_id"]]
        related = pl.Series([every] * claims.height, dtype=claims.schema["relations"])
        claims.with_columns(relations=related).write_parquet(run.parts.link("claims"))
        yield run


def checked(linked: Run, folder: Path, table: str, column: str, value: str | float) -> dict[str, pl.DataFrame]:
    """The final rows by table, where the first row of a table's parts has a wrong value in a column."""
    work = folder / "work"
    shutil.copytree(linked.parts.work, work)
    run = Run(linked.job, linked.dist, Parts(work), assemble.Assembly(work / "final"), linked.version, NOW)
    part = next(path for path in sorted(work.glob(f"parts/*/{table}.parquet")) if pl.read_parquet(path).height)
    rows = pl.read_parquet(part)
    first = pl.int_range(pl.len()) == 0
    wrong = rows.with_columns(pl.when(first).then(pl.lit(value)).otherwise(pl.col(column)).alias(column))
    wrong.cast(rows.schema).write_parquet(part)
    check(run, TABLES["rejects"].frame([]))
    found = {name: run.final.scan(name, *model.polars_schema()) for name, model in TABLES.items()}
    assert sum(frame.height for frame in found.values()) == run.counts["extracted"]
    return found


def test_rejected_article_takes_its_rows_along(linked: Run, tmp_path: Path) -> None:
    found = checked(linked, tmp_path, "articles", "words", -1)
    [article] = found["rejects"].filter(table="articles")["row_id"]
    assert found["articles"].height == 1
    for table in ("mentions", "quotes", "claims"):
        assert article not in found[table]["article_id"]
        assert found[table].height
        assert found["rejects"].filter(table=table, article_id=article).height


def test_rejected_quote_takes_its_claims_along(linked: Run, tmp_path: Path) -> None:
    found = checked(linked, tmp_path, "quotes", "type", "no type")
    [quote] = found["rejects"].filter(table="quotes")["row_id"]
    assert quote not in found["quotes"]["quote_id"]
    assert quote not in found["claims"]["quote_id"].to_list()
    assert set(found["claims"]["quote_id"].drop_nulls()) <= set(found["quotes"]["quote_id"])
    assert found["articles"].height == 2


def test_relations_to_a_rejected_claim_go_with_it(linked: Run, tmp_path: Path) -> None:
    found = checked(linked, tmp_path, "claims", "polarity", "no polarity")
    [claim] = found["rejects"].filter(table="claims")["row_id"]
    assert found["claims"].height
    for relations in found["claims"]["relations"].to_list():
        assert {one["claim_id"] for one in relations} == set(found["claims"]["claim_id"])
        assert claim not in {one["claim_id"] for one in relations}


def test_failed_annotation_is_a_reject_and_the_article_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.annotate import article as annotator

    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "harbour.txt").write_text(HARBOUR)
    (raw / "orchard.txt").write_text(ORCHARD)
    right = annotator.annotate

    def fails(text: str, *rest: object) -> object:
        if "harbour" in text:
            raise IndexError("past the end")
        return right(text, *rest)  # type: ignore[arg-type]

    job = Job((str(raw),), tmp_path / "dist")
    with monkeypatch.context() as patched:
        patched.setattr(annotator, "annotate", fails)
        build(job, NOW)
    with open_release(job.dist) as connection:
        [(table, reason)] = connection.execute(
            'select "table", reason from rejects where "check" = \'annotation\''
        ).fetchall()
        assert table == "annotations"
        assert "IndexError" in reason
        assert connection.execute("select count(*) from articles").fetchall() == [(2,)]
        [(flagged,)] = connection.execute(
            "select count(*) from articles where list_contains(flags, 'annotation_failed')"
        ).fetchall()
        assert flagged == 1


def test_longer_text_is_a_reject(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "long.txt").write_text(HARBOUR + "The tide rose. " * 200)
    (tmp_path / "raw" / "orchard.txt").write_text(ORCHARD)
    build(Job((str(tmp_path / "raw"),), tmp_path / "dist", configuration=Configuration(longest_text=1_000)), NOW)
    with open_release(tmp_path / "dist") as connection:
        assert connection.execute('select "check", raw_name from rejects').fetchall() == [("text_length", "long.txt")]
        assert connection.execute("select count(*) from articles").fetchall() == [(1,)]
