"""Output: a file that a command writes whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def whole(path: Path) -> Iterator[TextIO]:
    """A stream to a file beside `path`, which takes its place when the block ends well and goes when it does not.

    Raises:
        OnrecordError: the file cannot be written.
    """
    from pipeline.errors import OnrecordError

    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        beside.replace(path)
    except OSError as error:
        raise OnrecordError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        beside.unlink(missing_ok=True)
