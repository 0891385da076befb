"""Schemas: every example passes, every counterexample fails with the named check, every field is described."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipeline.release.arrow import arrow_schema
from pipeline.validation import reject, split
from schemas import TABLES, Quotes

HERE = Path(__file__).parent
EXAMPLES = sorted((HERE / "examples").glob("*/*.json"))
COUNTEREXAMPLES = sorted((HERE / "counterexamples").glob("*/*.json"))


def frame(table: str, *rows: dict[str, Any]) -> pl.DataFrame:
    """Rows of JSON as a frame of the table's types."""
    schema = TABLES[table].polars_schema()
    moments = [name for name, kind in schema.items() if kind in (pl.Datetime("us", "UTC"), pl.Date)]
    columns = {name: pl.String if name in moments else kind for name, kind in schema.items()}
    found = pl.DataFrame(list(rows), schema=columns, orient="row")
    return found.with_columns(
        pl.col(name).str.to_date()
        if schema[name] == pl.Date
        else pl.col(name).str.to_datetime(time_zone="UTC", time_unit="us")
        for name in moments
    )


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_example_passes(path: Path) -> None:
    rows = frame(path.parent.name, json.loads(path.read_text()))
    good, rejects = split(TABLES[path.parent.name], rows)
    assert good.equals(rows)
    assert rejects.is_empty()


@pytest.mark.parametrize("path", COUNTEREXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_counterexample_fails_with_the_named_check(path: Path) -> None:
    table = path.parent.name
    counter = json.loads(path.read_text())
    example = json.loads((HERE / "examples" / table / f"{counter['example']}.json").read_text())
    sound = frame(table, example)
    key = TABLES[table].key()
    other = {"quotes": "q_", "claims": "c_", "mentions": "m_", "entities": "e_", "articles": "a_", "sources": "s_"}.get(
        table
    )
    good, rejects = split(TABLES[table], frame(table, {**example, **counter["change"]}))
    assert good.is_empty()
    assert rejects.height == 1
    assert counter["check"] in rejects["check"][0] + rejects["reason"][0]
    if counter["column"]:
        assert counter["column"] in (rejects["column"][0] or "") + rejects["reason"][0]
    names_itself = key in counter["change"] or counter["change"].get("merged_into") == example.get(key)
    if other and not names_itself:  # a bad row does not take a good neighbour along
        neighbour = {**example, **counter["change"], key: f"{other}{'z' * 16}"}
        good, rejects = split(TABLES[table], frame(table, example, neighbour))
        assert good.equals(sound)
        assert rejects.height == 1


def test_every_table_has_examples_and_counterexamples() -> None:
    assert {path.parent.name for path in EXAMPLES} == set(TABLES)
    assert {path.parent.name for path in COUNTEREXAMPLES} == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_every_field_is_described_and_typed(table: str) -> None:
    model = TABLES[table]
    assert model.summary()
    for name, column in model.to_schema().columns.items():
        assert column.title, name
        assert column.description, name
        assert column.description.endswith("."), name
        comment = arrow_schema(table).field(name).metadata[b"comment"].decode()
        assert comment == column.description
    assert model.key() in model.to_schema().columns
    assert set(model.order()) <= set(model.to_schema().columns)


def test_duplicate_ids_are_rejected_all_of_them() -> None:
    example = json.loads((HERE / "examples" / "quotes" / "unnamed.json").read_text())
    good, rejects = split(Quotes, frame("quotes", example, example))
    assert good.is_empty()
    assert rejects["check"].to_list() == ["unique", "unique"]


def test_rows_and_rejects_add_up() -> None:
    example = json.loads((HERE / "examples" / "quotes" / "unnamed.json").read_text())
    ends = zip("abcdef", (9, 5, 9, 2, 9, 8), strict=True)
    changes = (
        {"quote_id": f"q_{letter * 16}", "end": end, "spans": [{"start": 5, "end": end}]} for letter, end in ends
    )
    rows = frame("quotes", *({**example, **change} for change in changes))
    good, rejects = split(Quotes, rows)
    assert good.height + rejects.height == rows.height
    assert set(rejects["row_id"]) == {"q_" + "b" * 16, "q_" + "d" * 16}
    left, taken = reject(Quotes, good, good["end"] == 8, "end_is_eight", "ends at eight", "end")
    assert left.height + taken.height == good.height
    assert taken["reason"].to_list() == ["ends at eight"]
    assert taken["value"].to_list() == ["8"]
