"""The release that stands in `dist/` is the one that the seeds give, row for row, and it holds every check."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

from pipeline.release.layout import Dist
from schemas import TABLES
from tests.conftest import ROOT


def test_committed_release_is_what_the_seeds_give(seeds_dist: Path) -> None:
    committed, made = Dist(ROOT / "dist"), Dist(seeds_dist)
    assert len(committed.versions()) == 1
    old, new = committed.manifest(committed.versions()[0]), made.manifest(made.versions()[0])
    for table in TABLES:
        assert old["tables"][table]["rows"] == new["tables"][table]["rows"], table
        assert old["tables"][table]["content_sha256"] == new["tables"][table]["content_sha256"], table


def test_committed_release_has_the_same_bytes(seeds_dist: Path) -> None:
    committed = Dist(ROOT / "dist")
    version = committed.versions()[0]
    if committed.manifest(version)["machine"] != platform.machine() or not (seeds_dist / version).is_dir():
        return  # on another kind of processor, or another day's version, the rows alone must agree
    for path in sorted((ROOT / "dist" / version).rglob("*.parquet")):
        relative = path.relative_to(ROOT / "dist")
        assert path.read_bytes() == (seeds_dist / relative).read_bytes(), relative


def test_committed_release_verifies() -> None:
    words = [sys.executable, "-m", "pipeline", "verify", "--dist", str(ROOT / "dist")]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
