"""Passed rows: a mark of every row that held all checks in the run before, so that only new rows are checked again.

A mark is a hash of the row, with every column, and of the text of its article; the marks of one build stand in one
file of the store, beside past work. What made them (package, libraries, settings) stands in it too: another version
of the program checks every row anew. Lost or damaged, it costs a whole check and nothing else.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from pathlib import Path

import polars as pl

#: The file's name in the store.
FILE = "passed.parquet"
_SCHEMA = {"table": pl.String, "mark": pl.UInt64}


class Passed:
    """The marks of the rows that passed before, by table, and of those that pass now.

    Args:
        file: where the marks of the run before stand, if anywhere.
        made_by: a hash of the program and its settings; marks that another one made count for nothing.
        fresh: begin without marks.
    """

    def __init__(self, file: Path, made_by: str = "", *, fresh: bool = False) -> None:
        self._file = file
        self._made_by = made_by
        self._before = {} if fresh else _read(file, made_by)
        self._now: dict[str, list[pl.Series]] = defaultdict(list)

    def holds(self, table: str, marks: pl.Series) -> pl.Series:
        """For each mark whether a row of it passed before."""
        before = self._before.get(table)
        if before is None or marks.is_empty():
            return pl.Series([False] * len(marks), dtype=pl.Boolean)
        places = before.search_sorted(marks).clip(0, len(before) - 1)
        return (before.gather(places) == marks).fill_null(value=False)

    def add(self, table: str, marks: pl.Series) -> None:
        """Note rows that pass now."""
        self._now[table].append(marks)

    def write(self) -> None:
        """Put the marks of this run in the place of those of the run before, whole or not at all."""
        frames = [
            pl.DataFrame({"mark": pl.concat(marks).unique().sort()}).select(pl.lit(table).alias("table"), "mark")
            for table, marks in sorted(self._now.items())
        ]
        beside = self._file.with_name(f".{self._file.name}.{os.getpid()}")
        pl.concat([pl.DataFrame(schema=_SCHEMA), *frames]).write_parquet(beside, metadata={"made_by": self._made_by})
        beside.replace(self._file)


def marks(rows: pl.DataFrame, texts: dict[str, str] | None = None) -> pl.Series:
    """The mark of each row.

    Args:
        rows: the rows, with all their columns.
        texts: by article, the text that the rows are held against; None where they are held against none.
    """
    written: list[str] = []
    if rows.height:
        written = rows.select(pl.struct(pl.all()).struct.json_encode()).to_series().to_list()
    articles = rows["article_id"] if texts is not None else [""] * rows.height
    digests = {"": b""} if texts is None else {article: _digest(text) for article, text in texts.items()}
    return pl.Series(
        [
            int.from_bytes(hashlib.blake2b(row.encode(), digest_size=8, key=digests.get(article, b"")).digest(), "big")
            for row, article in zip(written, articles, strict=True)
        ],
        dtype=pl.UInt64,
    )


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode(errors="surrogatepass")).digest()


def _read(file: Path, made_by: str) -> dict[str, pl.Series]:
    try:
        if pl.read_parquet_metadata(file).get("made_by") != made_by:
            return {}
        found = pl.read_parquet(file, schema=_SCHEMA)
    except (OSError, pl.exceptions.PolarsError):
        return {}
    return {str(table): frame["mark"].sort() for (table,), frame in found.group_by("table") if frame.height}
