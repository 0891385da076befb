"""Results: rows for people, in a table that is safe for a terminal, and for programs, as CSV, JSON or Parquet."""

from __future__ import annotations

import json
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from pipeline.errors import OnrecordError

if TYPE_CHECKING:
    import polars as pl

FORMATS = ("table", "csv", "json", "parquet")
#: Rows that a table shows.
SHOWN_ROWS = 100
#: Characters of a table's cell.
SHOWN_CHARACTERS = 200


def printable(text: str) -> str:
    """A text without anything that moves a terminal's cursor or turns the direction of writing: escaped instead."""
    line = text.replace("\n", " ⏎ ").replace("\t", " ")
    return "".join(
        character.encode("unicode_escape").decode("ascii")
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        else character
        for character in line
    )


def cell(value: Any) -> str:
    """A value as a table shows it."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else plain(value)
    return printable(text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…")


def plain(value: Any) -> str:
    """A value as text: nested ones as JSON."""
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def show(frame: pl.DataFrame, format: str, output: Path | None) -> None:
    """Print or write rows.

    Raises:
        OnrecordError: there is no such format, or the file cannot be written.
    """
    if format not in FORMATS:
        raise OnrecordError(f"there is no format {format!r}: use {', '.join(FORMATS)}")
    try:
        if format == "table" and output is None:
            _table(frame)
        elif format == "parquet":
            if output is None and sys.stdout.isatty():
                raise OnrecordError("Parquet is not for a terminal: give --output FILE")
            frame.write_parquet(output or sys.stdout.buffer)
        else:
            text = frame.write_json() + "\n" if format == "json" else _csv(frame)
            if output is None:
                typer.echo(text, nl=False)
            else:
                output.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise OnrecordError(f"cannot write {output or 'the result'}: {error.strerror or error}") from error


def _csv(frame: pl.DataFrame) -> str:
    """CSV, in which nested values are JSON."""
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(frame.columns)
    writer.writerows(["" if value is None else plain(value) for value in row] for row in frame.iter_rows())
    return text.getvalue()


def _table(frame: pl.DataFrame) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 160)
    table = Table()
    for name, type_ in frame.schema.items():
        table.add_column(printable(name), justify="right" if type_.is_numeric() else "left", overflow="fold")
    for row in frame.head(SHOWN_ROWS).iter_rows():
        table.add_row(*map(cell, row))
    console.print(table)
    if frame.height > SHOWN_ROWS:
        console.print(f"{frame.height - SHOWN_ROWS:,} more rows: --format csv, json or parquet gives all")
