"""Read: paths, folders, globs and URLs to raw records, streaming; what cannot be read becomes a reject."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import IO, TYPE_CHECKING

from pipeline.ingest.bounds import MAX_NESTING, MAX_SIDECAR, SNIFFED
from pipeline.ingest.names import member as member_name
from pipeline.ingest.records import Given, RawRecord, Reject
from pipeline.ingest.refusal import Exhausted, Refused
from pipeline.ingest.streams import Budget, buffered, chunks_of, whole

if TYPE_CHECKING:
    import zipfile

Names = Mapping[str, tuple[str, ...]]
_PLAIN = {"text": "text/plain", "markdown": "text/markdown", "html": "text/html"}


def read(paths: Sequence[str], fields: Mapping[str, str] | None = None) -> Iterator[RawRecord | Reject]:
    """Every record under `paths`: files, folders, globs and URLs, in the order given, folders by name.

    Texts, pages, JSON, CSV, Parquet, WARC and feeds are read, each also inside `.gz`, `.zst` and `.zip`. Memory does
    not grow with a file. What cannot be read is a reject that names the file, the place and the reason, and the rest
    goes on. `fields` maps what a field means (`text`, `title`, `url`, `published_at`, `publisher`, `authors`, `id`)
    to its name in records of JSON, CSV and Parquet; common names are known (`formats.fields.COMMON_NAMES`).

    Raises:
        FileNotFoundError: a path is neither there nor a pattern that matches something.
        ValueError: `fields` names a meaning that is not known, or a URL has no library to open it.
    """
    from pipeline.ingest.formats.fields import names_of
    from pipeline.ingest.sources import find

    names = names_of(fields)
    for source in find(paths):
        if isinstance(source, Reject):
            yield source
            continue
        yield from _with_sidecar(
            source.raw_name,
            source.file_name,
            source.beside,
            partial(_file, source.raw_name, source.file_name, source.open, names),
        )


def _with_sidecar(
    raw_name: str,
    file_name: str,
    beside: Callable[[str], IO[bytes] | None],
    read_file: Callable[[Given | None], Iterator[RawRecord | Reject]],
) -> Iterator[RawRecord | Reject]:
    """A file's records with the metadata that its sidecar gives; a bad sidecar is a reject beside them."""
    from pipeline.ingest.names import escaped
    from pipeline.ingest.sidecars import parse_sidecar, sidecar_names

    given = None
    for name in sidecar_names(file_name):
        try:
            file = beside(name)
            if file is None:
                continue
            with file:
                given = parse_sidecar(whole(file, MAX_SIDECAR))  # type: ignore[arg-type]
        except (Refused, OSError) as error:
            place = raw_name[: raw_name.rfind(escaped(file_name))] + escaped(name)
            yield _reject(error, place, column="sidecar")
        break
    yield from read_file(given)


def _reject(error: Refused | OSError, raw_name: str, column: str | None = None) -> Reject:
    if isinstance(error, Refused):
        return Reject(error.check, error.reason, raw_name, column=column)
    return Reject("readable", f"it cannot be read: {error.strerror or type(error).__name__}", raw_name, column=column)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A stream being read: its raw name, the file name that tells its format, and what is known beside it."""

    raw_name: str
    file_name: str
    stream: io.BufferedReader
    given: Given | None
    names: Names
    seekable: bool = True
    budget: Budget | None = None
    depth: int = 0


def _file(
    raw_name: str, file_name: str, open_file: Callable[[], IO[bytes]], names: Names, given: Given | None
) -> Iterator[RawRecord | Reject]:
    try:
        with open_file() as stream:
            yield from _records(_Opened(raw_name, file_name, stream, given, names))  # type: ignore[arg-type]
    except (Refused, OSError) as error:
        yield _reject(error, raw_name)


def _records(opened: _Opened) -> Iterator[RawRecord | Reject]:
    """The records of a stream, whatever it holds.

    Raises:
        Refused: it cannot be read, or not to its end.
    """
    from pipeline.ingest.sniff import kind_of

    kind = kind_of(opened.file_name, opened.stream.peek(SNIFFED)[:SNIFFED])
    if kind in {"gzip", "zstd", "zip"}:
        if opened.depth >= MAX_NESTING:
            raise Refused("nesting", f"containers are nested deeper than {MAX_NESTING}")
        yield from _archive(opened) if kind == "zip" else _compressed(opened, kind)
    elif kind in _PLAIN:
        yield RawRecord(opened.raw_name, whole(opened.stream), _PLAIN[kind], opened.given)
    else:
        from pipeline.ingest.sidecars import merged

        for found in _many(opened, kind):
            if isinstance(found, RawRecord) and opened.given is not None:
                found = replace(found, given=merged(found.given, opened.given))
            yield found


def _many(opened: _Opened, kind: str) -> Iterator[RawRecord | Reject]:
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

        with _seekable(opened) as file:
            yield from read_parquet(file, name, opened.names)


def _seekable(opened: _Opened) -> io.BufferedIOBase:
    from pipeline.ingest.containers.spooled import spooled

    return opened.stream if opened.seekable else spooled(opened.stream)


def _compressed(opened: _Opened, kind: str) -> Iterator[RawRecord | Reject]:
    """The records of a compressed file; it keeps its name, since it holds one stream and no members."""
    from pipeline.ingest.containers.gzipped import gunzip
    from pipeline.ingest.containers.zstandard_frames import unzstd

    budget = Budget(opened.budget)
    compressed = chunks_of(opened.stream, budget)
    inner = buffered(gunzip(compressed) if kind == "gzip" else unzstd(compressed), budget)
    ending = opened.file_name.rpartition(".")
    file_name = ending[0] if ending[2].lower() in {"gz", "gzip", "zst", "zstd"} else opened.file_name
    yield from _records(
        replace(opened, file_name=file_name, stream=inner, seekable=False, budget=budget, depth=opened.depth + 1)
    )


def _archive(opened: _Opened) -> Iterator[RawRecord | Reject]:
    """The records of an archive's members, in the archive's order; a bad member is a reject and the rest goes on."""
    from pipeline.ingest.containers.zipped import check_member, open_archive, open_member
    from pipeline.ingest.sources import beside_articles

    with _seekable(opened) as file, open_archive(file) as archive:
        budget = Budget(opened.budget)
        budget.take(file.seek(0, io.SEEK_END))
        members = {member.filename: member for member in archive.infolist()}
        for member in archive.infolist():
            folder, _, file_name = member.filename.rpartition("/")
            if member.is_dir() or beside_articles(file_name):
                continue
            raw_name = member_name(opened.raw_name, member.orig_filename)

            def beside(name: str, folder: str = folder) -> IO[bytes] | None:
                found = members.get(f"{folder}/{name}" if folder else name)
                if found is None:
                    return None
                check_member(found)
                return open_member(archive, found, budget)

            inner = replace(
                opened, raw_name=raw_name, file_name=file_name, seekable=False, budget=budget, depth=opened.depth + 1
            )
            yield from _with_sidecar(raw_name, file_name, beside, partial(_member, inner, archive, member, budget))


def _member(
    inner: _Opened, archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget, given: Given | None
) -> Iterator[RawRecord | Reject]:
    from pipeline.ingest.containers.zipped import check_member, open_member

    try:
        check_member(member)
        with open_member(archive, member, budget) as stream:
            yield from _records(replace(inner, stream=stream, given=given or inner.given))
    except Exhausted:
        raise
    except Refused as refused:
        yield _reject(refused, inner.raw_name)
