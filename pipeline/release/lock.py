"""The lock: one writer of a folder of releases at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.release.layout import ReleaseError


class HeldError(ReleaseError):
    """Another process writes to the folder of releases."""


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Hold the lock of a folder of releases; of object storage too, where the folder is a mirror (`remote.current`).

    Raises:
        ReleaseError: another process holds it, the folder cannot be made, or the storage does not answer.
    """
    from pipeline.release.remote import current

    with held(root), current(root):
        yield


@contextmanager
def held(root: Path) -> Iterator[None]:
    """Hold the lock on this machine; the system lets go of it when the process ends, however it ends.

    Raises:
        HeldError: another process holds it.
        ReleaseError: the folder cannot be made.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        handle = os.open(root / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise ReleaseError(f"cannot write releases to {root}: {error.strerror or error}") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(handle, 32, 0).decode(errors="replace").strip()
            who = f" (process {holder})" if holder else ""
            raise HeldError(f"another build is writing to {root}{who}: wait for it to end, then run again") from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)
