"""CSV and TSV: an article a row under a header; a bad row is rejected by its line and the rest goes on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from pipeline.ingest.bounds import MAX_PAYLOAD
from pipeline.ingest.formats.fields import raw_record
from pipeline.ingest.names import record
from pipeline.ingest.records import RawRecord, Reject
from pipeline.ingest.refusal import Refused
from pipeline.ingest.streams import lines

_DELIMITERS = ",;\t|"


def read_csv(
    stream: io.BufferedReader, raw_name: str, names: Mapping[str, tuple[str, ...]]
) -> Iterator[RawRecord | Reject]:
    """Every row of a table with a header line; the delimiter is the one the header has most of.

    Raises:
        Refused: there is no header, it names no text, or the stream breaks off.
    """
    csv.field_size_limit(MAX_PAYLOAD)
    source = _decoded(stream)
    first = next(source, "")
    if first is None or not first.strip():
        raise Refused("well_formed", "the table has no header line")
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        header = [name.strip() for name in next(csv.reader([first], delimiter=delimiter), [])]
    except csv.Error as error:
        raise Refused("well_formed", f"the header line is no row of a table: {error}") from None
    if not {*names["text"], *names["html"]} & set(header):
        raise Refused("text", "the table has no column of text (looked for: " + ", ".join(names["text"]) + ")")
    yield from _rows(_guarded(source), delimiter, header, raw_name, names)


class _TooLong(csv.Error):
    """A line longer than an article may be."""


def _guarded(source: Iterator[str | None]) -> Iterator[str]:
    return iter(_Lines(source))


class _Lines:
    """Lines for the csv reader; one that is too long raises, and the next call goes on behind it."""

    def __init__(self, source: Iterator[str | None]) -> None:
        self._source = source

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._source)
        if line is None:
            raise _TooLong(f"a line is longer than {MAX_PAYLOAD:,} bytes")
        return line


def _rows(
    source: Iterator[str],
    delimiter: str,
    header: list[str],
    raw_name: str,
    names: Mapping[str, tuple[str, ...]],
) -> Iterator[RawRecord | Reject]:
    rows = csv.reader(source, delimiter=delimiter)
    number = 0
    while True:
        number += 1
        try:
            row = next(rows)
            if not row:
                number -= 1
                continue
            if len(row) > len(header):
                raise Refused("well_formed", f"row {number} has {len(row)} fields, the header {len(header)}")
            yield raw_record(dict(zip(header, row, strict=False)), raw_name, number, names)
        except StopIteration:
            return
        except csv.Error as error:
            check = "size" if isinstance(error, _TooLong) or "limit" in str(error) else "well_formed"
            yield Reject(check, f"row {number}, before line {rows.line_num + 2}: {error}", record(raw_name, number))
        except Refused as refused:
            yield Reject(refused.check, refused.reason, record(raw_name, number))


def _decoded(stream: io.BufferedReader) -> Iterator[str | None]:
    """The lines, each in UTF-8 or, where it is not, in cp1252 (what spreadsheets write)."""
    for number, line in lines(stream):
        if line is None:
            yield None
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError:
            yield line.decode("cp1252", "replace")
