"""SIGKILL of the flow, of the embedded server and of a worker: nothing is left behind, and the next run ends well."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline import workers
from pipeline.build import build
from pipeline.configuration import Configuration
from pipeline.embedded_server import MARK, end_orphans
from pipeline.run import Job
from schemas import TABLES
from tests.conftest import NOW, ROOT
from tests.operations.dying import dies_always, dies_once
from tests.operations.processes import alive, children, onrecord, running, until

SEEDS = str(ROOT / "seeds")


def tables(release: Path) -> dict[str, bytes]:
    return {table: (release / f"{table}.parquet").read_bytes() for table in TABLES}


def note(store: Path, server: int, parent: int, started: str) -> None:
    (store / "servers").mkdir(parents=True, exist_ok=True)
    told = {"server": server, "parent": parent, "parent_started": started}
    (store / "servers" / f"{parent}.json").write_text(json.dumps(told))


@contextmanager
def pretender(mark: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process whose command line holds `mark`."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", mark])
    try:
        until(lambda: mark in dict(children(os.getpid())).get(process.pid, ""), 10, "it has started")
        yield process
    finally:
        process.kill()
        process.wait()


def test_the_server_of_a_dead_build_is_ended(tmp_path: Path) -> None:
    with pretender(MARK) as server:
        note(tmp_path, server.pid, 2**22 + 1, "12345")
        ended: list[int] = []
        ending = threading.Thread(target=lambda: ended.extend(end_orphans(tmp_path)))
        ending.start()
        assert server.wait(20) == -signal.SIGTERM
        ending.join()
    assert ended == [server.pid]
    assert not list(tmp_path.glob("servers/*"))


def test_the_server_of_a_living_build_is_left_alone(tmp_path: Path) -> None:
    from pipeline.embedded_server import _started

    with pretender(MARK) as server:
        note(tmp_path, server.pid, os.getpid(), _started(os.getpid()))
        assert end_orphans(tmp_path) == []
        assert server.poll() is None


def test_another_process_under_the_same_id_is_left_alone(tmp_path: Path) -> None:
    with pretender("somebody else") as other:
        note(tmp_path, other.pid, 2**22 + 1, "12345")
        assert end_orphans(tmp_path) == []
        assert other.poll() is None


def test_a_damaged_note_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "servers").mkdir()
    (tmp_path / "servers" / "1.json").write_text("{")
    assert end_orphans(tmp_path) == []


def undisturbed(dist: Path, seeds_dist: Path) -> None:
    """A plain build in `dist` now ends with the release that an undisturbed one gives."""
    build(Job((SEEDS,), dist, version="2026.11.22"), NOW)
    assert tables(dist / "2026.11.22") == tables(seeds_dist / "2026.11.22")
    assert not list(dist.glob(".store/run"))


@pytest.mark.slow
@pytest.mark.server
def test_a_killed_flow_leaves_no_server(seeds_dist: Path, tmp_path: Path) -> None:
    dist, log = tmp_path / "dist", tmp_path / "log"
    env = {"PREFECT_HOME": str(tmp_path / "prefect"), "PREFECT_API_URL": ""}
    with running(onrecord("build", SEEDS, "--dist", str(dist), "--workers", "1"), log, env=env) as flow:
        until((dist / ".store" / "run").exists, 150, "the flow has begun", log)
        server = int(json.loads(next(dist.glob(".store/servers/*.json")).read_text())["server"])
        assert alive(server)
        flow.kill()
        flow.wait()
        until(lambda: not alive(server), 30, "the server ended with the flow")
    undisturbed(dist, seeds_dist)
    assert end_orphans(dist / ".store") == []
    assert not list(dist.glob(".store/servers/*.json"))


@pytest.mark.slow
@pytest.mark.server
@pytest.mark.skipif("ONRECORD_KILLS" not in os.environ, reason="minutes long: set ONRECORD_KILLS to run it")
def test_a_killed_server_loses_nothing(seeds_dist: Path, tmp_path: Path) -> None:
    dist, log = tmp_path / "dist", tmp_path / "log"
    env = {"PREFECT_HOME": str(tmp_path / "prefect"), "PREFECT_API_URL": ""}
    command = onrecord("build", SEEDS, "--dist", str(dist), "--workers", "1", "--version", "2026.11.22")
    with running(command, log, env=env) as flow:
        until(lambda: list(dist.glob(".store/run/raw/*")), 150, "the records are read", log)
        os.kill(int(json.loads(next(dist.glob(".store/servers/*.json")).read_text())["server"]), signal.SIGKILL)
        code = flow.wait(240)
    assert "Traceback" not in log.read_text()
    if code:
        undisturbed(dist, seeds_dist)
    assert tables(dist / "2026.11.22") == tables(seeds_dist / "2026.11.22")


def test_a_worker_that_dies_costs_a_retry(tmp_path: Path) -> None:
    pool = workers.Processes(2)
    try:
        found = list(workers.run(pool, dies_once, [str(tmp_path / "a"), str(tmp_path / "b")]))
        assert len(found) == 2
        with pytest.raises(workers.WorkerError, match="a worker died 3 times"):
            pool.call(dies_always, "")
    finally:
        pool.close()


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_changes_no_byte(seeds_dist: Path, tmp_path: Path) -> None:
    killed: list[int] = []
    over = threading.Event()

    def kill_one() -> None:
        while not killed and not over.is_set():
            for pid, command in children(os.getpid()):
                if "spawn_main" in command and list(tmp_path.glob(".store/articles/*/*")):
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)
                    break
            time.sleep(0.02)

    killer = threading.Thread(target=kill_one)
    killer.start()
    try:
        build(Job((SEEDS,), tmp_path, workers=2, configuration=Configuration(shard_articles=1, few_records=0)), NOW)
    finally:
        over.set()
        killer.join()
    assert killed
    assert tables(tmp_path / "2026.11.22") == tables(seeds_dist / "2026.11.22")


@pytest.mark.slow
def test_workers_end_with_a_killed_build(tmp_path: Path) -> None:
    (tmp_path / "onrecord.toml").write_text("[work]\nshard_articles = 1\nfew_records = 0\n")
    command = onrecord("build", "--direct", SEEDS, "--dist", str(tmp_path / "dist"), "--workers", "2")
    with running([*command, "--config", str(tmp_path / "onrecord.toml")], tmp_path / "log") as flow:
        spawned: list[int] = []

        def begun() -> bool:
            spawned[:] = [pid for pid, command in children(flow.pid) if "spawn_main" in command]
            return len(spawned) == 2 and bool(list((tmp_path / "dist").glob(".store/articles/*/*")))

        until(begun, 60, "two workers have begun", tmp_path / "log")
        flow.kill()
        flow.wait()
        until(lambda: not any(map(alive, spawned)), 20, "the workers have ended")
