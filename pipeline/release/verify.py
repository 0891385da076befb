"""Verify: whether a release is what it says it is, file by file, row by row, and in its chain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from pipeline.release.database import database
from pipeline.release.layout import Dist, Release, ReleaseError
from pipeline.release.verify_chain import check_chain, check_index, check_withdrawals
from pipeline.release.verify_files import check_files
from pipeline.release.verify_rows import check_changes, check_rows


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong: where, and what."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


#: Where and what, as the checks give it.
Found = Iterator[tuple[str, str]]


def verify(dist: Dist, version: str, progress: Callable[[str], None] = lambda _step: None) -> list[Fault]:
    """Check a release; returns what is wrong, in the order of the checks: files first, then rows, then the chain.

    Where the files are not what the manifest says, the rows are not looked at.
    """
    try:
        release = dist.opened(version)
    except ReleaseError as error:
        return [Fault(f"{version}/manifest.json", str(error))]
    progress("files")
    faults = _faults(release, check_files(release))
    if not faults:
        with database() as connection:
            progress("rows")
            faults = _faults(release, check_rows(connection, release))
            progress("changes")
            faults += _faults(release, check_changes(connection, dist, release))
    progress("chain")
    faults += _faults(release, chain(check_chain(dist, release), check_withdrawals(dist, release)))
    return faults + [Fault(where, what) for where, what in check_index(dist)]


def _faults(release: Release, found: Found) -> list[Fault]:
    return [Fault(f"{release.version}/{where}" if where else release.version, what) for where, what in found]
