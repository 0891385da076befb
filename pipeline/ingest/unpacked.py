"""Unpacked: the records inside compressed files and archives, layer by layer."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import IO, TYPE_CHECKING

from pipeline.ingest.names import member as member_name
from pipeline.ingest.opened import Opened, records, seekable
from pipeline.ingest.records import Given, RawRecord, Reject
from pipeline.ingest.refusal import Exhausted, Refused
from pipeline.ingest.sidecars import reject, with_sidecar
from pipeline.ingest.streams import Budget, buffered, chunks_of

if TYPE_CHECKING:
    import zipfile


def compressed(opened: Opened, kind: str) -> Iterator[RawRecord | Reject]:
    """The records of a compressed file; it keeps its name, since it holds one stream and no members."""
    from pipeline.ingest.containers.gzipped import gunzip
    from pipeline.ingest.containers.zstandard_frames import unzstd

    budget = Budget(opened.budget)
    compressed = chunks_of(opened.stream, budget)
    inner = buffered(gunzip(compressed) if kind == "gzip" else unzstd(compressed), budget)
    ending = opened.file_name.rpartition(".")
    file_name = ending[0] if ending[2].lower() in {"gz", "gzip", "zst", "zstd"} else opened.file_name
    yield from records(
        replace(opened, file_name=file_name, stream=inner, seekable=False, budget=budget, depth=opened.depth + 1)
    )


def archived(opened: Opened) -> Iterator[RawRecord | Reject]:
    """The records of an archive's members, in the archive's order; a bad member is a reject and the rest goes on."""
    from pipeline.ingest.containers.zipped import check_member, open_archive, open_member
    from pipeline.ingest.sources import beside_articles

    with seekable(opened) as file, open_archive(file) as archive:
        budget = Budget(opened.budget)
        budget.take(file.seek(0, io.SEEK_END))
        members = {member.filename: member for member in archive.infolist()}
        for member in archive.infolist():
            folder, _, file_name = member.filename.rpartition("/")
            if member.filename.endswith("/") or beside_articles(file_name):
                continue
            raw_name = member_name(opened.raw_name, member.orig_filename)

            def beside(name: str, folder: str = folder) -> IO[bytes] | None:
                found = members.get(f"{folder}/{name}" if folder else name)
                if found is None:
                    return None
                check_member(found)
                return open_member(archive, found, budget)

            inner = replace(
                opened, raw_name=raw_name, file_name=file_name, seekable=False, budget=budget, depth=opened.depth + 1
            )
            yield from with_sidecar(raw_name, file_name, beside, partial(_member, inner, archive, member, budget))


def _member(
    inner: Opened, archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget, given: Given | None
) -> Iterator[RawRecord | Reject]:
    from pipeline.ingest.containers.zipped import check_member, open_member

    try:
        check_member(member)
        with open_member(archive, member, budget) as stream:
            yield from records(replace(inner, stream=stream, given=given or inner.given))
    except Exhausted:
        raise
    except Refused as refused:
        yield reject(refused, inner.raw_name)
