"""Entities over articles, through DuckDB: the same whatever the shards, with aliases, counts and dates."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipeline.link import entities
from pipeline.link.parts import Parts
from pipeline.shard import LOCAL_ENTITIES


def _own(record: int, number: int, kind: str, name: str, **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "record": record, "local": f"a{record}#{number}", "article_id": f"a{record}", "type": kind,
        "canonical_name": name, "aliases": [{"name": name, "count": 1}], "link_status": "nil", "mention_count": 1,
    }  # fmt: skip
    return {**dict.fromkeys(LOCAL_ENTITIES), **row, **more}


ROWS = [
    _own(1, 0, "WEAPON", "Pantsir-S1", gazetteer_id="weapon/pantsir-s1", link_status="linked", link_confidence=0.95,
         aliases=[{"name": "Pantsir-S1", "count": 2}, {"name": "Pantsir-C1", "count": 1}], mention_count=3),
    _own(2, 0, "WEAPON", "Pantsir-S1", gazetteer_id="weapon/pantsir-s1", link_status="linked", link_confidence=0.95),
    _own(1, 1, "PERSON", "Oleh Sydorenko"),
    _own(2, 1, "PERSON", "Oleg Sidorenko"),
    _own(3, 0, "PERSON", "Olena Petrenko"),
    _own(4, 0, "PERSON", "Elena Petrenko"),
    _own(3, 2, "PERSON", "Mikhailo Podoliak"),
    _own(1, 2, "PERSON", "Tkach"),
    _own(2, 2, "PERSON", "Tkach"),
    _own(3, 1, "GPE", "Kiev", wikidata_id="Q1899", geonames_id=703448, lat=50.45, lon=30.52, link_confidence=0.9,
         coordinate_precision="city", link_status="linked"),
    _own(4, 1, "GPE", "Kyiv", wikidata_id="Q1899", geonames_id=703448, lat=50.45, lon=30.52, link_confidence=0.95,
         coordinate_precision="city", link_status="linked"),
]  # fmt: skip


def _build(folder: Path, shards: list[list[dict[str, Any]]], previous: Path | None = None) -> tuple[Any, Any]:
    for number, rows in enumerate(shards):
        part = folder / "parts" / str(number)
        part.mkdir(parents=True)
        pl.DataFrame(rows, schema={"record": pl.Int64, **LOCAL_ENTITIES}).write_parquet(part / "entities.parquet")
        records = sorted({row["record"] for row in rows})
        pl.DataFrame(
            {
                "record": records,
                "article_id": [f"a{record}" for record in records],
                "published_at": [datetime(2023, 1, record, tzinfo=UTC) for record in records],
            }
        ).write_parquet(part / "articles.parquet")
    parts = Parts(folder)
    entities.find(parts, previous, "2")
    return pl.read_parquet(parts.link("entities")), pl.read_parquet(parts.link("entity_table"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):  # type: ignore[no-untyped-def]
    return _build(tmp_path_factory.mktemp("whole"), [ROWS])


def test_sharding_and_order_change_nothing(whole, tmp_path) -> None:  # type: ignore[no-untyped-def]
    by_article = [[row for row in reversed(ROWS) if row["record"] == record] for record in (4, 2, 1, 3)]
    mapping, table = _build(tmp_path, by_article)
    assert mapping.equals(whole[0]) and table.equals(whole[1])


def test_an_entity_of_two_articles_has_its_aliases_counts_and_dates(whole) -> None:  # type: ignore[no-untyped-def]
    row = whole[1].filter(pl.col("canonical_name") == "Pantsir-S1").to_dicts()[0]
    assert (row["article_count"], row["mention_count"], row["status"]) == (2, 4, "active")
    counts = {alias["name"]: alias["count"] for alias in row["aliases"] if alias["source"] == "corpus"}
    assert counts == {"Pantsir-S1": 3, "Pantsir-C1": 1}
    assert {"name": "SA-22", "count": 0, "source": "gazetteer"} in row["aliases"]
    assert (str(row["first_seen"]), str(row["last_seen"])) == ("2023-01-01", "2023-01-02")


def test_a_romanised_name_of_the_gazetteer_gets_its_row(whole) -> None:  # type: ignore[no-untyped-def]
    row = whole[1].filter(pl.col("canonical_name") == "Mykhailo Podolyak").to_dicts()[0]
    assert (row["country_code"], row["link_status"], row["link_method"]) == ("UA", "linked", "transliteration")
    assert {"name": "Mikhailo Podoliak", "count": 1, "source": "corpus"} in row["aliases"]


def test_surnames_alone_stay_apart_and_names_with_one_item_meet(whole) -> None:  # type: ignore[no-untyped-def]
    mapping = dict(whole[0].select("local", "entity_id").iter_rows())
    assert mapping["a1#2"] != mapping["a2#2"]
    assert mapping["a3#1"] == mapping["a4#1"]
    assert mapping["a3#0"] != mapping["a4#0"]


def test_a_rebuild_keeps_every_id_and_a_lost_entity_is_retired(whole, tmp_path) -> None:  # type: ignore[no-untyped-def]
    previous = tmp_path / "entities.parquet"
    whole[1].write_parquet(previous)
    mapping, table = _build(tmp_path / "again", [ROWS], previous)
    assert mapping.equals(whole[0]) and table.equals(whole[1])
    fewer, _ = _build(tmp_path / "fewer", [ROWS[1:]], previous)
    old = dict(whole[0].select("local", "entity_id").iter_rows())
    assert all(old[local] == entity_id for local, entity_id in fewer.select("local", "entity_id").iter_rows())
    _, table = _build(tmp_path / "only", [ROWS[:2]], previous)
    assert table.filter(pl.col("status") == "active").height == 1
    assert table.filter(pl.col("status") == "retired").height == whole[1].height - 1
    assert table.filter(pl.col("status") == "retired")["mention_count"].sum() == 0
