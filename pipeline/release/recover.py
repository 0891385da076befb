"""Recover: put right what a killed writer left, before anything else is written."""

from __future__ import annotations

import shutil

from pipeline.release.index import write_index
from pipeline.release.layout import Dist

#: Begins the name of a folder that a release is written into.
STAGING = ".staging-"


def recover(dist: Dist) -> None:
    """Half-filled folders go, a withdrawal that was begun is ended, the index lists the releases that are there.

    Call it with the lock held.
    """
    if not dist.root.is_dir():
        return
    for path in sorted(dist.root.glob(f"{STAGING}*")):
        shutil.rmtree(path, ignore_errors=True)
    from pipeline.release.withdraw import resume

    resume(dist)
    if dist.versions():
        write_index(dist)
