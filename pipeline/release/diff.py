"""Diff: what changed between any two releases, counted for people and listed for programs."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.release.changes import CHANGES, Counts, compare, differing
from pipeline.release.database import database
from pipeline.release.layout import Dist
from pipeline.release.write import write_rows
from schemas import TABLES


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one release to another."""

    before: str
    after: str
    schema_versions: tuple[str, str]
    tables: dict[str, Counts]
    columns: dict[str, dict[str, int]]  #: table -> column -> changed cells, most first
    examples: dict[str, dict[str, list[str]]]  #: table -> change -> a few ids

    def as_json(self) -> dict[str, Any]:
        """The difference as plain values."""
        return {**asdict(self), "schema_versions": list(self.schema_versions)}


#: Ids shown of each kind of change.
SHOWN = 3


def diff(dist: Dist, before: str, after: str, listed: Path | None = None) -> Difference:
    """Compare two releases; files that they share are not read.

    Args:
        listed: where to write every change as Parquet: `table` and the columns of `changes/`.

    Raises:
        ReleaseError: a release is not there.
    """
    one, other = dist.opened(dist.find(before)), dist.opened(dist.find(after))
    counts: dict[str, Counts] = {}
    columns: dict[str, dict[str, int]] = {}
    examples: dict[str, dict[str, list[str]]] = {}
    with database() as connection:
        for table in TABLES:
            counts[table] = compare(connection, table, *differing(one, other, table))
            columns[table] = dict(
                connection.execute(
                    f"""select "column", count(*) n from "changes_{table}" where change = 'changed'
                    group by 1 order by n desc, 1"""
                ).fetchall()
            )
            examples[table] = dict(
                connection.execute(
                    f"""select change, list(distinct id order by id)[:{SHOWN}] from "changes_{table}"
                    group by 1 order by 1"""
                ).fetchall()
            )
        if listed:
            every = " union all ".join(f'select \'{table}\' as "table", * from "changes_{table}"' for table in TABLES)
            schema = pa.schema([pa.field("table", pa.string(), nullable=False), *CHANGES])
            order = '"table", id, "column"'
            write_rows(connection, f"select * from ({every}) order by {order}", schema, listed, {"dataset": "onrecord"})
    versions = (one.manifest["schema_version"], other.manifest["schema_version"])
    return Difference(one.version, other.version, versions, counts, columns, examples)
