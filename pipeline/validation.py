"""Validation: rows that hold every check go on, the others become rows of `rejects`."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pandera.polars as pa
import polars as pl

from schemas import Rejects, Table

#: A failing value is shown up to this many characters.
SHOWN = 120


def split(model: type[Table], frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Check every row of an eager frame against its table's model.

    Returns:
        The rows that pass, and one row of `rejects` for each row that does not: with the first check
        that failed, and the others in its reason.

    Raises:
        pandera.errors.SchemaErrors: the frame lacks a column or has one too many, which no row can help.
    """
    try:
        model.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases
        if cases["index"].null_count():
            raise
        failures: dict[int, list[tuple[str | None, str]]] = defaultdict(list)
        columns = set(frame.columns)
        for case in cases.sort("index", maintain_order=True).iter_rows(named=True):
            column = case["column"] if case["schema_context"] == "Column" and case["column"] in columns else None
            failures[case["index"]].append((column, check_name(case["check"])))
        return _apart(model, frame, failures)
    return frame, Rejects.frame([])


def check_name(check: str) -> str:
    """A check's name as people read it: pandera's, without its arguments."""
    name = check.split("(", maxsplit=1)[0]
    return {"field_uniqueness": "unique", "not_nullable": "not_null"}.get(name, name)


def reject(
    model: type[Table], frame: pl.DataFrame, failing: pl.Series, check: str, reason: str, column: str | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Take the rows out for which the Boolean series `failing` is true (null counts as passing)."""
    indices = failing.fill_null(False).arg_true().to_list()
    if not indices:
        return frame, Rejects.frame([])
    return _apart(model, frame, {index: [(column, check)] for index in indices}, reason)


def _apart(
    model: type[Table],
    frame: pl.DataFrame,
    failures: dict[int, list[tuple[str | None, str]]],
    reason: str | None = None,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    rejects = []
    for index in sorted(failures):
        row = frame.row(index, named=True)
        (column, check), *others = dict.fromkeys(failures[index])
        also = "".join(f"; also {name}" + (f" on {other}" if other else "") for other, name in others)
        rejects.append(
            {
                "table": model.table_name(),
                "row_id": row[model.key()],
                "column": column,
                "check": check,
                "value": _shown(row[column]) if column else None,
                "reason": (reason or f"the row fails the check {check}" + (f" on {column}" if column else "")) + also,
                "article_id": row.get("article_id"),
                "raw_name": row.get("raw_name"),
            }
        )
    good = frame.with_row_index("__row").filter(~pl.col("__row").is_in(sorted(failures))).drop("__row")
    return good, Rejects.frame(rejects)


def _shown(value: Any) -> str | None:
    if value is None:
        return None
    text = str(value)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
