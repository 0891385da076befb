"""The layout of a folder of releases.

    dist/index.json             every release, newest first
    dist/latest                 one line: the newest version
    dist/2026.11.22/            one release, complete by itself
    dist/withdrawals.json       what was withdrawn and why, by ids and hashes, without the content
    dist/.store/                the store of past work and the work folders of runs; never part of a release
    dist/.lock                  held by the one build that may write

A release folder is filled under a name that starts with a dot and renamed when it is whole, so that every
folder with a version's name is a whole release. The index and `latest` are written after that, by
replacement; whatever a kill leaves behind is put right by the next writer (`recover.recover`).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.errors import OnrecordError

_VERSION = re.compile(r"\d{4}\.\d{2}\.\d{2}(?:\.\d{1,9})?")


class ReleaseError(OnrecordError):
    """Something about releases is wrong; the message is one line that says what to do."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release: its folder, and what its manifest says."""

    folder: Path
    manifest: dict[str, Any]

    @property
    def version(self) -> str:
        """The release's version."""
        return str(self.manifest["version"])

    def listed(self, table: str) -> list[dict[str, Any]]:
        """The files of a table as the manifest lists them: path, rows, bytes, sha256."""
        found: list[dict[str, Any]] = self.manifest["tables"].get(table, {}).get("files", [])
        return found

    def paths(self, table: str) -> list[Path]:
        """The files of a table."""
        return [self.folder / file["path"] for file in self.listed(table)]


def opened(folder: Path) -> Release:
    """The release in a folder, wherever that is.

    Raises:
        ReleaseError: the folder holds no release, or its manifest cannot be read.
    """
    path = folder / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ReleaseError(f"{folder} is no release: there is no manifest.json in it") from error
    except (OSError, ValueError, RecursionError) as error:
        raise ReleaseError(f"{path} cannot be read: {error}") from error
    if not isinstance(manifest, dict) or not is_version(str(manifest.get("version"))):
        raise ReleaseError(f"{path} is no manifest of a release")
    wrong = malformed(manifest)
    if wrong:
        raise ReleaseError(f"{path}: {wrong}")
    return Release(folder, manifest)


def malformed(manifest: dict[str, Any]) -> str | None:
    """What keeps a manifest from being read, if anything: an entry is missing, or a file lies outside the release."""
    if not isinstance(manifest.get("tables"), dict):
        return "it does not list the tables"
    try:
        for name, table in manifest["tables"].items():
            int(table["rows"]), str(table["content_sha256"]), dict(table["columns"])
            changes = (manifest.get("changes") or {}).get(name, {})
            if not set(changes.get("parts", ())) <= {file["path"] for file in table["files"]}:
                return f"the changes of {name} name a part that the table does not have"
        for listed in (manifest["tables"], manifest.get("changes") or {}):
            for file in (file for table in listed.values() for file in table["files"]):
                path = PurePosixPath(file["path"])
                if path.is_absolute() or ".." in path.parts:
                    return f"it lists a file outside the release: {file['path']}"
                int(file["rows"]), int(file["bytes"]), str(file["sha256"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return f"an entry is not as it must be: {type(error).__name__}: {error}"
    return None


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

    def opened(self, version: str) -> Release:
        """A release with its manifest."""
        return opened(self.release(version))

    def table(self, version: str, table: str) -> Path:
        """The Parquet file of a table, or the pattern (`TABLE/*.parquet`) that names its parts."""
        single = self.release(version) / f"{table}.parquet"
        return single if single.is_file() else self.release(version) / table / "*.parquet"

    def manifest(self, version: str) -> dict[str, Any]:
        """The manifest of a release."""
        return self.opened(version).manifest


def is_version(name: str) -> bool:
    """Whether a name is that of a release folder."""
    return bool(_VERSION.fullmatch(name))


def version_order(version: str) -> tuple[int, ...]:
    """What versions are sorted by."""
    return tuple(int(part) for part in version.split("."))


def next_version(now: datetime, existing: list[str]) -> str:
    """The UTC date, with `.1`, `.2` behind it where that day has a release already; never older than the newest."""
    day = now.strftime("%Y.%m.%d")
    newest = max(existing, key=version_order, default=day)
    if version_order(newest)[:3] > version_order(day):
        day = ".".join(newest.split(".")[:3])
    if not any(version == day or version.startswith(f"{day}.") for version in existing):
        return day
    numbers = [version_order(version)[3] for version in existing if version.startswith(f"{day}.")]
    return f"{day}.{max(numbers, default=0) + 1}"


def check_version(version: str, existing: list[str]) -> None:
    """Check that a release may be called so.

    Raises:
        ReleaseError: it is no version, is there already, or is older than the newest release.
    """
    if not is_version(version):
        raise ReleaseError(f"{version!r} is no version: give one such as 2026.11.22 or 2026.11.22.1")
    if version in existing:
        raise ReleaseError(f"release {version} is there already: give another --version")
    newest = max(existing, key=version_order, default=version)
    if version_order(version) < version_order(newest):
        raise ReleaseError(f"release {newest} is newer than {version}: give a --version after it")
