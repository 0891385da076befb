"""Zip archives: members as streams, with names that stay inside, none encrypted, none a link."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from pipeline.ingest.bounds import CHUNK, MAX_MEMBERS
from pipeline.ingest.refusal import Refused
from pipeline.ingest.streams import Budget, buffered

_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1


def open_archive(file: io.BufferedIOBase) -> zipfile.ZipFile:
    """The archive in a file that can be sought in.

    Raises:
        Refused: it is cut off or damaged, or has more members than `MAX_MEMBERS`.
    """
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, IndexError, struct.error, NotImplementedError) as error:
        raise Refused("well_formed", f"the zip archive is cut off or damaged: {error}") from None
    if len(archive.infolist()) > MAX_MEMBERS:
        raise Refused("size", f"the archive has more than {MAX_MEMBERS:,} members")
    return archive


def check_member(member: zipfile.ZipInfo) -> None:
    """Whether a member may be read.

    Raises:
        Refused: its name leads out of the archive, it is encrypted, a link, or packed in a way that is not read.
    """
    name = member.orig_filename
    path = PurePosixPath(name.replace("\\", "/"))
    if not name:
        raise Refused("well_formed", "the member has no name")
    if path.is_absolute() or ".." in path.parts or (len(name) > 1 and name[1] == ":") or "\x00" in name:
        raise Refused("location", "the member's name leads out of the archive")
    mode = member.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
        raise Refused("regular_file", "the member is a link or a device, not a file")
    if member.flag_bits & _ENCRYPTED:
        raise Refused("encrypted", "the member is encrypted")
    if member.compress_type not in _METHODS:
        raise Refused("media_type", f"the member is packed by zip method {member.compress_type}, which is not read")


def open_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget) -> io.BufferedReader:
    """The member's bytes as a stream, counted against the archive's budget."""
    return buffered(_chunks(archive, member), budget)


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(member) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        IndexError,
        struct.error,
        RuntimeError,
    ) as error:
        raise Refused("complete", f"the member is cut off or damaged: {error}") from None
