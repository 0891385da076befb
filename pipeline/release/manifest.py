"""Manifest: what a release says of itself, written last: descriptions, `manifest.json`, `CHECKSUMS`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.release.durable import sync
from pipeline.release.write import file_sha256

MANIFEST = "manifest.json"
CHECKSUMS = "CHECKSUMS"


def manifest_text(manifest: dict[str, Any]) -> str:
    """The text of `manifest.json`."""
    return json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"


def finish(staging: Path, manifest: dict[str, Any]) -> None:
    """Complete a folder whose tables and changes are written, and make sure that it is on the disk."""
    from pipeline.release.describe import describe

    describe(staging, manifest)
    (staging / MANIFEST).write_text(manifest_text(manifest), encoding="utf-8", newline="\n")
    listed = {file["path"]: file["sha256"] for file in listed_files(manifest)}
    lines = []
    for path in sorted(staging.rglob("*")):
        if path.is_file() and path != staging / CHECKSUMS:
            name = path.relative_to(staging).as_posix()
            lines.append((name, listed.get(name) or file_sha256(path)))
    sums = "".join(f"{digest}  {name}\n" for name, digest in sorted(lines))
    (staging / CHECKSUMS).write_text(sums, encoding="utf-8", newline="\n")
    sync(staging)


def listed_files(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    """Every file that a manifest lists: those of tables, then those of changes."""
    found: list[dict[str, Any]] = []
    for kind in ("tables", "changes"):
        for table in manifest.get(kind, {}).values():
            found += table["files"]
    return found


def read_checksums(folder: Path) -> dict[str, str]:
    """File name to SHA-256, as `CHECKSUMS` lists them.

    Raises:
        ValueError: a line is none of `HASH  NAME`.
    """
    found = {}
    for line in (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines():
        digest, separator, name = line.partition("  ")
        if not separator or len(digest) != 64:
            raise ValueError(f"line {line[:80]!r} is not HASH  NAME")
        found[name] = digest
    return found
