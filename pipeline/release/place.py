"""Place: one row of a release with where it stands: its article, the paragraph around it, and the raw bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.link.parts import quoted
from pipeline.release.layout import ReleaseError
from schemas import TABLES

if TYPE_CHECKING:
    import duckdb

#: The table of a row by the first letter of its id.
KINDS = {model.key()[0]: name for name, model in TABLES.items() if name != "rejects"}
#: Entities whose names are looked up: columns that name one.
_ENTITIES = (
    "entity_id", "speaker_entity_id", "claimant_entity_id", "subject_entity_id", "object_entity_id", "place_entity_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A row and its surroundings."""

    table: str
    row: dict[str, Any]
    article: dict[str, Any] | None
    paragraph: tuple[int, int] | None  #: the characters around the row: those of the blocks that it touches
    raw: tuple[int, int] | None  #: bytes of the raw file
    names: dict[str, str]  #: entity id -> canonical name, of the entities that the row names


def find(connection: duckdb.DuckDBPyConnection, name: str) -> Place:
    """The row of an id.

    Raises:
        ReleaseError: no table has a row of this id.
    """
    table = KINDS.get(name[:1]) if name[1:2] == "_" else None
    if table is None:
        kinds = ", ".join(f"{letter}_... ({found})" for letter, found in sorted(KINDS.items()))
        raise ReleaseError(f"{name!r} is no id of a row: ids look like {kinds}")
    row = _first(connection, f"select * from {table} where {TABLES[table].key()} = {quoted(name)}")
    if row is None:
        raise ReleaseError(f"there is no {name} in {table} of this release")
    article = row if table == "articles" else None
    if article is None and row.get("article_id"):
        article = _first(connection, f"select * from articles where article_id = {quoted(row['article_id'])}")
    paragraph = raw = None
    if article is not None and row.get("start") is not None:
        paragraph = around(article["blocks"], row["start"], row["end"])
        raw = raw_bytes(article["offsets"], row["start"], row["end"])
    ids = sorted({row[column] for column in _ENTITIES if row.get(column)} | set(row.get("entity_ids") or ()))
    listed = ", ".join(map(quoted, ids)) or "null"
    names = dict(
        connection.execute(f"select entity_id, canonical_name from entities where entity_id in ({listed})").fetchall()
    )
    return Place(table, row, article, paragraph, raw, names)


def _first(connection: duckdb.DuckDBPyConnection, query: str) -> dict[str, Any] | None:
    rows = connection.sql(query).pl().to_dicts()
    return rows[0] if rows else None


def around(blocks: list[dict[str, Any]], start: int, end: int) -> tuple[int, int]:
    """The characters of the blocks that a span touches; the span itself where it touches none."""
    touched = [block for block in blocks if block["start"] < end and start < block["end"]]
    return (
        min([start, *(block["start"] for block in touched)]),
        max([end, *(block["end"] for block in touched)]),
    )


def raw_bytes(offsets: list[dict[str, int]], start: int, end: int) -> tuple[int, int] | None:
    """The raw bytes that a span comes from; to the byte where characters are bytes, else to the run."""
    first: int | None = None
    last = 0
    for run in offsets:
        if run["end"] <= start or end <= run["start"] or run["raw_start"] == run["raw_end"]:
            continue
        exact = run["end"] - run["start"] == run["raw_end"] - run["raw_start"]
        begin = run["raw_start"] + max(0, start - run["start"]) if exact else run["raw_start"]
        stop = run["raw_end"] - max(0, run["end"] - end) if exact else run["raw_end"]
        first, last = (begin if first is None else min(first, begin)), max(last, stop)
    return None if first is None else (first, last)
