"""A schedule, really run: server, worker and deployment as the README gives them; a run fires, completes, publishes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.operations.processes import free_port, running, until

pytestmark = [pytest.mark.server, pytest.mark.slow]

PREFECT = [sys.executable, "-m", "prefect"]


def asked(api: str, path: str, body: object) -> object:
    request = urllib.request.Request(
        f"{api}{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}, method="POST"
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read())


def answers(api: str) -> bool:
    try:
        with urllib.request.urlopen(f"{api}/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def test_a_scheduled_run_fires_completes_and_publishes(tmp_path: Path) -> None:
    inbox, port = tmp_path / "inbox", free_port()
    inbox.mkdir()
    shutil.copy(min((ROOT / "seeds").glob("*.txt")), inbox)
    shutil.copy(ROOT / "prefect.yaml", tmp_path)
    api = f"http://127.0.0.1:{port}/api"
    env = {
        "PREFECT_HOME": str(tmp_path / "prefect"), "PREFECT_API_URL": api, "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "PREFECT_SERVER_UI_ENABLED": "false",
        "PREFECT_WORKER_QUERY_SECONDS": "2", "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "3",
    }  # fmt: skip

    server_log, worker_log = tmp_path / "server.log", tmp_path / "worker.log"
    with running([*PREFECT, "server", "start", "--host", "127.0.0.1", "--port", str(port)], server_log, env=env):
        until(lambda: answers(api), 120, "the server answers", server_log)
        asked(api, "/variables/", {"name": "onrecord_directory", "value": str(tmp_path)})
        worker = [*PREFECT, "worker", "start", "--pool", "onrecord", "--type", "process"]
        with running(worker, worker_log, cwd=tmp_path, env=env):
            until(lambda: asked(api, "/work_pools/filter", {}), 60, "the worker has made its pool", worker_log)
            done = subprocess.run(
                [*PREFECT, "--no-prompt", "deploy", "--name", "nightly", "--interval", "10"],
                cwd=tmp_path, env={**os.environ, **env}, capture_output=True, text=True, timeout=120,
            )  # fmt: skip
            assert done.returncode == 0, done.stdout + done.stderr

            def completed() -> bool:
                runs = asked(api, "/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}})
                return bool(runs)

            until(completed, 150, "a scheduled run has completed", worker_log)
            found = asked(api, "/artifacts/filter", {"artifacts": {"key": {"any_": ["onrecord-rows"]}}})
            assert found
    assert (tmp_path / "dist" / "latest").read_text().strip()
    told = [json.loads(line) for line in (tmp_path / "dist" / ".store" / "runs.jsonl").read_text().splitlines()]
    assert told[0]["ok"]
    assert told[0]["scheduled"]
