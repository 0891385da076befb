"""Publishing: nothing new publishes nothing, impossible versions are refused, footers and index say what is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.build import build
from pipeline.release import parts
from pipeline.release.layout import Dist, ReleaseError, check_version, next_version
from pipeline.release.recover import recover
from pipeline.release.verify import verify
from pipeline.run import Job
from tests.conftest import NOW, ROOT
from tests.release.made import release, rows

VERSION = "2026.01.01"


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tmp_path = tmp_path_factory.mktemp("one")
    release(tmp_path / "dist", rows(range(6)), VERSION, tmp_path / "scratch")
    return tmp_path / "dist"


def test_nothing_new_publishes_nothing_unless_forced(one: Path, tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    shutil.copytree(one, dist)
    again = release(dist, rows(range(6)), "2026.01.02", tmp_path / "scratch")
    assert (again.new, again.version) == (False, VERSION)
    forced = release(dist, rows(range(6)), "2026.01.03", tmp_path / "scratch", force=True)
    assert (forced.new, forced.version) == (True, "2026.01.03")
    assert verify(Dist(dist), "2026.01.03") == []


@pytest.mark.parametrize(
    ("version", "says"),
    [(VERSION, "is there already"), ("2025.12.31", "is newer than"), ("../x", "is no version"),
     ("1.0", "is no version"), ("2026.01.01\n", "is no version")],
)  # fmt: skip
def test_versions_that_cannot_be_had(one: Path, version: str, says: str) -> None:
    with pytest.raises(ReleaseError, match=says):
        check_version(version, Dist(one).versions())


def test_a_version_that_is_there_is_refused_before_the_work(one: Path) -> None:
    with pytest.raises(ReleaseError, match="is there already: give another --version"):
        build(Job((str(ROOT / "seeds"),), one, version=VERSION), NOW)


def test_the_next_version_is_never_older() -> None:
    assert next_version(NOW, []) == "2026.11.22"
    assert next_version(NOW, ["2026.11.22", "2026.11.22.9", "2026.11.22.10"]) == "2026.11.22.11"
    assert next_version(NOW, ["2027.01.01"]) == "2027.01.01.1"


def test_footers_of_shared_files_hold_no_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LARGEST_SINGLE", {"mentions": 20})
    release(tmp_path / "dist", rows(range(12), months=200), VERSION, tmp_path / "scratch")
    found = Dist(tmp_path / "dist").opened(VERSION)
    for table, versioned in (("mentions", False), ("quotes", True)):
        for path in found.paths(table):
            keys = {key.decode(): value.decode() for key, value in pq.read_schema(path).metadata.items()}
            assert keys["dataset"] == "onrecord"
            assert keys["table"] == table
            assert keys["licence"] and keys["citation"] and keys["schema_version"]
            assert ("version" in keys) == versioned


def test_the_index_is_put_right_and_leftovers_go(one: Path, tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    shutil.copytree(one, dist)
    (dist / "latest").write_text("2020.01.01\n")
    (dist / "index.json").unlink()
    (dist / ".staging-2026.02.01").mkdir()
    (dist / ".anew-2026.01.01").mkdir()
    recover(Dist(dist))
    assert (dist / "latest").read_text() == f"{VERSION}\n"
    index = json.loads((dist / "index.json").read_text())
    assert [entry["version"] for entry in index["releases"]] == [VERSION]
    assert not list(dist.glob(".[sa]*-*"))
