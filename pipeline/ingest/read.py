"""Read: paths, folders, globs and URLs to raw records, streaming; what cannot be read becomes a reject."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import IO

from pipeline.ingest.opened import Names, Opened, records
from pipeline.ingest.records import Given, RawRecord, Reject
from pipeline.ingest.refusal import Refused
from pipeline.ingest.sidecars import reject, with_sidecar


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
        yield from with_sidecar(
            source.raw_name,
            source.file_name,
            source.beside,
            partial(_file, source.raw_name, source.file_name, source.open, names),
        )


def _file(
    raw_name: str, file_name: str, open_file: Callable[[], IO[bytes]], names: Names, given: Given | None
) -> Iterator[RawRecord | Reject]:
    try:
        with open_file() as stream:
            yield from records(Opened(raw_name, file_name, stream, given, names))  # type: ignore[arg-type]
    except (Refused, OSError) as error:
        yield reject(error, raw_name)
