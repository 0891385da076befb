"""The store of past work: what an article yielded, kept by the hash of its text and the extractor's version.

A file an entry, `KIND/ab/abcd….zst`, written beside its place and renamed, so that an entry is whole or
absent whoever is killed, and several processes may write at once. Nothing in it belongs to a release.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

if TYPE_CHECKING:
    from pydantic import ConfigDict

T = TypeVar("T")

#: How a dataclass with bytes says (as its `__pydantic_config__`) that they stand in base 64.
BYTES: Final[ConfigDict] = {"ser_json_bytes": "base64", "val_json_bytes": "base64"}
#: An entry that unpacks to more than this is taken for damaged.
LARGEST = 512 * 2**20


def key(*parts: str | bytes) -> str:
    """A key that depends on all `parts`, in order."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", errors="surrogatepass") if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big") + data)
    return total.hexdigest()


class Shelf(Generic[T]):
    """The entries of one kind: values of one dataclass, as JSON under Zstandard."""

    def __init__(self, folder: Path, kind: str, type_: type[T]) -> None:
        self.folder = folder / kind
        self._type = type_

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / f"{name}.zst"

    def fetch(self, name: str, make: Callable[[], T], *, fresh: bool = False) -> tuple[T, bool]:
        """The stored value, or a new one that is stored. The second item tells whether it was stored before.

        Args:
            fresh: make a new value even where there is one.
        """
        if not fresh:
            found = self.get(name)
            if found is not None:
                return found, True
        value = make()
        self.put(name, value)
        return value, False

    def get(self, name: str) -> T | None:
        """The stored value; None where there is none, or where its file is damaged (it is made again then)."""
        import zstandard
        from pydantic import ValidationError

        path = self._path(name)
        try:
            data = zstandard.ZstdDecompressor().decompress(path.read_bytes(), max_output_size=LARGEST)
            value: T = _adapter(self._type).validate_json(data)
        except FileNotFoundError:
            return None
        except (zstandard.ZstdError, ValidationError, OSError):
            path.unlink(missing_ok=True)
            return None
        return value

    def has(self, name: str) -> bool:
        """Whether there is a file for the entry, whole or damaged."""
        return self._path(name).is_file()

    def put(self, name: str, value: T) -> None:
        """Store a value, whole or not at all."""
        import zstandard

        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        data = zstandard.ZstdCompressor(level=3, write_checksum=True).compress(_adapter(self._type).dump_json(value))
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        beside.write_bytes(data)
        beside.replace(path)

    def discard(self, name: str) -> None:
        """Remove an entry, if it is there."""
        self._path(name).unlink(missing_ok=True)


_ADAPTERS: dict[Any, Any] = {}


def _adapter(type_: Any) -> Any:
    from pydantic import TypeAdapter

    if type_ not in _ADAPTERS:
        _ADAPTERS[type_] = TypeAdapter(type_)
    return _ADAPTERS[type_]


def entries(folder: Path, kind: str = "*") -> Iterator[Path]:
    """The files of every entry, or of those of one kind, in order."""
    yield from sorted(path for path in folder.glob(f"{kind}/??/*.zst") if path.is_file())


def keep_only(folder: Path, kind: str, names: Iterable[str]) -> None:
    """Remove the entries of a kind that are not among `names`: those of earlier runs that this one did not meet."""
    wanted = set(names)
    for path in entries(folder, kind):
        if path.stem not in wanted:
            path.unlink(missing_ok=True)


def prune(folder: Path, *, keep_days: float, now: float | None = None) -> tuple[int, int]:
    """Remove the entries that were not made or used in the last `keep_days` days.

    Returns:
        How many entries were removed, and how many bytes.
    """
    oldest = (time.time() if now is None else now) - keep_days * 86_400
    removed = size = 0
    for path in entries(folder):
        found = path.stat()
        if max(found.st_mtime, found.st_atime) < oldest:
            path.unlink(missing_ok=True)
            removed, size = removed + 1, size + found.st_size
    return removed, size
