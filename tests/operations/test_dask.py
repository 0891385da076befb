"""A Dask cluster on loopback: the same bytes as one process, and a dead worker costs its shard a retry."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import workers
from pipeline.build import build
from pipeline.configuration import Configuration
from pipeline.run import Job
from tests.conftest import NOW, ROOT
from tests.operations.processes import children, free_port, running
from tests.operations.test_kills import tables

pytestmark = [pytest.mark.server, pytest.mark.slow]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """A scheduler with two workers: its address, and the process id of the workers' nanny."""
    pytest.importorskip("distributed")
    logs, port = tmp_path_factory.mktemp("dask"), free_port()
    address = f"tcp://127.0.0.1:{port}"
    env = {"OMP_NUM_THREADS": "1", "POLARS_MAX_THREADS": "1"}
    dask = [sys.executable, "-m", "dask"]
    scheduler = [*dask, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    worker = [*dask, "worker", address, "--nworkers", "2", "--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard",
              "--local-directory", str(logs)]  # fmt: skip
    with running(scheduler, logs / "scheduler", env=env), running(worker, logs / "workers", env=env) as nanny:
        from distributed import Client

        with Client(address, timeout=60, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(2, timeout=60)  # type: ignore[no-untyped-call]
        yield address, nanny.pid


def job(dist: Path, address: str) -> Job:
    settings = Configuration(shard_articles=1)
    return Job((str(ROOT / "seeds"),), dist, runner="dask", address=address, configuration=settings)


def test_two_workers_give_the_bytes_of_one_process(
    cluster: tuple[str, int], seeds_dist: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    build(job(Path("dist"), cluster[0]), NOW)
    assert tables(tmp_path / "dist" / "2026.11.22") == tables(seeds_dist / "2026.11.22")


def test_a_dead_worker_costs_a_retry(cluster: tuple[str, int], seeds_dist: Path, tmp_path: Path) -> None:
    killed: list[int] = []

    def kill_one() -> None:
        while not killed:
            if list(tmp_path.glob(".store/run/raw/*")):
                time.sleep(0.3)
                pid = next(pid for pid, command in children(cluster[1]) if "spawn_main" in command)
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)
            time.sleep(0.02)

    killer = threading.Thread(target=kill_one, daemon=True)
    killer.start()
    build(job(tmp_path, cluster[0]), NOW)
    killer.join(1)
    assert killed
    assert tables(tmp_path / "2026.11.22") == tables(seeds_dist / "2026.11.22")


def test_no_scheduler_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(workers.WorkerError, match="needs --address"):
        workers.pool("dask", 1)
