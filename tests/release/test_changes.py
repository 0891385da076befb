"""Changes: the previous rows and the changes are this release's rows, for every table, whatever is in it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.release.changes import applied, write_changes_of
from pipeline.release.database import database
from pipeline.release.diff import diff
from pipeline.release.layout import Dist, Release
from pipeline.release.write import columns_of, content_hash
from schemas import TABLES
from tests.release.made import release, rows

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)


def values(type_: Any, *, null: bool = True) -> st.SearchStrategy[Any]:
    """Values of a column's type, the awkward ones too."""
    if isinstance(type_, pl.List):
        found = st.lists(values(type_.inner), max_size=3)
    elif isinstance(type_, pl.Struct):
        found = st.fixed_dictionaries({field.name: values(field.dtype) for field in type_.fields})
    elif isinstance(type_, pl.Datetime):
        found = st.datetimes(datetime(1000, 1, 1), datetime(2999, 1, 1), timezones=st.just(UTC))
    else:
        simple: dict[Any, st.SearchStrategy[Any]] = {
            pl.String: WORDS | st.sampled_from(["null", '"', "{}", "1", "a\nb", "é", "\U0001f600"]),
            pl.Int32: st.integers(-(2**31), 2**31 - 1),
            pl.Int64: st.integers(-(2**63), 2**63 - 1),
            pl.Float64: st.floats(allow_nan=False, allow_infinity=False),
            pl.Boolean: st.booleans(),
            pl.Date: st.dates(date(1000, 1, 1), date(2999, 1, 1)),
        }
        found = next(strategy for known, strategy in simple.items() if type_ == known)
    return st.none() | found if null else found


@st.composite
def states(draw: st.DrawFn, table: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A table before and after: rows that stay, go, come, and change in a few cells."""
    columns = TABLES[table].to_schema().columns
    key = TABLES[table].key()
    schema = {name: values(column.dtype.type, null=column.nullable) for name, column in columns.items()}
    row = st.fixed_dictionaries(schema)
    before: list[dict[str, Any]] = []
    after: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 4))):
        old = draw(row)
        if table != "rejects":
            old[key] = f"id{number}"
        new = dict(old)
        for name in draw(st.lists(st.sampled_from(sorted(set(schema) - {key})), max_size=2)):
            new[name] = draw(schema[name])
        kind = draw(st.sampled_from(["stays", "changes", "goes", "comes"]))
        before += [] if kind == "comes" else [old]
        after += [] if kind == "goes" else [old if kind == "stays" else new]
    if table == "rejects" and before:  # rows of a table without a key may be there twice
        before += [before[0]] * draw(st.integers(0, 2))
        after += [before[0]] * draw(st.integers(0, 2))
    return TABLES[table].frame(before), TABLES[table].frame(after)


@pytest.mark.parametrize("table", TABLES)
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(data=st.data())
def test_previous_and_changes_are_this(
    table: str, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    before, after = data.draw(states(table))
    folder = tmp_path_factory.mktemp("release")
    with database() as connection:
        connection.register("before_frame", before.to_arrow())
        connection.register("after_frame", after.to_arrow())
        one, other = "select * from before_frame", "select * from after_frame"
        entry = write_changes_of(connection, table, one, other, folder, "2026.01.02")
        found = applied(table, one, Release(folder, {"changes": {table: entry}}))
        columns = columns_of(table)
        got, want = f"select {columns} from ({found})", f"select {columns} from ({other})"
        either = f"(({got}) except all ({want})) union all (({want}) except all ({got}))"
        assert connection.execute(either).fetchall() == []
        assert content_hash(connection, table, got) == content_hash(connection, table, want)
        assert after.height == before.height + entry["added"] - entry["removed"]
        if before.equals(after):
            assert entry["added"] == entry["changed"] == entry["removed"] == 0


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two releases: articles come, one goes, a title and a confidence change."""
    tmp_path = tmp_path_factory.mktemp("two")
    made = rows(range(10))
    release(tmp_path / "dist", made, "2026.01.01", tmp_path / "scratch")
    made = rows(range(2, 14))
    made["articles"][0]["title"] = "another title"
    made["mentions"][0]["confidence"] = 0.125
    release(tmp_path / "dist", made, "2026.01.02", tmp_path / "scratch")
    return tmp_path / "dist"


def test_changes_name_rows_and_cells(two: Path) -> None:
    folder = two / "2026.01.02"
    articles = pl.read_parquet(folder / "changes" / "articles.parquet")
    kinds = dict(articles.group_by("change").len().iter_rows())
    assert kinds == {"added": 4, "removed": 2, "changed": 1}
    cell = articles.row(by_predicate=pl.col("change") == "changed", named=True)
    assert (cell["column"], cell["after"]) == ("title", '"another title"')
    assert cell["before"].startswith('"')
    mention = pl.read_parquet(folder / "changes" / "mentions.parquet").filter(pl.col("change") == "changed")
    assert mention.select("column", "after").rows() == [("confidence", "0.125")]


def test_the_first_release_has_empty_changes(two: Path) -> None:
    changes = Dist(two).manifest("2026.01.01")["changes"]
    assert set(changes) == set(TABLES)
    assert all(entry["added"] == entry["changed"] == entry["removed"] == 0 for entry in changes.values())


def test_diff_of_any_two_releases(two: Path, tmp_path: Path) -> None:
    found = diff(Dist(two), "2026.01.01", "2026.01.02", tmp_path / "all.parquet")
    assert (found.tables["articles"].added, found.tables["articles"].removed) == (4, 2)
    assert found.columns["articles"] == {"title": 1}
    listed = pl.read_parquet(tmp_path / "all.parquet")
    assert listed.filter(table="articles", change="added").height == 4
    back = diff(Dist(two), "2026.01.02", "2026.01.01")
    assert (back.tables["articles"].added, back.tables["articles"].removed) == (2, 4)
    same = diff(Dist(two), "2026.01.01", "2026.01.01")
    assert not any(counts.added or counts.changed or counts.removed for counts in same.tables.values())
