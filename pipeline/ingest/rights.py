"""Rights: the `sources.csv` beside raw files, wherever these are: in a folder here or behind a URL."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit

from pipeline.ingest.bounds import MAX_PAYLOAD
from pipeline.ingest.sources import RIGHTS_FILE, open_regular, until_magic
from pipeline.ingest.streams import whole


def rights_files(paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of every `sources.csv` in a folder given, or in that of a file or pattern given, once.

    Raises:
        OSError: one is there and cannot be read.
        Refused: one is no regular file, or larger than an article may be.
    """
    seen: set[str] = set()
    for given in paths:
        if given.startswith("file://"):
            given = unquote(urlsplit(given).path)
        name, file = _behind(given) if "://" in given else _here(given)
        if file is not None:
            with file:
                if name not in seen:
                    seen.add(name)
                    yield name, read_rights(file)


def open_rights(name: str) -> IO[bytes]:
    """A file of rights by its path or URL.

    Raises:
        OSError: it cannot be read.
        Refused: it is no regular file.
        ValueError: no library for this kind of URL is installed.
    """
    if "://" in name:
        from pipeline.ingest import remote

        return remote.opened(name)
    return open_regular(Path(name))


def read_rights(file: IO[bytes]) -> bytes:
    """The bytes of a file of rights."""
    return whole(file, MAX_PAYLOAD)  # type: ignore[arg-type]


def _here(given: str) -> tuple[str, IO[bytes] | None]:
    path = Path(given)
    if not os.path.lexists(path):
        folder = Path(*until_magic(path.parts))
    else:
        folder = path if path.is_dir() else path.parent
    beside = folder / RIGHTS_FILE
    return str(beside), open_regular(beside) if os.path.lexists(beside) else None


def _behind(given: str) -> tuple[str, IO[bytes] | None]:
    from pipeline.ingest import remote

    return remote.beside(given, RIGHTS_FILE)
