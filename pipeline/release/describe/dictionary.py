"""Dictionary: tables and columns as the schemas describe them, in plain values that every format is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from pipeline.release.arrow import arrow_schema
from schemas import TABLES


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it means, its Arrow type, and what its values may be."""

    name: str
    title: str
    description: str
    type: pa.DataType
    nullable: bool
    unit: str | None
    values: tuple[str, ...] | None
    references: str | None  #: `table.column`
    pattern: str | None  #: regular expression of a text
    least: float | None
    most: float | None
    unique: bool


def columns(table: str) -> list[Column]:
    """The columns of a table, in order."""
    schema = arrow_schema(table)
    found = []
    for name, column in TABLES[table].to_schema().columns.items():
        metadata: dict[str, Any] = column.metadata or {}
        checks = {check.name: check.statistics for check in column.checks}
        found.append(
            Column(
                name,
                str(column.title),
                str(column.description),
                schema.field(name).type,
                bool(column.nullable),
                metadata.get("unit"),
                metadata.get("values"),
                metadata.get("references"),
                _pattern(checks),
                _bound(checks, "greater_than_or_equal_to", "min_value"),
                _bound(checks, "less_than_or_equal_to", "max_value"),
                bool(column.unique),
            )
        )
    return found


def _pattern(checks: dict[str, Any]) -> str | None:
    found = checks.get("str_matches", {}).get("pattern")
    return None if found is None else str(getattr(found, "pattern", found))


def _bound(checks: dict[str, Any], check: str, name: str) -> float | None:
    found: float | None = checks.get(check, {}).get(name)
    return found


def type_name(type_: pa.DataType) -> str:
    """A type in words: text, whole number, list of {start: whole number, end: whole number}, ..."""
    if pa.types.is_list(type_):
        return f"list of {type_name(type_.value_type)}"
    if pa.types.is_struct(type_):
        return "{" + ", ".join(f"{field.name}: {type_name(field.type)}" for field in type_) + "}"
    if pa.types.is_timestamp(type_):
        return "time stamp"
    names = {"string": "text", "int32": "whole number", "int64": "whole number", "double": "number",
             "bool": "true or false", "date32[day]": "date"}  # fmt: skip
    return names[str(type_)]
