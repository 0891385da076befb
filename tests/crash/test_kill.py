"""SIGKILL at any moment: never a torn or half-listed release, and the next run succeeds."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT

KILLS = max(2, int(os.environ.get("ONRECORD_KILLS", "9")) // 6)


def command(dist: Path, *more: str) -> list[str]:
    return [
        sys.executable,
        "-m",
        "pipeline",
        "build",
        "--direct",
        "--workers",
        "1",
        "--dist",
        str(dist),
        "--json",
        *more,
        "seeds",
    ]


def whole(dist: Path) -> list[str]:
    """The visible releases, each checked against its own checksums; the index may only list whole ones."""
    if not dist.exists():
        return []
    versions = sorted(path.name for path in dist.iterdir() if path.is_dir() and not path.name.startswith("."))
    for version in versions:
        for line in (dist / version / "CHECKSUMS").read_text().splitlines():
            digest, name = line.split("  ", 1)
            assert hashlib.sha256((dist / version / name).read_bytes()).hexdigest() == digest, (version, name)
    if (dist / "index.json").exists():
        listed = [release["version"] for release in json.loads((dist / "index.json").read_text())["releases"]]
        assert set(listed) <= set(versions)
    if (dist / "latest").exists():
        assert (dist / "latest").read_text().strip() in versions
    return versions


@pytest.mark.slow
def test_kill_at_random_moments(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    started = time.monotonic()
    subprocess.run(command(dist), cwd=ROOT, check=True, stdout=subprocess.DEVNULL, timeout=200)
    lasts = time.monotonic() - started
    chance = random.Random(11)
    for number in range(KILLS):
        # the store is kept, so that kills fall on linking and publishing too; --force publishes again
        process = subprocess.Popen(
            command(dist, "--version", f"2026.12.01.{number + 1}", "--force"), cwd=ROOT,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(chance.uniform(0.3, 1.0) * lasts)
        process.send_signal(signal.SIGKILL)
        process.wait()
        whole(dist)
    done = subprocess.run(
        command(dist, "--version", "2027.01.01", "--force"), cwd=ROOT, capture_output=True, timeout=200
    )
    assert done.returncode == 0, done.stderr
    versions = whole(dist)
    assert "2027.01.01" in versions
    listed = [release["version"] for release in json.loads((dist / "index.json").read_text())["releases"]]
    assert sorted(listed) == versions
    assert not list(dist.glob(".staging*"))


@pytest.mark.slow
def test_full_disk_publishes_nothing_and_says_so(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    limited = f"ulimit -f 12; exec {' '.join(command(dist))}"
    done = subprocess.run(["bash", "-c", limited], cwd=ROOT, capture_output=True, text=True, timeout=200)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()[-1]) < 400
    assert "Traceback" not in done.stderr
    assert whole(dist) == []
    shutil.rmtree(dist)
    assert subprocess.run(command(dist), cwd=ROOT, stdout=subprocess.DEVNULL, timeout=200).returncode == 0
