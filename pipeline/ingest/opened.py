"""Opened: a stream being read, dispatched by what it holds to the reader of its format."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.ingest.bounds import MAX_NESTING, SNIFFED
from pipeline.ingest.records import Given, RawRecord, Reject
from pipeline.ingest.refusal import Refused
from pipeline.ingest.streams import Budget, as_utf8, whole

Names = Mapping[str, tuple[str, ...]]
#: Formats whose readers take UTF-8; the others know their encodings.
_LINED = frozenset({"jsonl", "json", "csv"})
_PLAIN = {"text": "text/plain", "markdown": "text/markdown", "html": "text/html"}


@dataclass(frozen=True, slots=True)
class Opened:
    """A stream being read: its raw name, the file name that tells its format, and what is known beside it."""

    raw_name: str
    file_name: str
    stream: io.BufferedReader
    given: Given | None
    names: Names
    seekable: bool = True
    budget: Budget | None = None
    depth: int = 0


def records(opened: Opened) -> Iterator[RawRecord | Reject]:
    """The records of a stream, whatever it holds.

    Raises:
        Refused: it cannot be read, or not to its end.
    """
    from pipeline.ingest.sniff import UTF16, kind_of
    from pipeline.ingest.unpacked import archived, compressed

    head = opened.stream.peek(SNIFFED)[:SNIFFED]
    is_utf16 = head.startswith(UTF16)
    kind = kind_of(opened.file_name, head.decode("utf-16", "ignore").encode() if is_utf16 else head)
    if is_utf16 and kind in _LINED:
        opened = replace(opened, stream=as_utf8(opened.stream, opened.budget), seekable=False)
    if kind in {"gzip", "zstd", "zip"}:
        if opened.depth >= MAX_NESTING:
            raise Refused("nesting", f"containers are nested deeper than {MAX_NESTING}")
        yield from archived(opened) if kind == "zip" else compressed(opened, kind)
    elif kind in _PLAIN:
        yield RawRecord(opened.raw_name, whole(opened.stream), _PLAIN[kind], opened.given)
    else:
        from pipeline.ingest.sidecars import merged

        for found in _many(opened, kind):
            if isinstance(found, RawRecord) and opened.given is not None:
                found = replace(found, given=merged(found.given, opened.given))
            yield found


def _many(opened: Opened, kind: str) -> Iterator[RawRecord | Reject]:
    """The records of a format that holds many."""
    stream, name = opened.stream, opened.raw_name
    if kind == "jsonl":
        from pipeline.ingest.formats.jsonl import read_jsonl

        yield from read_jsonl(stream, name, opened.names)
    elif kind == "json":
        from pipeline.ingest.formats.json_values import read_json

        yield from read_json(stream, name, opened.names)
    elif kind == "csv":
        from pipeline.ingest.formats.csv_rows import read_csv

        yield from read_csv(stream, name, opened.names)
    elif kind == "warc":
        from pipeline.ingest.formats.warc import read_warc

        yield from read_warc(stream, name)
    elif kind == "feed":
        from pipeline.ingest.formats.feed import read_feed

        yield from read_feed(stream, name)
    else:
        from pipeline.ingest.formats.parquet import read_parquet

        with seekable(opened) as file:
            yield from read_parquet(file, name, opened.names)


def seekable(opened: Opened) -> io.BufferedIOBase:
    """The stream where it can be sought in, else its bytes put aside."""
    from pipeline.ingest.containers.spooled import spooled

    return opened.stream if opened.seekable else spooled(opened.stream)
