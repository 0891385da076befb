"""Withdrawals: the tombstones in `withdrawals.json`, which say what may not come back, without its content."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.release.durable import replace
from pipeline.release.layout import Dist, ReleaseError, version_order

FILE = "withdrawals.json"


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A withdrawn article: its id, why, the hashes that a raw file is known by, and the releases it was in."""

    article_id: str
    reason: str
    raw_sha256: tuple[str, ...]
    text_sha256: tuple[str, ...]
    first_release: str
    last_release: str


def tombstones(dist: Dist) -> list[Tombstone]:
    """Every tombstone, in the order of the article ids."""
    return read(dist.root / FILE)


def read(path: Path) -> list[Tombstone]:
    """The tombstones of a file; none where there is no file.

    Raises:
        ReleaseError: the file cannot be read. Nothing may be published then, for what was withdrawn could come back.
    """
    if not path.is_file():
        return []
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["withdrawals"]
        found = [
            Tombstone(**{**entry, "raw_sha256": tuple(entry["raw_sha256"]), "text_sha256": tuple(entry["text_sha256"])})
            for entry in entries
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReleaseError(f"{path} cannot be read, so nothing is published: {error}") from error
    return sorted(found, key=lambda tombstone: tombstone.article_id)


def bury(dist: Dist, tombstone: Tombstone) -> None:
    """Add a tombstone; an article that has one gets the hashes of both."""
    found = {one.article_id: one for one in tombstones(dist)}
    old = found.get(tombstone.article_id)
    if old:
        tombstone = Tombstone(
            tombstone.article_id,
            tombstone.reason,
            tuple(sorted({*old.raw_sha256, *tombstone.raw_sha256})),
            tuple(sorted({*old.text_sha256, *tombstone.text_sha256})),
            min(old.first_release, tombstone.first_release, key=version_order),
            max(old.last_release, tombstone.last_release, key=version_order),
        )
    found[tombstone.article_id] = tombstone
    listed = [asdict(found[article]) for article in sorted(found)]
    replace(dist.root / FILE, json.dumps({"withdrawals": listed}, indent=1, ensure_ascii=False) + "\n")
