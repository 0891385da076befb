"""`datapackage.json`: the release as a Data Package (https://specs.frictionlessdata.io/, version 1)."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa

from pipeline.release.describe.dictionary import Column, columns
from pipeline.release.describe.facts import DESCRIPTION, LICENCE_NAME, LICENCE_TITLE, LICENCE_URL, TITLE, Facts
from schemas import TABLES


def datapackage(manifest: dict[str, Any], facts: Facts) -> str:
    """The text of `datapackage.json`: a resource for every file, since Parquet files cannot be joined by their bytes.

    A resource's `table` says which table its rows belong to. The schema of a table of several files stands once, in a
    file of its own (`schemas_of`).
    """
    resources = [
        resource(table, file, alone=len(manifest["tables"][table]["files"]) == 1)
        for table in TABLES
        for file in manifest["tables"][table]["files"]
    ]
    package = {
        "profile": "data-package",
        "name": "onrecord",
        "title": TITLE,
        "description": DESCRIPTION,
        "version": manifest["version"],
        "created": f"{facts.date}T00:00:00Z",
        "licenses": [{"name": LICENCE_NAME, "title": LICENCE_TITLE, "path": LICENCE_URL}],
        "sources": [
            {"title": source.name, **({"path": source.homepage} if is_address(source.homepage) else {})}
            for source in facts.sources
        ],
        "schema_version": manifest["schema_version"],
        "resources": resources,
    }
    return json.dumps(package, indent=1, ensure_ascii=False) + "\n"


def is_address(text: str | None) -> bool:
    """Whether a text can stand where a web address must."""
    return bool(text) and str(text).startswith(("https://", "http://")) and not set(str(text)) & set(' "<>\n')


def resource(table: str, file: dict[str, Any], *, alone: bool) -> dict[str, Any]:
    """A file of a table. References stand in each field: the format's own cannot point to tables of several files."""
    path = str(file["path"])
    name = table if alone else path.removesuffix(".parquet").replace("/", "-").lower()
    return {
        "name": name,
        "table": table,
        "path": path,
        "profile": "tabular-data-resource",
        "title": table,
        "description": TABLES[table].summary(),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        # Not as `bytes` and `hash`: frictionless counts those of text files alone, and fails Parquet files for it.
        "file_bytes": file["bytes"],
        "file_sha256": file["sha256"],
        "rows": file["rows"],
        "schema": table_schema(table) if alone else schema_file(table),
    }


def schema_file(table: str) -> str:
    """The name of the file with the schema of a table of several files."""
    return f"{table}.schema.json"


def schemas_of(manifest: dict[str, Any]) -> dict[str, str]:
    """The texts of the files with the schemas of the tables of several files, by their names."""
    several = [table for table in TABLES if len(manifest["tables"][table]["files"]) > 1]
    return {
        schema_file(table): json.dumps(table_schema(table), indent=1, ensure_ascii=False) + "\n" for table in several
    }


def table_schema(table: str) -> dict[str, Any]:
    """The Table Schema of a table."""
    model = TABLES[table]
    schema: dict[str, Any] = {"fields": [data_field(column) for column in columns(table)]}
    if not model.to_schema().columns[model.key()].nullable:
        schema["primaryKey"] = [model.key()]
    return schema


def data_field(column: Column) -> dict[str, Any]:
    """A column as a Table Schema field."""
    constraints: dict[str, Any] = {}
    if not column.nullable:
        constraints["required"] = True
    if column.unique:
        constraints["unique"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    if column.pattern:
        constraints["pattern"] = column.pattern.removeprefix("^").removesuffix("$")
    # Only where no number is missing: frictionless gets missing ones as NaN, which is above and below no bound.
    if column.least is not None and not column.nullable:
        constraints["minimum"] = column.least
    if column.most is not None and not column.nullable:
        constraints["maximum"] = column.most
    field: dict[str, Any] = {
        "name": column.name,
        "type": field_type(column.type, nullable=column.nullable),
        "title": column.title,
        "description": column.description,
        "arrow_type": str(column.type),
    }
    if column.unit:
        field["unit"] = column.unit
    if column.references:
        field["references"] = column.references
    if constraints:
        field["constraints"] = constraints
    return field


def field_type(type_: pa.DataType, *, nullable: bool = False) -> str:
    """The Table Schema type of an Arrow type, as frictionless reads it from Parquet: by way of pandas."""
    if pa.types.is_integer(type_) and nullable:
        return "number"  # pandas has no missing whole number
    if pa.types.is_list(type_):
        return "any"  # lists come as NumPy arrays, which the type `array` refuses
    if pa.types.is_timestamp(type_):
        return "datetime"
    names = {"string": "string", "int32": "integer", "int64": "integer", "double": "number", "bool": "boolean",
             "date32[day]": "date"}  # fmt: skip
    return names[str(type_)]
