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
    system, path = _system(url)
    is_folder = _is_folder(system, path)
    root = _root(path, is_folder=is_folder)
    if _is_pattern(path):
        files = [name for name in sorted(system.glob(path)) if system.isfile(name)]
    elif is_folder:
        files = sorted(system.find(path))
    else:
        files = [path] if system.exists(path) else []
    if not files:
        raise FileNotFoundError(f"nothing is there: {url}")

    def entries() -> Iterator[Source | Reject]:
        for name in files:
            below = PurePosixPath(name.removeprefix(root).lstrip("/"))
            if not beside_articles(below.name) and not any(part.startswith(".") for part in below.parts):
                yield _source(system, name, "/".join(map(escaped, below.parts)))

    return entries


def beside(url: str, file_name: str) -> tuple[str, IO[bytes] | None]:
    """The name and the content of a file in the folder that a URL names, or in that of the file or pattern it names.

    Web servers are not asked: many answer for whatever name with a page of theirs.

    Raises:
        ValueError: no library for this kind of URL is installed.
        OSError: it is there and cannot be read.
    """
    system, path = _system(url)
    if "http" in system.protocol:
        return url, None
    name = f"{_root(path, is_folder=_is_folder(system, path))}/{file_name}"
    return system.unstrip_protocol(name), _opened(system, name) if system.exists(name) else None


def opened(url: str) -> IO[bytes]:
    """The content of a file.

    Raises:
        ValueError: no library for this kind of URL is installed.
        OSError: it cannot be read.
    """
    return _opened(*_system(url))


def _system(url: str) -> tuple[Any, str]:
    import fsspec

    try:
        system, path = fsspec.core.url_to_fs(url)
    except ImportError as error:
        raise ValueError(f"{url}: {error}") from None
    return system, path


def _is_folder(system: Any, path: str) -> bool:
    return not _is_pattern(path) and bool(system.isdir(path))


def _root(path: str, *, is_folder: bool) -> str:
    """The folder that a path names, or that of the file or pattern it names."""
    if _is_pattern(path):
        path = path[: min(path.find(mark) for mark in "*?[" if mark in path)]
    elif is_folder:
        return path.rstrip("/")
    return path.rpartition("/")[0]


def _is_pattern(path: str) -> bool:
    from fsspec.core import has_magic

    return bool(has_magic(path))


def _opened(system: Any, name: str) -> IO[bytes]:
    return io.BufferedReader(system.open(name, "rb"), CHUNK)


def _source(system: Any, path: str, raw_name: str) -> Source:
    folder, _, file_name = path.rpartition("/")

    def beside(other: str) -> IO[bytes] | None:
        name = f"{folder}/{other}"
        return _opened(system, name) if system.exists(name) else None

    return Source(raw_name, file_name, lambda: _opened(system, path), beside)
