"""Sources: the publishers of the articles, with their rights from `sources.csv`."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from pipeline import identity
from pipeline.configuration import ConfigurationError
from pipeline.ingest.refusal import Refused
from pipeline.ingest.rights import open_rights, read_rights, rights_files
from pipeline.link.parts import Parts
from schemas import Sources
from schemas.sources import RIGHTS

#: Columns that a `sources.csv` may have, beside `name`.
COLUMNS = (
    "homepage", "country", "rights", "licence", "rights_evidence", "rights_checked_on", "tdm_reserved", "attribution",
)  # fmt: skip


def known(raw: Sequence[str], named: str | None) -> dict[str, dict[str, Any]]:
    """The rights of sources, by source id: of the file that the settings name by path or URL, else of every
    `sources.csv` beside the raw files.

    Raises:
        ConfigurationError: such a file cannot be read, or a value in it is not allowed.
    """
    found: dict[str, dict[str, Any]] = {}
    where = named or "sources.csv"
    try:
        if named:
            with open_rights(named) as file:
                return read(read_rights(file), named)
        for where, content in rights_files(raw):
            found |= read(content, where)
    except (OSError, Refused) as error:
        raise ConfigurationError(f"{where}: cannot be read: {error}") from error
    except ValueError as error:
        raise ConfigurationError(str(error)) from error
    return found


def read(content: bytes, name: str) -> dict[str, dict[str, Any]]:
    """The rows of a `sources.csv`, by source id; `name` is told where something is wrong.

    Raises:
        ConfigurationError: it is not a CSV in UTF-8 with a `name` column, or a value is not allowed.
    """
    found: dict[str, dict[str, Any]] = {}
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        unknown = set(reader.fieldnames or ()) - {"name", *COLUMNS}
        if "name" not in (reader.fieldnames or ()) or unknown:
            raise ConfigurationError(f"{name}: columns must be among {', '.join(('name', *COLUMNS))}")
        for number, line in enumerate(reader, 2):
            row = _row(line, f"{name}, line {number}")
            found[row["source_id"]] = row
    except (UnicodeDecodeError, csv.Error) as error:
        raise ConfigurationError(f"{name}: cannot be read: {error}") from error
    return found


def _row(line: dict[str, str | None], where: str) -> dict[str, Any]:
    value = {name: (line.get(name) or "").strip() or None for name in ("name", *COLUMNS)}
    if value["name"] is None:
        raise ConfigurationError(f"{where}: a source needs a name")
    if (value["rights"] or "unknown") not in RIGHTS:
        raise ConfigurationError(f"{where}: rights must be one of {', '.join(RIGHTS)}")
    try:
        checked = date.fromisoformat(value["rights_checked_on"]) if value["rights_checked_on"] else None
    except ValueError as error:
        raise ConfigurationError(f"{where}: rights_checked_on must be a date such as 2026-01-31") from error
    if (value["tdm_reserved"] or "false").lower() not in {"true", "false", "1", "0", "yes", "no"}:
        raise ConfigurationError(f"{where}: tdm_reserved must be true or false")
    return {
        "source_id": identity.source(value["name"]),
        **value,
        "rights": value["rights"] or "unknown",
        "rights_checked_on": checked,
        "tdm_reserved": (value["tdm_reserved"] or "false").lower() in {"true", "1", "yes"},
    }


def find(parts: Parts, known: dict[str, dict[str, Any]]) -> pl.DataFrame:
    """The rows of `sources`: every publisher of a current article.

    A publisher that is not in `known` has the rights that its articles' sidecars agree on, else
    `unknown`. Where any of its articles reserves text and data mining, the source does.
    """
    with parts.connect() as connection:
        seen = connection.execute(
            """select source_id, min(publisher), count(distinct coalesce(rights, 'unknown')),
                min(rights), min(licence), bool_or(coalesce(tdm_reserved, false))
            from articles join origins using (record) where source_id is not null group by 1 order by 1"""
        ).fetchall()
    rows = []
    for source_id, name, kinds, rights, licence, reserved in seen:
        row = dict(
            known.get(source_id) or {"source_id": source_id, "name": name, "rights": "unknown", "tdm_reserved": False}
        )
        if source_id not in known and kinds == 1 and rights in RIGHTS:
            row |= {"rights": rights, "licence": licence, "rights_evidence": "metadata beside the raw files"}
        row["tdm_reserved"] = bool(row["tdm_reserved"] or reserved)
        rows.append(row)
    return Sources.frame(rows)
