"""Rows about which nothing changed are not checked again, and what a build with past work publishes is what a cold one
does."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipeline import assemble
from pipeline.build import build
from pipeline.configuration import Configuration
from pipeline.past_rows import CHECKED, PastRows
from pipeline.release import excerpts, shown
from pipeline.release.withhold import decide
from pipeline.run import Job
from pipeline.store import entries
from pipeline.validation import split
from tests.conftest import NOW

SHOPS = ("baker", "cobbler", "florist", "grocer", "printer", "tailor")
FLOOD = (
    "Flood closes the bridge of {town}\n\nThe river Alder flooded the bridge of Brandelholm on Monday and fourteen "
    "houses were lost, mayor Tilda Qvist said in {town}.\nShops in Brandelholm stay closed until Friday.\n"
)


def article(shop: str) -> str:
    return (
        f"The {shop} of Mill Lane closes its doors\n\nThe {shop} will close in June, the owner said on Monday.\n"
        f"“We have had a good run as a {shop},” said Hanna Berg, who owns it. Neighbours say that rents have doubled.\n"
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How many rows of each table are checked from now on."""
    found: dict[str, int] = {}

    def counting(model: Any, frame: pl.DataFrame) -> Any:
        found[model.table_name()] = found.get(model.table_name(), 0) + frame.height
        return split(model, frame)

    monkeypatch.setattr(assemble, "split", counting)
    return found


def test_a_few_new_articles_give_the_bytes_of_a_cold_build_and_are_checked_alone(
    tmp_path: Path, counted: dict[str, int]
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for shop in SHOPS[:-1]:
        (raw / f"{shop}.txt").write_text(article(shop))
    job = Job((str(raw),), tmp_path / "warm", configuration=Configuration(shard_articles=2))
    build(job, NOW)
    shutil.copytree(job.dist, tmp_path / "cold", ignore=shutil.ignore_patterns(".store"))
    (raw / f"{SHOPS[0]}.txt").unlink()
    (raw / f"{SHOPS[-1]}.txt").write_text(article(SHOPS[-1]))
    counted.clear()
    warm, run = build(job, NOW)
    few = dict(counted)
    counted.clear()
    cold, _ = build(Job((str(raw),), tmp_path / "cold", accept=job.accept, configuration=job.configuration), NOW)
    assert warm.new
    assert run.counts["from_store"] == len(SHOPS) - 2
    assert contents(warm.path) == contents(cold.path)
    assert few["articles"] < counted["articles"]
    assert 0 < few["mentions"] < counted["mentions"]


def test_texts_are_decided_anew_only_where_rows_are_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "shop.txt").write_text(article(SHOPS[0]))
    (raw / "empty.txt").write_text("")  # a shard without an article
    job = Job((str(raw),), tmp_path / "dist", configuration=Configuration(shard_articles=1))
    build(job, NOW)
    (raw / "flood.txt").write_text(FLOOD.format(town="Osterby"))
    decided: list[str] = []

    def deciding(frames: Any, *given: Any) -> Any:
        decided.extend(frames["articles"]["text"])
        return decide(frames, *given)

    monkeypatch.setattr(excerpts, "decide", deciding)
    assert build(job, NOW)[0].new
    assert ["Osterby" in text for text in decided] == [True]
    again, _ = build(Job(job.raw, job.dist, force=True, configuration=job.configuration), NOW)
    assert pl.read_parquet(again.path / "changes" / "claims.parquet").is_empty()


def test_of_the_history_the_newest_release_alone_is_read_for_what_was_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    job = Job((str(raw),), tmp_path / "warm", configuration=Configuration(shard_articles=1))
    read: list[str] = []

    def reading(connection: Any, release: Any, statement: str) -> None:
        read.append(release.version)
        connection.execute(statement)

    monkeypatch.setattr(shown, "_executed", reading)
    versions = []
    for shop in SHOPS[:4]:
        (raw / f"{shop}.txt").write_text(article(shop))
        if shop == SHOPS[3]:
            shutil.copytree(job.dist, tmp_path / "cold", ignore=shutil.ignore_patterns(".store"))
        versions.append(build(job, NOW)[0].version)
    assert read == versions[:3]
    read.clear()
    build(Job(job.raw, tmp_path / "cold", configuration=job.configuration), NOW)
    assert read == versions[:3]
    assert contents(tmp_path / "warm" / versions[-1]) == contents(tmp_path / "cold" / versions[-1])


def test_claims_that_another_article_comes_to_make_too_are_counted_anew(
    tmp_path: Path, counted: dict[str, int]
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "one.txt").write_text(FLOOD.format(town="Osterby"))
    job = Job((str(raw),), tmp_path / "warm", configuration=Configuration(shard_articles=1), accept="test")
    build(job, NOW)
    shutil.copytree(job.dist, tmp_path / "cold", ignore=shutil.ignore_patterns(".store"))
    (raw / "two.txt").write_text(FLOOD.format(town="Lindenau"))
    warm, _ = build(job, NOW)
    claims = pl.read_parquet(warm.path / "claims.parquet")
    assert (claims["n_articles"] == 2).sum() >= 2
    cold, _ = build(Job((str(raw),), tmp_path / "cold", accept=job.accept, configuration=job.configuration), NOW)
    assert contents(warm.path) == contents(cold.path)
    (raw / "two.txt").unlink()
    counted.clear()
    alone, _ = build(job, NOW)
    assert (pl.read_parquet(alone.path / "claims.parquet")["n_articles"] == 1).all()
    assert "mentions" not in counted


def test_a_claim_that_stands_alone_has_counts_and_no_cluster(tmp_path: Path) -> None:
    raw = tmp_path / "news.jsonl"
    raw.write_text(json.dumps({"text": FLOOD.format(town="Osterby"), "source": "Osterby Post", "date": "2026-01-03"}))
    published, _ = build(Job((str(raw),), tmp_path / "dist"), NOW)
    claims = pl.read_parquet(published.path / "claims.parquet")
    assert claims.height
    assert claims["cluster_id"].null_count() == claims.height
    counts = claims.select("n_articles", "n_publishers", "n_independent_sources").unique().rows()
    assert counts == [(1, 1, 1)]
    assert claims["first_reported_at"].dt.date().unique().to_list() == [date(2026, 1, 3)]


@pytest.mark.parametrize("damage", ["program", "fresh", "bytes", "file"])
def test_without_a_sound_entry_everything_is_checked(tmp_path: Path, damage: str) -> None:
    part, rows = tmp_path / "part.parquet", {"mentions": tmp_path / "mentions.parquet"}
    part.write_bytes(b"a part")
    rows["mentions"].write_bytes(b"rows")
    first = PastRows(tmp_path / "store", CHECKED, "this program")
    first.keep(first.name([part]), rows, 3)
    rows["mentions"].unlink()
    assert first.restore(first.name([part]), rows) == 3
    assert rows["mentions"].read_bytes() == b"rows"
    [entry] = entries(tmp_path / "store")
    if damage == "bytes":
        entry.write_bytes(entry.read_bytes()[:-9])
    if damage == "file":
        part.write_bytes(b"another part")
    again = PastRows(
        tmp_path / "store", CHECKED, "another" if damage == "program" else "this program", fresh=damage == "fresh"
    )
    assert again.restore(again.name([part]), rows) is None
