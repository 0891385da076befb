"""Remote: raw files behind any URL that fsspec knows (s3://, gs://, https://, memory:// ...)."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import IO, Any

from pipeline.ingest.bounds import CHUNK
from pipeline.ingest.names import escaped
from pipeline.ingest.records import Reject
from pipeline.ingest.sources import Source, beside_articles


def find(url: str) -> Callable[[], Iterator[Source | Reject]]:
    """The raw files under a URL: of a file, of a folder with all below it, or of a pattern; by name.

    Raises:
        FileNotFoundError: nothing is there.
        ValueError: no library for this kind of URL is installed.
    """
    import fsspec
    from fsspec.core import has_magic

    try:
        system, path = fsspec.core.url_to_fs(url)
    except ImportError as error:
        raise ValueError(f"{url}: {error}") from None
    if has_magic(path):
        root = path[: min(path.find(mark) for mark in "*?[" if mark in path)].rpartition("/")[0]
        files = [name for name in sorted(system.glob(path)) if system.isfile(name)]
    elif system.isdir(path):
        root, files = path.rstrip("/"), sorted(system.find(path))
    else:
        root, files = path.rpartition("/")[0], [path] if system.exists(path) else []
    if not files:
        raise FileNotFoundError(f"nothing is there: {url}")

    def entries() -> Iterator[Source | Reject]:
        for name in files:
            below = PurePosixPath(name.removeprefix(root).lstrip("/"))
            if not beside_articles(below.name) and not any(part.startswith(".") for part in below.parts):
                yield _source(system, name, "/".join(map(escaped, below.parts)))

    return entries


def _source(system: Any, path: str, raw_name: str) -> Source:
    folder, _, file_name = path.rpartition("/")

    def opened(name: str) -> IO[bytes]:
        return io.BufferedReader(system.open(name, "rb"), CHUNK)

    def beside(other: str) -> IO[bytes] | None:
        name = f"{folder}/{other}"
        return opened(name) if system.exists(name) else None

    return Source(raw_name, file_name, lambda: opened(path), beside)
