"""Sources: the raw files under paths, folders, globs and URLs, in an order that no file system decides."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit

from pipeline.ingest.bounds import CHUNK, MAX_FOLDERS
from pipeline.ingest.names import escaped
from pipeline.ingest.records import Reject
from pipeline.ingest.refusal import Refused

#: Files that stand beside articles and are none.
RIGHTS_FILE = "sources.csv"
SIDECAR = ".meta.json"


@dataclass(frozen=True, slots=True)
class Source:
    """A raw file: its name below what was given, how to open it, and how to open a file beside it."""

    raw_name: str
    file_name: str
    open: Callable[[], IO[bytes]]
    beside: Callable[[str], IO[bytes] | None]


def beside_articles(file_name: str) -> bool:
    """Whether a file of this name belongs to others and holds no article itself."""
    return file_name == RIGHTS_FILE or file_name.endswith(SIDECAR)


def find(paths: Sequence[str]) -> Iterator[Source | Reject]:
    """Every raw file under `paths`: files, folders with all below them, globs, and URLs that fsspec knows.

    Folders come in the order of their names, whatever the file system; hidden files and folders are passed over,
    links are followed only while they stay inside the folder that was given.

    Raises:
        FileNotFoundError: a path is neither there nor a pattern that matches something; before anything is read.
        ValueError: a URL of a kind for which no library is installed.
    """
    from pipeline.ingest import remote

    found: list[Callable[[], Iterator[Source | Reject]]] = []
    for given in paths:
        if given.startswith("file://"):
            given = unquote(urlsplit(given).path)
        if "://" in given:
            found.append(remote.find(given))
        elif os.path.lexists(given):
            found.append(_local(Path(given)))
        else:
            matches = sorted(glob.glob(given, recursive=True)) if glob.has_magic(given) else []  # noqa: PTH207
            if not matches:
                raise FileNotFoundError(f"no file, folder or pattern that matches something: {escaped(given)}")
            found.append(_matched(matches, given))
    for each in found:
        yield from each()


def _local(path: Path) -> Callable[[], Iterator[Source | Reject]]:
    def entries() -> Iterator[Source | Reject]:
        if path.is_dir():
            yield from _folder(path, path.resolve(), "", 0)
        else:
            yield _source(path, escaped(path.name))

    return entries


def _matched(matches: list[str], pattern: str) -> Callable[[], Iterator[Source | Reject]]:
    fixed = Path(*(part for part in until_magic(Path(pattern).parts)))

    def entries() -> Iterator[Source | Reject]:
        for match in matches:
            path = Path(match)
            if path.is_file() and not beside_articles(path.name):
                yield _source(path, _below(path.relative_to(fixed).parts))

    return entries


def until_magic(parts: tuple[str, ...]) -> Iterator[str]:
    """The parts of a path before the first that is a pattern."""
    for part in parts:
        if glob.has_magic(part):
            return
        yield part


def _below(parts: Sequence[str]) -> str:
    return "/".join(escaped(part) for part in parts)


def _folder(folder: Path, root: Path, prefix: str, depth: int) -> Iterator[Source | Reject]:
    """The raw files of a folder and of those below it, by name."""
    try:
        with os.scandir(folder) as found:
            names = sorted(os.fsencode(entry.name) for entry in found if not entry.name.startswith("."))
    except OSError as error:
        yield Reject("readable", f"the folder cannot be read: {error.strerror}", prefix or escaped(folder.name))
        return
    for name in map(os.fsdecode, names):
        path = folder / name
        raw_name = prefix + escaped(name)
        if beside_articles(name):
            continue
        try:
            inside = not path.is_symlink() or path.resolve(strict=True).is_relative_to(root)
            is_folder = path.is_dir()
        except (OSError, RuntimeError):  # a link in a circle, or to nothing
            yield Reject("location", "the link leads nowhere", raw_name)
            continue
        if not inside:
            yield Reject("location", "the link leads out of the folder", raw_name)
        elif is_folder and path.is_symlink():
            yield Reject("location", "links to folders are not followed", raw_name)
        elif is_folder and depth >= MAX_FOLDERS:
            yield Reject("nesting", f"folders are nested deeper than {MAX_FOLDERS}", raw_name)
        elif is_folder:
            yield from _folder(path, root, f"{raw_name}/", depth + 1)
        else:
            yield _source(path, raw_name)


def _source(path: Path, raw_name: str) -> Source:
    def beside(file_name: str) -> IO[bytes] | None:
        other = path.with_name(file_name)
        return open_regular(other) if os.path.lexists(other) else None

    return Source(raw_name, path.name, lambda: open_regular(path), beside)


def open_regular(path: Path) -> IO[bytes]:
    """A regular file, opened without waiting: a pipe or a device would hang or never end.

    Raises:
        Refused: it is not a regular file.
        OSError: it cannot be opened.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Refused("regular_file", "it is a pipe, a socket, a folder or a device, not a file")
    return os.fdopen(descriptor, "rb", CHUNK)
