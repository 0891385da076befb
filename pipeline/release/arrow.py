"""Arrow: each table's schema for Parquet, derived from its model, with titles and descriptions."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import polars as pl
import pyarrow as pa

from schemas import SCHEMA_VERSION, TABLES


@lru_cache(maxsize=16)
def arrow_schema(table: str) -> pa.Schema:
    """The Arrow schema of a table: types, nullability, and a comment on every field."""
    model = TABLES[table]
    fields = []
    for name, column in model.to_schema().columns.items():
        metadata = {"title": column.title, "comment": column.description}
        if column.metadata.get("unit"):
            metadata["unit"] = column.metadata["unit"]
        fields.append(pa.field(name, arrow_type(column.dtype.type), nullable=column.nullable, metadata=metadata))
    return pa.schema(fields, metadata={"table": table, "schema_version": SCHEMA_VERSION})


def arrow_type(type_: Any) -> pa.DataType:
    """The Arrow type of a polars type, with plain strings and lists, which every reader knows."""
    if isinstance(type_, pl.List):
        return pa.list_(pa.field("element", arrow_type(type_.inner)))
    if isinstance(type_, pl.Struct):
        return pa.struct([pa.field(field.name, arrow_type(field.dtype)) for field in type_.fields])
    if isinstance(type_, pl.Datetime):
        return pa.timestamp("us", tz="UTC")
    simple: dict[Any, pa.DataType] = {
        pl.String: pa.string(),
        pl.Int32: pa.int32(),
        pl.Int64: pa.int64(),
        pl.Float64: pa.float64(),
        pl.Boolean: pa.bool_(),
        pl.Date: pa.date32(),
    }
    for known, found in simple.items():
        if type_ == known:
            return found
    raise TypeError(f"no Arrow type for {type_}")
