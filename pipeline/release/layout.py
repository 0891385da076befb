"""The layout of a folder of releases.

    dist/index.json             every release, newest first
    dist/latest                 one line: the newest version
    dist/2026.11.22/            one release, complete by itself
    dist/.store/                the store of past work and the work folders of runs; never part of a release
    dist/.lock                  held by the one build that may write

A release folder is filled under a name that starts with a dot and renamed when it is whole, so that every
folder with a version's name is a whole release. The index and `latest` are written after that, by
replacement; whatever a kill leaves behind is put right by the next writer (`publish.recover`).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.errors import OnrecordError

_VERSION = re.compile(r"^\d{4}\.\d{2}\.\d{2}(?:\.\d+)?$")


class ReleaseError(OnrecordError):
    """Something about releases is wrong; the message is one line that says what to do."""


@dataclass(frozen=True, slots=True)
class Dist:
    """A folder of releases."""

    root: Path

    @property
    def store(self) -> Path:
        """The store of past work and of runs."""
        return self.root / ".store"

    def release(self, version: str) -> Path:
        """The folder of a release."""
        return self.root / version

    def versions(self) -> list[str]:
        """The versions whose folders are there, newest first."""
        if not self.root.is_dir():
            return []
        found = [
            path.name for path in self.root.iterdir() if is_version(path.name) and (path / "manifest.json").is_file()
        ]
        return sorted(found, key=version_order, reverse=True)

    def latest(self) -> str | None:
        """The newest version, or None where there is no release yet."""
        versions = self.versions()
        return versions[0] if versions else None

    def find(self, version: str | None) -> str:
        """The version asked for, the newest one for None.

        Raises:
            ReleaseError: there is no such release.
        """
        versions = self.versions()
        if not versions:
            raise ReleaseError(f"there is no release in {self.root}: make one with onrecord build --dist {self.root}")
        if version is None or version == "latest":
            return versions[0]
        if version not in versions:
            raise ReleaseError(f"there is no release {version} in {self.root}; there are {', '.join(versions[:5])}")
        return version

    def manifest(self, version: str) -> dict[str, Any]:
        """The manifest of a release."""
        found: dict[str, Any] = json.loads((self.release(version) / "manifest.json").read_text(encoding="utf-8"))
        return found


def is_version(name: str) -> bool:
    """Whether a name is that of a release folder."""
    return bool(_VERSION.match(name))


def version_order(version: str) -> tuple[int, ...]:
    """What versions are sorted by."""
    return tuple(int(part) for part in version.split("."))


def next_version(now: datetime, existing: list[str]) -> str:
    """The UTC date, with `.1`, `.2` behind it where that day has a release already."""
    day = now.strftime("%Y.%m.%d")
    if day not in existing:
        return day
    number = 1
    while f"{day}.{number}" in existing:
        number += 1
    return f"{day}.{number}"
