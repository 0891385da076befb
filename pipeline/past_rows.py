"""Past rows: the rows that a step made of a shard, kept whole, so that it is not taken again where nothing changed.

An entry is named by a hash of all that its rows are made from: files, frames and the program. Lost or damaged, it
costs the step.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.store import BYTES, Shelf, keep_only, key

#: The store's kinds of entries: final rows that passed every check, and what is shown of rows whose texts are withheld.
CHECKED, PUBLISHED = "checked", "published"


@dataclass(slots=True)
class Rows:
    """Rows and how many they were made from."""

    __pydantic_config__ = BYTES

    tables: dict[str, bytes]  #: of each table's Parquet file
    extracted: int


class PastRows:
    """The entries of a kind, and those of them that this run met.

    Args:
        store: the folder of past work.
        kind: which step's rows.
        made_by: a hash of the program and its settings.
        fresh: take nothing from the store.
    """

    def __init__(self, store: Path, kind: str, made_by: str = "", *, fresh: bool = False) -> None:
        self._store = store
        self._kind = kind
        self._shelf = Shelf(store, kind, Rows)
        self._made_by = made_by
        self._fresh = fresh
        self._met: set[str] = set()

    def name(self, files: Iterable[Path], *given: pl.DataFrame | list[Any]) -> str:
        """The name of the rows that are made from files and from frames, or lists, of what else decides them."""
        digests = [hashlib.sha256(path.read_bytes()).digest() for path in files]
        name = key(self._made_by, *digests, *(_bytes(item) for item in given))
        self._met.add(name)
        return name

    def restore(self, name: str, places: dict[str, Path]) -> int | None:
        """Write the rows kept under `name`; returns how many were extracted, None where nothing fitting is kept.

        Args:
            places: the file of each table; one that has no rows kept is not written.
        """
        found = None if self._fresh else self._shelf.get(name)
        if found is None or not set(found.tables) <= set(places):
            return None
        for table, data in found.tables.items():
            places[table].parent.mkdir(parents=True, exist_ok=True)
            places[table].write_bytes(data)
        return found.extracted

    def keep(self, name: str, places: dict[str, Path], extracted: int = 0) -> None:
        """Keep the rows that stand in the files of `places` under `name`."""
        tables = {table: path.read_bytes() for table, path in places.items() if path.is_file()}
        self._shelf.put(name, Rows(tables, extracted))

    @property
    def met(self) -> frozenset[str]:
        """The names of the entries that this run met."""
        return frozenset(self._met)

    def meet(self, names: Iterable[str]) -> None:
        """Count entries as met that others met for this run."""
        self._met.update(names)

    def forget_others(self) -> None:
        """Remove the entries that this run did not name."""
        keep_only(self._store, self._kind, self._met)


def _bytes(item: pl.DataFrame | list[Any]) -> bytes:
    # The bytes of Arrow's own formats depend on how a frame came about, not on its rows alone.
    return repr(item).encode() if isinstance(item, list) else item.write_ndjson().encode()
