"""The journal: one line a run, kept beside the store, so that `onrecord status` can say how things stand."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.release.publish import Published
    from pipeline.run import Run

#: Lines kept: the oldest go first.
KEPT = 1_000
NAME = "runs.jsonl"


def note(store: Path, started: datetime, *, error: str | None = None, **found: Any) -> None:
    """Add a run to the journal: when it started and ended, what came of it, or why it failed."""
    entry = {
        "started": started.astimezone(UTC).isoformat(timespec="seconds"),
        "ended": datetime.now(UTC).isoformat(timespec="seconds"),
        "ok": error is None,
        "error": error,
        **found,
    }
    path = store / NAME
    store.mkdir(parents=True, exist_ok=True)
    lines = [*_lines(path)[-(KEPT - 1) :], json.dumps(entry, ensure_ascii=False)]
    beside = path.with_name(f".{NAME}")
    beside.write_text("\n".join(lines) + "\n", encoding="utf-8")
    beside.replace(path)


def summary(published: Published, run: Run) -> dict[str, Any]:
    """What came of a build: version, rows, counts and seconds."""
    return {
        "version": published.version,
        "path": str(published.path),
        "new": published.new,
        "rows": published.rows,
        "counts": dict(sorted(run.counts.items())),
        "seconds": {step: round(seconds, 3) for step, seconds in run.seconds.items()},
    }


@contextmanager
def serving(store: Path) -> Iterator[Callable[[str], None]]:
    """Keep on file, while scheduled builds are served, which process does it; gives what to call with the API's URL."""
    path = store / "serving.json"

    def told(url: str) -> None:
        store.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"process": os.getpid(), "api": url}) + "\n", encoding="utf-8")

    try:
        yield told
    finally:
        path.unlink(missing_ok=True)


def served(store: Path) -> str | None:
    """The URL of the API that scheduled builds are served from; None where nobody serves them."""
    try:
        found = json.loads((store / "serving.json").read_text(encoding="utf-8"))
        os.kill(int(found["process"]), 0)
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return str(found["api"])


def state(root: Path) -> dict[str, Any]:
    """How things stand in a folder of releases: runs, sizes of releases and store. `next_run` is left to the caller."""
    from pipeline.release.layout import Dist
    from pipeline.release.lock import HeldError, held
    from pipeline.store import entries

    dist = Dist(root)
    running = False
    if root.is_dir():
        try:
            with held(root):
                pass
        except HeldError:
            running = True
    # a file that several releases share is counted once
    files = {
        (found.st_dev, found.st_ino): found.st_size
        for version in dist.versions()
        for path in dist.release(version).rglob("*")
        if (found := path.stat()) and path.is_file()
    }
    stored = [path.stat().st_size for path in entries(dist.store)]
    done = runs(dist.store)
    return {
        "last_run": done[-1] if done else None,
        "running": running,
        "releases": len(dist.versions()),
        "latest": dist.latest(),
        "release_bytes": sum(files.values()),
        "store_entries": len(stored),
        "store_bytes": sum(stored),
    }


def runs(store: Path) -> list[dict[str, Any]]:
    """The runs in the journal, oldest first; a line that cannot be read is left out."""
    found = []
    for line in _lines(store / NAME):
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict):
            found.append(entry)
    return found


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []
