"""Sources: the publishers of the articles, with their rights from `sources.csv`."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from pipeline import identity
from pipeline.configuration import ConfigurationError
from pipeline.link.parts import Parts
from schemas import Sources
from schemas.sources import RIGHTS

#: Columns that a `sources.csv` may have, beside `name`.
COLUMNS = (
    "homepage", "country", "rights", "licence", "rights_evidence", "rights_checked_on", "tdm_reserved", "attribution",
)  # fmt: skip


def read(path: Path) -> dict[str, dict[str, Any]]:
    """The rows of a `sources.csv`, by source id.

    Raises:
        ConfigurationError: the file is not a CSV with a `name` column, or a value is not allowed.
    """
    found: dict[str, dict[str, Any]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            unknown = set(reader.fieldnames or ()) - {"name", *COLUMNS}
            if "name" not in (reader.fieldnames or ()) or unknown:
                columns = ", ".join(("name", *COLUMNS))
                raise ConfigurationError(f"{path}: columns must be among {columns}")
            for number, line in enumerate(reader, 2):
                row = _row(line, f"{path}, line {number}")
                found[row["source_id"]] = row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigurationError(f"{path}: cannot be read: {error}") from error
    return found


def known(raw: Sequence[str], named: str | None) -> dict[str, dict[str, Any]]:
    """The rights of sources: of the file that the settings name, else of every `sources.csv` beside the raw files.

    Raises:
        ConfigurationError: such a file cannot be read, or a value in it is not allowed.
    """
    if named:
        return read(Path(named))
    found: dict[str, dict[str, Any]] = {}
    for given in raw:
        path = Path(given)
        beside = (path if path.is_dir() else path.parent) / "sources.csv"
        if beside.is_file():
            found |= read(beside)
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
