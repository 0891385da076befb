"""Durable: files and folders that are on the disk whole or not at all, whoever is killed."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from pathlib import Path

#: `renameat2`: the working folder, and the flag that exchanges two names (Linux, `rename(2)`).
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def replace(path: Path, text: str) -> None:
    """Write a file whole or not at all; leave it alone where it holds the text already."""
    if path.is_file() and path.read_bytes() == text.encode():
        return
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def share(source: Path, target: Path) -> None:
    """Put a file in a second place: the same file where the file system can, else a copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.hardlink_to(source)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        shutil.copyfile(source, target)


def exchange(one: Path, other: Path) -> None:
    """Let two folders change names, at one moment where the system can (Linux), else by three renames."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is not None:
        if renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
            return
        number = ctypes.get_errno()
        if number not in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
            raise OSError(number, os.strerror(number), str(one))
    beside = one.with_name(f"{one.name}.exchanged")
    one.rename(beside)
    other.rename(one)
    beside.rename(other)


def sync(folder: Path) -> None:
    """Make sure that a folder's files are on the disk."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as stream:
                os.fsync(stream.fileno())
        else:
            sync_folder(path)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make sure that a folder's entries are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
