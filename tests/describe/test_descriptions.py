"""Descriptions: other programs accept them and read as many records, and they say what the schemas say."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
import yaml

from pipeline.release import parts
from pipeline.release.layout import Dist, Release
from pipeline.release.views import VIEWS
from schemas import TABLES
from tests.release.made import Size, release, rows

SIZE = Size(mentions=3, quotes=2, claims=2, words=40)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release with a table in parts, a source with an awkward name, and a predecessor."""
    scratch = tmp_path_factory.mktemp("describe")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(parts.LARGEST_SINGLE, "quotes", 10)
        for day, number in enumerate((14, 16), 1):
            found = rows(range(0, number * 40, 40), SIZE)
            found["sources"][0] |= {"name": 'A | "B" <i>*x*</i>\x1b[31m\u202e', "homepage": "javascript:alert(1)"}
            release(scratch / "dist", found, f"2026.01.0{day}", scratch, include_text=False)
    opened = Dist(scratch / "dist").opened("2026.01.02")
    assert len(opened.listed("quotes")) > 1
    return opened


def test_frictionless_accepts_the_data_package_and_reads_every_record(made: Release) -> None:
    from frictionless import Package

    report = Package(str(made.folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "fieldName", "note"])[:5]
    read = {task.name: task.stats.get("rows", 0) for task in report.tasks}
    assert sum(read.values()) == sum(table["rows"] for table in made.manifest["tables"].values())


def test_a_schema_stands_once_however_many_files_a_table_has(made: Release) -> None:
    package = json.loads((made.folder / "datapackage.json").read_text(encoding="utf-8"))
    schemas = [found["schema"] for found in package["resources"] if found["table"] == "quotes"]
    assert len(schemas) > 1
    assert set(schemas) == {"quotes.schema.json"}
    assert [found["@id"] for found in json.loads((made.folder / "croissant.json").read_text())["recordSet"]] == [
        *TABLES
    ]


def test_mlcroissant_loads_every_record(made: Release) -> None:
    import mlcroissant

    dataset = mlcroissant.Dataset(jsonld=str(made.folder / "croissant.json"))
    assert not dataset.metadata.issues.errors
    assert not dataset.metadata.issues.warnings
    read = {found.uuid: sum(1 for _ in dataset.records(found.uuid)) for found in dataset.metadata.record_sets}
    assert read == {table: listed["rows"] for table, listed in made.manifest["tables"].items()}
    article = next(iter(dataset.records("articles")))
    assert article["articles/blocks"][0]["articles/blocks/kind"] == b"paragraph"


def test_views_work_from_another_folder_with_a_comment_on_every_column(
    made: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with duckdb.connect() as connection:
        connection.execute(f"set file_search_path = '{made.folder}'")
        connection.execute((made.folder / "views.sql").read_text(encoding="utf-8"))
        for table in TABLES:
            count = connection.execute(f"select count(*) from {table}").fetchall()[0][0]
            assert count == made.manifest["tables"][table]["rows"]
        listed = ", ".join(f"'{table}'" for table in TABLES)
        bare = connection.execute(
            f"select table_name, column_name from duckdb_columns() where table_name in ({listed}) and comment is null"
        ).fetchall()
        assert bare == []
        for view in VIEWS:
            connection.execute(f"select * from {view.name}").fetchall()
        found = connection.execute("select count(*), count(speaker), count(source) from said").fetchall()[0]
        assert found == (32, 32, 32)
        assert connection.execute("select count(*) from said_again").fetchall()[0][0] == 0


def test_the_card_has_counts_dictionary_rights_changes_and_a_way_to_ask(made: Release) -> None:
    card = (made.folder / "README.md").read_text(encoding="utf-8")
    for table, model in TABLES.items():
        assert f"| `{table}` | {made.manifest['tables'][table]['rows']:,} |" in card
        for column in model.to_schema().columns:
            assert f"| `{column}` |" in card
    assert "## Changes since 2026.01.01" in card
    assert f"| `articles` | {made.manifest['changes']['articles']['added']} |" in card
    assert "## Corrections and removal" in card
    assert 'A \\| "B" \\<i\\>\\*x\\*\\</i\\>' in card, "names of sources cannot break out of their cell"
    front = yaml.safe_load(card.split("---")[1])
    assert [config["config_name"] for config in front["configs"]] == list(TABLES)


def test_the_citation_names_the_version(made: Release) -> None:
    found = yaml.safe_load((made.folder / "CITATION.cff").read_text(encoding="utf-8"))
    assert (found["cff-version"], found["type"], found["version"]) == ("1.2.0", "dataset", "2026.01.02")
    assert str(found["date-released"]) == "2026-01-02"


def test_the_data_package_takes_no_address_that_is_none(made: Release) -> None:
    package = json.loads((made.folder / "datapackage.json").read_text(encoding="utf-8"))
    assert not [source for source in package["sources"] if "javascript" in source.get("path", "")]
