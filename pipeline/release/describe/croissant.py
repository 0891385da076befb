"""`croissant.json`: the release for machine learning tools (Croissant 1.0).

The format: https://docs.mlcommons.org/croissant/docs/croissant-spec.html
"""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa

from pipeline.release.describe.citation import citation
from pipeline.release.describe.dictionary import Column, columns
from pipeline.release.describe.facts import DESCRIPTION, LICENCE_URL, TITLE, Facts
from schemas import TABLES

#: The context of Croissant 1.0.
CONTEXT: dict[str, Any] = {
    "@language": "en", "@vocab": "https://schema.org/", "citeAs": "cr:citeAs", "column": "cr:column",
    "conformsTo": "dct:conformsTo", "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"}, "dataBiases": "cr:dataBiases", "dataCollection": "cr:dataCollection",
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"}, "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"}, "extract": "cr:extract", "field": "cr:field",
    "fileObject": "cr:fileObject", "fileProperty": "cr:fileProperty", "fileSet": "cr:fileSet", "format": "cr:format",
    "includes": "cr:includes", "isLiveDataset": "cr:isLiveDataset", "jsonPath": "cr:jsonPath", "key": "cr:key",
    "md5": "cr:md5", "parentField": "cr:parentField", "path": "cr:path",
    "personalSensitiveInformation": "cr:personalSensitiveInformation", "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet", "references": "cr:references", "regex": "cr:regex", "repeated": "cr:repeated",
    "replace": "cr:replace", "samplingRate": "cr:samplingRate", "sc": "https://schema.org/",
    "separator": "cr:separator", "source": "cr:source", "subField": "cr:subField", "transform": "cr:transform",
}  # fmt: skip


def croissant(manifest: dict[str, Any], facts: Facts) -> str:
    """The text of `croissant.json`: a record set for every table, from its file or from the set of its files."""
    distribution, sets = [], []
    for table in TABLES:
        files = manifest["tables"][table]["files"]
        if len(files) == 1:
            distribution.append(file_object(table, files[0]))
            sets.append(record_set(table, {"fileObject": {"@id": files[0]["path"]}}))
        else:
            distribution.append(file_set(table))
            sets.append(record_set(table, {"fileSet": {"@id": f"{table}/"}}))
    found = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "name": "onrecord",
        "alternateName": TITLE,
        "description": DESCRIPTION,
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "license": LICENCE_URL,
        "version": semantic(manifest["version"]),
        "datePublished": facts.date,
        "citeAs": citation(manifest["version"]),
        "url": "README.md",
        "creator": {"@type": "Organization", "name": "The onrecord maintainers"},
        "isLiveDataset": False,
        "personalSensitiveInformation": "Names of people in the news and what they are reported to have said.",
        "distribution": distribution,
        "recordSet": sets,
    }
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def file_object(table: str, file: dict[str, Any]) -> dict[str, Any]:
    """The file of a table."""
    return {
        "@type": "cr:FileObject",
        "@id": file["path"],
        "name": file["path"],
        "description": f"Rows of {table}.",
        "contentSize": f"{file['bytes']} B",
        "contentUrl": file["path"],
        "encodingFormat": "application/x-parquet",
        "sha256": file["sha256"],
    }


def file_set(table: str) -> dict[str, Any]:
    """The files of a table, however many; `manifest.json` lists each with its size and hash."""
    return {
        "@type": "cr:FileSet",
        "@id": f"{table}/",
        "name": f"{table}/",
        "description": f"Rows of {table}.",
        "encodingFormat": "application/x-parquet",
        "includes": f"{table}/*.parquet",
    }


def semantic(version: str) -> str:
    """A release's version in three numbers, as the format wants it: a day's later release counts in the last one."""
    year, month, day, *number = (int(part) for part in version.split("."))
    return f"{year}.{month}.{day}" + (f"-{number[0]}" if number else "")


def record_set(table: str, source: dict[str, Any]) -> dict[str, Any]:
    """The rows of a table."""
    model = TABLES[table]
    found: dict[str, Any] = {
        "@type": "cr:RecordSet",
        "@id": table,
        "name": table,
        "description": model.summary(),
        "field": [field(column, table, source) for column in columns(table)],
    }
    if not model.to_schema().columns[model.key()].nullable:
        found["key"] = {"@id": f"{table}/{model.key()}"}
    return found


def field(column: Column, name: str, files: dict[str, Any]) -> dict[str, Any]:
    """A column of a table, which stands in its files."""
    source = {**files, "extract": {"column": column.name}}
    found: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{name}/{column.name}",
        "name": column.name,
        "description": column.description + (f" Unit: {column.unit}." if column.unit else ""),
    }
    listed = pa.types.is_list(column.type)
    if listed:
        found["repeated"] = True
    if listed and pa.types.is_struct(column.type.value_type):
        found["subField"] = [
            {
                "@type": "cr:Field",
                "@id": f"{name}/{column.name}/{inner.name}",
                "name": inner.name,
                "dataType": data_type(inner.type),
                "source": {**source, "transform": {"jsonPath": inner.name}},
            }
            for inner in column.type.value_type
        ]
    else:
        found["dataType"] = data_type(column.type)
        found["source"] = source
    return found


def data_type(type_: pa.DataType) -> str:
    """The schema.org type of an Arrow type."""
    if pa.types.is_timestamp(type_):
        return "sc:DateTime"
    names = {"int32": "sc:Integer", "int64": "sc:Integer", "double": "sc:Float", "bool": "sc:Boolean",
             "date32[day]": "sc:Date"}  # fmt: skip
    return names.get(str(type_), "sc:Text")
