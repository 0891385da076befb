"""The embedded Prefect server: its process id is kept on file, so that one left behind by a kill can be ended."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import threading
import time
from pathlib import Path

#: What the command line of an embedded server holds.
MARK = "prefect.server.api.server:create_app"


def end_orphan(store: Path) -> int | None:
    """End the embedded server that a killed build left behind; returns its process id, or None."""
    note = store / "server.json"
    try:
        found = json.loads(note.read_text(encoding="utf-8"))
        server, parent = int(found["server"]), int(found["parent"])
        parent_started = str(found["parent_started"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if _started(parent) == parent_started:
        return None
    ended = None
    if MARK in _command(server):
        ended = server
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.kill(server, number)
            for _ in range(50):
                if MARK not in _command(server):
                    break
                time.sleep(0.1)
            else:
                continue
            break
    note.unlink(missing_ok=True)
    return ended


def watch(store: Path) -> None:
    """Write the embedded server's process id to the store as soon as Prefect starts one."""
    threading.Thread(target=_watch, args=(store,), daemon=True).start()


def _watch(store: Path) -> None:
    from prefect.server.api.server import SubprocessASGIServer

    for _ in range(2_400):
        for server in list(SubprocessASGIServer._instances.values()):
            if server.server_process is not None:
                note = {
                    "server": server.server_process.pid,
                    "parent": os.getpid(),
                    "parent_started": _started(os.getpid()),
                }
                store.mkdir(parents=True, exist_ok=True)
                (store / "server.json").write_text(json.dumps(note) + "\n", encoding="utf-8")
                return
        time.sleep(0.05)


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
