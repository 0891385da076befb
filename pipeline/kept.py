"""Kept shards: the parts that a shard yielded, kept whole, so that a shard without a new record costs a copy.

An entry of the store's kind `shards` is named by a hash of the shard's records, the package, its libraries and the
settings. `gather` cuts shards by the records' names, so that a new record leaves the other shards as they were.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from pipeline.store import BYTES, Shelf

#: The store's kind of entry.
KIND = "shards"


@dataclass(slots=True)
class Kept:
    """A shard's parts and what its making counted."""

    __pydantic_config__ = BYTES

    parts: dict[str, bytes]  #: of each Parquet file, by its stem
    articles: int
    words: int
    rejects: int
    rows: dict[str, int]


def restore(store: Path, name: str, parts: Path) -> Kept | None:
    """Write the parts kept under `name` to the folder `parts`; None where there are none, or damaged ones."""
    shelf = Shelf(store, KIND, Kept)
    kept = shelf.get(name)
    if kept is None:
        return None
    beside = emptied(parts)
    try:
        for stem, data in kept.parts.items():
            if not stem.isidentifier():
                raise ValueError(f"{stem!r} is no name of a part")
            (beside / f"{stem}.parquet").write_bytes(data)
    except ValueError:
        shelf.discard(name)
        return None
    place(beside, parts)
    return kept


def keep(store: Path, name: str, parts: Path, articles: int, words: int, rejects: int, rows: dict[str, int]) -> None:
    """Keep the parts in the folder `parts` under `name`."""
    files = {path.stem: path.read_bytes() for path in sorted(parts.glob("*.parquet"))}
    Shelf(store, KIND, Kept).put(name, Kept(files, articles, words, rejects, rows))


def emptied(parts: Path) -> Path:
    """An empty folder beside the place of `parts`, to be filled and then placed."""
    beside = parts.with_name(f".{parts.name}")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    return beside


def place(beside: Path, parts: Path) -> None:
    """Put a filled folder in its place."""
    shutil.rmtree(parts, ignore_errors=True)
    beside.rename(parts)
