"""SIGKILLs spread over publish, update and withdraw: no torn release, no lost one, and the next run puts all right.

`ONRECORD_KILLS` sets how many.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import time
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from pipeline.release.layout import Dist, opened
from pipeline.release.lock import writing
from pipeline.release.recover import recover
from pipeline.release.verify import verify
from pipeline.release.verify_files import check_files
from pipeline.release.withdrawals import tombstones
from tests.release.made import minted, release, rows, write
from tests.release.writer import main

KILLS = int(os.environ.get("ONRECORD_KILLS", "9"))
VERSIONS = ["2026.01.01", "2026.01.02", "2026.01.03"]


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three releases, and the final rows of a fourth."""
    folder = tmp_path_factory.mktemp("ready")
    for number, version in enumerate(VERSIONS):
        release(folder / "dist", rows(range(20 + 4 * number)), version, folder / "scratch")
    write(folder / "final", rows(range(40)))
    shutil.rmtree(folder / "scratch")
    return folder


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Processes that start with everything loaded."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.release.writer"])
    context.Process(target=len, args=("",)).start()
    return context


def run(processes: ForkServerContext, *words: str) -> float:
    """Do it to the end; returns the seconds it took."""
    process = processes.Process(target=main, args=words)
    begun = time.monotonic()
    process.start()
    process.join(100)
    assert process.exitcode == 0
    return time.monotonic() - begun


def killed(processes: ForkServerContext, seconds: float, *words: str) -> None:
    """Begin it, and kill it after some seconds."""
    process = processes.Process(target=main, args=words)
    process.start()
    process.join(seconds)
    process.kill()
    process.join()


def whole(dist: Dist, *known: str) -> None:
    """Before anything is put right: every visible release is whole, and none of those known is lost."""
    versions = dist.versions()
    assert set(known) <= set(versions)
    for version in versions:
        assert list(check_files(dist.opened(version))) == [], version


def words_of(kind: str, folder: Path) -> tuple[str, ...]:
    return {
        "publish": ("publish", str(folder / "dist"), str(folder / "final"), "2026.01.04"),
        "withdraw": ("withdraw", str(folder / "dist"), minted("a", 4)),
        "update": ("update", str(folder / "copy"), str(folder / "dist")),
    }[kind]


def laid_out(ready: Path, folder: Path) -> Dist:
    shutil.copytree(ready, folder)
    shutil.copytree(folder / "dist" / VERSIONS[0], folder / "copy")
    return Dist(folder / "dist")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["publish", "withdraw", "update"])
def test_killed_at_any_moment(ready: Path, processes: ForkServerContext, tmp_path: Path, kind: str) -> None:
    laid_out(ready, tmp_path / "timed")
    lasts = run(processes, *words_of(kind, tmp_path / "timed"))
    chance = random.Random(7)
    for number in range(max(1, KILLS // 3)):
        folder = tmp_path / str(number)
        dist = laid_out(ready, folder)
        words = words_of(kind, folder)
        killed(processes, chance.uniform(0, 1.05) * lasts, *words)
        whole(dist, *VERSIONS)
        with writing(dist.root):
            recover(dist)
        newest = dist.latest()
        assert newest is not None
        assert verify(dist, newest) == []
        assert (
            not list(dist.root.glob(".staging*")) + list(dist.root.glob(".anew*")) + list(dist.root.glob("*journal*"))
        )
        if kind == "update":
            version = opened(folder / "copy").version
            assert list(check_files(opened(folder / "copy"))) == []
            assert version in (VERSIONS[0], VERSIONS[2])
        elif kind == "withdraw":
            gone = bool(tombstones(dist))  # all or nothing
            for one in VERSIONS:
                listed = {entry["article_id"] for entry in dist.opened(one).manifest.get("withdrawals", [])}
                assert bool(listed) == gone
                assert number % 3 or verify(dist, one) == []
        if number == 0 and not (kind == "publish" and newest == "2026.01.04") and not tombstones(dist):
            run(processes, *words)
            assert verify(dist, str(dist.latest())) == []
        shutil.rmtree(folder)
