"""Reading the knowledge files: tab-separated tables with a header line."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

#: A user's table beyond this many bytes is refused: it is held in memory.
LARGEST = 64 * 1024 * 1024

HERE = Path(__file__).parent


def rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of the table at `path` as (line number, column -> text); lines that start with `#` are comments.

    A row may be shorter than the header: the cells that it lacks are empty.
    Raises ValueError, naming file and line, where the table cannot be read.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError(f"{path}: larger than {LARGEST} bytes")
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: not a readable UTF-8 table ({error})") from error
    header: list[str] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r")
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = [cell.strip() for cell in cells]
            continue
        if len(cells) > len(header):
            raise ValueError(f"{path}: line {number}: {len(cells)} cells under {len(header)} columns")
        yield number, {column: cell.strip() for column, cell in zip(header, cells, strict=False)}


def packed(name: str) -> bytes:
    """The contents of the compressed knowledge file `name`."""
    with gzip.open(HERE / name, "rb") as file:
        return file.read()
