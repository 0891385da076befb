"""The gazetteer's files are sound, and a user can add one."""

from __future__ import annotations

import re
import time
from collections import Counter

import pytest

from pipeline import knowledge
from pipeline.knowledge import gazetteer, tables
from pipeline.knowledge.cities import fold


def test_every_row_has_a_source_and_no_item_is_given_to_two_rows() -> None:
    rows = knowledge.entries()
    assert all(row.source for row in rows)
    items = Counter(row.wikidata_id for row in rows if row.wikidata_id)
    # Antarctica is a territory and a continent.
    assert [item for item, count in items.items() if count > 1] in ([], ["Q51"])


def test_no_alias_is_blank_or_padded() -> None:
    for row in knowledge.entries():
        for name in (row.canonical_name, *row.aliases):
            assert name == name.strip() and name


def test_coordinates_lie_on_earth_and_have_a_precision() -> None:
    for row in knowledge.entries():
        assert (row.lat is None) == (row.lon is None) == (row.coordinate_precision is None), row.id
        if row.lat is not None and row.lon is not None:
            assert -90 <= row.lat <= 90 and -180 <= row.lon <= 180


@pytest.mark.parametrize(
    ("name", "entry_id"),
    [
        ("Kremlin", "org/kremlin"),
        ("pantsir-c1", "weapon/pantsir-s1"),
        ("SA-22", "weapon/pantsir-s1"),
        ("HIMARS", "weapon/m142-himars"),
        ("USA", "territory/us"),
        ("Tex.", "region/us-tx"),
        ("AFP", "media/agence-france-presse"),
        ("Volodymyr Zelenskyy", "person/volodymyr-zelensky"),
    ],
)
def test_names_and_aliases_are_found_in_any_case(name: str, entry_id: str) -> None:
    assert entry_id in {row.id for row in knowledge.named(name)}


def test_an_unknown_name_has_no_row() -> None:
    assert knowledge.named("Qwertzuiop Foundation") == ()


def test_demonyms_lead_to_their_country() -> None:
    assert knowledge.demonyms()["russian"].entry_id == "territory/ru"
    assert knowledge.demonyms()["swedes"].country_code == "SE"
    assert knowledge.demonyms()["western"].people == knowledge.demonyms()["westerners"].people
    assert "Danish" in knowledge.adjectives()["DK"]
    known = {row.id for row in knowledge.entries()}
    assert all(one.entry_id is None or one.entry_id in known for one in knowledge.demonyms().values())


def test_cities_answer_by_name_and_former_name_largest_first() -> None:
    kyiv = knowledge.cities("Kiev")[0]
    assert (kyiv.name, kyiv.country_code, kyiv.wikidata_id) == ("Kyiv", "UA", "Q1899")
    found = knowledge.cities("Springfield")
    assert len({city.admin1 for city in found if city.country_code == "US"}) > 10
    assert [city.population for city in found] == sorted((city.population for city in found), reverse=True)
    assert knowledge.is_city("St. Louis") and knowledge.is_city("Saint Louis")
    assert not knowledge.is_city("Qwertzuiop")


def test_a_prefix_is_no_city() -> None:
    assert not knowledge.is_city("Springfiel")
    assert fold("Springfiel") == "springfiel"


def test_the_files_load_fast() -> None:
    gazetteer._entries.cache_clear()
    started = time.process_time()
    knowledge.entries()
    knowledge.cities("Oslo")
    assert time.process_time() - started < 2.0  # 0.3 s on an idle machine


def test_a_user_adds_a_gazetteer(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    own = tmp_path / "own.tsv"
    own.write_text("type\tname\taliases\tcountry_code\nORG\tNorthwind Press Office\tNPO|Northwind\tNO\n", "utf-8")
    monkeypatch.setenv(gazetteer.USER_FILES, str(own))
    row = knowledge.named("northwind")[0]
    assert (row.id, row.type, row.country_code) == ("org/northwind-press-office", "ORG", "NO")
    monkeypatch.delenv(gazetteer.USER_FILES)
    assert knowledge.named("northwind") == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("type\tname\nTHING\tA\n", "one of the types"),
        ("type\tname\twikidata_id\nORG\tA\t42\n", "no Wikidata item"),
        ("type\tname\tgender\nPERSON\tA B\tx\n", "gender"),
        ("type\tname\nORG\tA\tmore\tcells\n", "cells under"),
        ("type\tname\nORG\tA\nORG\tA\n", "stands twice"),
    ],
)
def test_a_bad_row_is_refused_with_file_and_line(tmp_path, monkeypatch, text: str, reason: str) -> None:  # type: ignore[no-untyped-def]
    own = tmp_path / "own.tsv"
    own.write_text(text, "utf-8")
    monkeypatch.setenv(gazetteer.USER_FILES, str(own))
    with pytest.raises(ValueError, match=rf"own\.tsv: line \d+: .*{re.escape(reason)}"):
        knowledge.entries()


def test_a_table_that_is_no_text_is_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    own = tmp_path / "own.tsv"
    own.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match="not a readable UTF-8 table"):
        list(tables.rows(own))


@pytest.mark.parametrize(
    ("host", "entry_id"),
    [("www.reuters.com", "media/reuters"), ("edition.cnn.com", "media/cnn"), ("example.org", None), ("com", None)],
)
def test_an_outlet_is_found_by_its_host(host: str, entry_id: str | None) -> None:
    found = knowledge.publisher(host)
    assert (found.id if found else None) == entry_id
