"""Processes that tests start: run in a group of their own, waited for, and stopped by process id."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ROOT


def free_port() -> int:
    """A port on loopback that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(
    words: Sequence[str], log: Path, *, cwd: Path = ROOT, env: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A process for the time of the block; stopped with INT, then TERM, then KILL, and its children with it."""
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [*words], cwd=cwd, env={**os.environ, **(env or {})}, stdout=stream, stderr=stream, start_new_session=True
        )
    try:
        yield process
    finally:
        for number, seconds in ((signal.SIGINT, 8.0), (signal.SIGTERM, 4.0), (signal.SIGKILL, 10.0)):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(seconds)
                break
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def until(holds: Callable[[], object], seconds: float, what: str, log: Path | None = None) -> None:
    """Wait until something holds; fail with the end of a log where it does not in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return
        time.sleep(0.1)
    said = log.read_text(errors="replace")[-2_000:] if log and log.exists() else ""
    raise AssertionError(f"not within {seconds} seconds: {what}\n{said}")


def onrecord(*words: str) -> list[str]:
    """A command line of this program."""
    return [sys.executable, "-m", "pipeline", *words]


def alive(pid: int) -> bool:
    """Whether a process runs (one that has ended and waits for its parent does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def children(pid: int) -> list[tuple[int, str]]:
    """A process's children: process ids and command lines."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == pid:
                    found.append((int(entry.name), (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()))
    return found
