"""The embedded Prefect server: a child process on loopback that no build leaves behind.

It ends when the process that started it closes the pipe between them, on purpose or by dying. Its process id
is kept on file as well, so that the next build ends one that hangs.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import OnrecordError

#: What the command line of an embedded server holds.
MARK = "pipeline.embedded_server"
#: Seconds that a server may take to answer, and to end.
START, END = 120.0, 5.0
#: How often another port is tried, where somebody took the first between our look and the server's start.
PORTS = 3
#: Nothing that a single build needs: no calls out, no pages, no blocks.
QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
    "PREFECT_UI_ENABLED": "false",
    "PREFECT__SERVER_FINAL": "1",
}
#: Services that only schedules need are off.
UNSCHEDULED = {"PREFECT__SERVER_EPHEMERAL": "1"}


class ServerError(OnrecordError):
    """The embedded server cannot be started."""


@contextmanager
def serving(store: Path, *, schedules: bool = False) -> Iterator[str]:
    """Run an embedded server for the time of the block; gives the URL of its API once it answers.

    Args:
        store: folder in which the server's process id is kept.
        schedules: run the services that fire schedules as well.

    Raises:
        ServerError: it did not start.
    """
    end_orphans(store)
    process, port = _start(store, schedules)
    try:
        url = f"http://127.0.0.1:{port}/api"
        yield url
    finally:
        _stop(process)
        note = _note(store, os.getpid())
        note.unlink(missing_ok=True)
        note.with_suffix(".log").unlink(missing_ok=True)


def _note(store: Path, parent: int) -> Path:
    return store / "servers" / f"{parent}.json"


def _start(store: Path, schedules: bool) -> tuple[subprocess.Popen[bytes], int]:
    log = store / "servers" / f"{os.getpid()}.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ServerError(f"cannot write to {store.parent}: {error.strerror or error}") from error
    for _ in range(PORTS):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = int(free.getsockname()[1])
        process = _launch(port, schedules, log)
        note = {"server": process.pid, "parent": os.getpid(), "parent_started": _started(os.getpid())}
        _note(store, os.getpid()).write_text(json.dumps(note) + "\n", encoding="utf-8")
        try:
            if _answers(process, port):
                return process, port
        except BaseException:
            _stop(process)
            raise
        _stop(process)
    raise ServerError(
        f"the embedded Prefect server did not start (its log: {log}); "
        "run again, use --direct, or give the PREFECT_API_URL of a server of your own"
    )


def _launch(port: int, schedules: bool, log: Path) -> subprocess.Popen[bytes]:
    away = ("PREFECT_API_URL", "PREFECT_API_KEY")
    environment = {name: value for name, value in os.environ.items() if name not in away} | QUIET
    if not schedules:
        environment |= UNSCHEDULED
    package = str(Path(__file__).resolve().parent.parent)
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
    with log.open("wb") as stream:
        return subprocess.Popen(
            [sys.executable, "-m", MARK, str(port)], env=environment,
            stdin=subprocess.PIPE, stdout=stream, stderr=stream, start_new_session=True,
        )  # fmt: skip


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    """Whether the server comes to answer; False where it ended, or took too long."""
    for _ in range(int(START / 0.1)):
        if process.poll() is not None:
            return False
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.stdin:
        with contextlib.suppress(OSError):
            process.stdin.close()
    process.terminate()
    try:
        process.wait(END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def end_orphans(store: Path) -> list[int]:
    """End the embedded servers that killed builds left behind; returns their process ids."""
    return [server for note in sorted(store.glob("servers/*.json")) if (server := _end_orphan(note)) is not None]


def _end_orphan(note: Path) -> int | None:
    try:
        found = json.loads(note.read_text(encoding="utf-8"))
        server, parent = int(found["server"]), int(found["parent"])
        parent_started = str(found["parent_started"])
    except (OSError, ValueError, KeyError, TypeError):
        note.unlink(missing_ok=True)
        return None
    if _started(parent) == parent_started:
        return None
    ended = None
    if MARK in _command(server):
        ended = server
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.kill(server, number)
            if _gone(server):
                break
    note.unlink(missing_ok=True)
    note.with_suffix(".log").unlink(missing_ok=True)
    return ended


def _gone(server: int) -> bool:
    """Whether a server ends within `END` seconds."""
    for _ in range(int(END / 0.1)):
        if MARK not in _command(server):
            return True
        time.sleep(0.1)
    return False


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _started(pid: int) -> str:
    """When a process started, in clock ticks since the machine did; tells a reused id from the old one."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def _end_with_parent() -> None:
    """End this server when the pipe to its parent closes: gently, then at once."""

    def wait() -> None:
        sys.stdin.buffer.read()
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(END)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def main(port: int) -> None:
    """Serve Prefect's API on loopback until told to end, or until the parent is gone."""
    import uvicorn

    _end_with_parent()
    uvicorn.run(
        "prefect.server.api.server:create_app", factory=True, host="127.0.0.1", port=port, log_level="error",
        lifespan="on", timeout_graceful_shutdown=int(END) - 1,
    )  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]))
