"""Unchanged: what the latest release was made from; a build from the very same knows at once that nothing changed.

Everything that could change a row counts: the records with their names and metadata, what was refused while reading,
the settings and the files that they name, the sources' rights, the package's own files, its libraries and models, and
the withdrawals. The record stands in the store beside past work; damaged or lost, it costs a build and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import platform
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.release.durable import replace
from pipeline.release.layout import Dist
from pipeline.release.manifest import MANIFEST
from pipeline.release.write import file_sha256

#: The record's file in the store.
FILE = "made_from.json"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a build starts from, but for the state of the folder of releases."""

    about: dict[str, Any]  #: the manifest's entries on package, libraries, models, inputs and configuration
    sources: dict[str, dict[str, Any]]  #: the sources' rights, as they are given
    gazetteers: tuple[str, ...]  #: files that the settings name
    rejects: str  #: what was refused while reading, as text
    include_text: bool

    def digest(self) -> str:
        """SHA-256 of all of it, and of the files named."""
        files = {name: file_sha256(Path(name)) for name in self.gazetteers if Path(name).is_file()}
        said = {
            "about": self.about,
            "python": platform.python_version(),
            "sources": self.sources,
            "gazetteers": files,
            "rejects": self.rejects,
            "include_text": self.include_text,
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def record(dist: Dist, digest: str, counts: dict[str, int]) -> None:
    """Note that the latest release is what a build from `digest` gives.

    Args:
        dist: the folder of releases, whose lock is held.
        digest: that of the build's `Origin`.
        counts: what the build counted.
    """
    found = {"made_from": digest, "state": _state(dist), "counts": counts}
    replace(dist.store / FILE, json.dumps(found, sort_keys=True) + "\n")


def counted(dist: Dist, digest: str) -> dict[str, int] | None:
    """What the build of the latest release counted, if it was made from `digest`; None where it was not.

    Args:
        dist: the folder of releases, whose lock is held.
        digest: that of the build's `Origin`.
    """
    try:
        found = json.loads((dist.store / FILE).read_text(encoding="utf-8"))
        if found["made_from"] != digest or found["state"] != _state(dist):
            return None
        return {str(name): int(value) for name, value in found["counts"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def _state(dist: Dist) -> dict[str, str | None]:
    """The latest release and the withdrawals, by their hashes."""
    latest = dist.latest()
    withdrawals = dist.root / "withdrawals.json"
    return {
        "latest": latest,
        "manifest": file_sha256(dist.release(latest) / MANIFEST) if latest else None,
        "withdrawals": file_sha256(withdrawals) if withdrawals.is_file() else None,
    }
