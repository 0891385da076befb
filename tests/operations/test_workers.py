"""Workers: who runs which task, and how they end."""

from __future__ import annotations

import os
import shutil
import signal
import time
from pathlib import Path

import pytest

from pipeline import workers
from pipeline.build import build
from pipeline.configuration import Configuration
from pipeline.run import Job
from tests.conftest import NOW, ROOT
from tests.operations.processes import alive, children, onrecord, running, until
from tests.operations.test_kills import tables

TOWNS = ("Osterby", "Lindenau", "Brandelholm", "Kestrel Bay", "Alderwick")


def busy(seconds: float) -> int:
    """Take some time; returns the process that took it."""
    time.sleep(seconds)
    return os.getpid()


def load_for_long() -> None:
    """Take longer than anyone waits."""
    Path(os.environ["STARTED"]).write_text(str(os.getpid()))
    time.sleep(600)


def load() -> None:
    """Take a moment in which tasks come."""
    time.sleep(1)


def test_few_tasks_are_run_by_this_process_and_one_other() -> None:
    pool = workers.pool("process", 8, load=load)
    try:
        pool.take_part()
        found = set(workers.run(pool, busy, [0.5] * 6))
    finally:
        pool.close()
    assert os.getpid() in found
    assert len(found) == 2


def test_a_worker_that_is_loading_is_ended_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = tmp_path / "started"
    monkeypatch.setenv("STARTED", str(started))
    pool = workers.pool("process", 2, load=load_for_long)
    until(started.exists, 60, "the worker loads")
    pid = int(started.read_text())
    pool.close()
    assert not alive(pid)
    with pytest.raises(workers.WorkerError, match="have been ended"):
        pool.call(busy, 0.0)


def test_few_new_articles_give_the_same_bytes_and_counts_whoever_annotates_them(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    settings = Configuration(shard_articles=3)

    def write(town: str) -> None:
        text = f"A bridge falls in {town}\n\nThe bridge of {town} fell on Monday, mayor Tilda Qvist said in {town}.\n"
        (raw / f"{town}.txt").write_text(text)

    for town in TOWNS[:2]:
        write(town)
    alone = Job((str(raw),), tmp_path / "alone", configuration=settings)
    build(alone, NOW)
    shutil.copytree(alone.dist, tmp_path / "shared")
    for town in TOWNS[2:]:
        write(town)
    one, run = build(alone, NOW)
    told: list[int] = []

    def progress(step: str, done: int, _all: int) -> None:
        if step == "annotate":
            told.append(done)

    other, shared = build(Job(alone.raw, tmp_path / "shared", configuration=settings, workers=2), NOW, progress)
    assert tables(one.path) == tables(other.path)
    assert run.counts["from_store"] == shared.counts["from_store"] == 2
    assert told == sorted(told)
    assert told[-1] == len(TOWNS)


def test_ctrl_c_ends_a_build_and_its_workers_soon_and_says_how_to_go_on(tmp_path: Path) -> None:
    log = tmp_path / "log"
    (tmp_path / "onrecord.toml").write_text("[work]\nshard_articles = 1\nfew_records = 0\n")
    command = onrecord("build", "--direct", str(ROOT / "seeds"), "--dist", str(tmp_path / "dist"), "--workers", "2")
    with running([*command, "--config", str(tmp_path / "onrecord.toml")], log) as flow:
        until(lambda: list(tmp_path.glob("dist/.store/run/raw/*")), 60, "the records are read", log)
        time.sleep(1)
        workers_of = [pid for pid, command in children(flow.pid) if "spawn_main" in command]
        flow.send_signal(signal.SIGINT)
        assert flow.wait(10) == 130
        assert workers_of
        until(lambda: not any(map(alive, workers_of)), 10, "the workers have ended")
    assert log.read_text().endswith("onrecord: stopped; run the same command again to go on\n")
