"""Update: a copy brought forward by changes equals the newest release byte for byte, or stays as it was."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.release.layout import Dist, ReleaseError
from pipeline.release.update import update
from pipeline.release.withdraw import withdraw
from tests.release.made import minted, release, rows

VERSIONS = ("2026.01.01", "2026.01.02", "2026.01.03")


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tmp_path = tmp_path_factory.mktemp("update")
    for number, version in enumerate(VERSIONS):
        made = rows(range(number, 8 + 2 * number))
        made["claims"][0]["confidence"] = number / 8
        release(tmp_path / "dist", made, version, tmp_path / "scratch")
    return tmp_path / "dist"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("version", VERSIONS[:2])
def test_a_copy_becomes_the_newest_release(three: Path, tmp_path: Path, version: str) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(three / version, copy)
    found = update(copy, Dist(three))
    assert (found.before, found.after, found.whole) == (version, VERSIONS[2], ())
    assert found.steps == len(VERSIONS) - 1 - VERSIONS.index(version)
    assert contents(copy) == contents(three / VERSIONS[2])
    assert update(copy, Dist(three)).steps == 0
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]


def test_the_changes_are_enough(three: Path, tmp_path: Path) -> None:
    dist, copy = tmp_path / "dist", tmp_path / "copy"
    shutil.copytree(three, dist)
    shutil.copytree(three / VERSIONS[0], copy)
    for version in VERSIONS[1:]:
        for file in (path for path in (dist / version).glob("*.parquet")):
            file.unlink()
    assert update(copy, Dist(dist)).whole == ()
    assert contents(copy) == contents(three / VERSIONS[2])


def test_an_edited_copy_is_put_right(three: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(three / VERSIONS[0], copy)
    shutil.copyfile(three / VERSIONS[2] / "quotes.parquet", copy / "quotes.parquet")
    assert update(copy, Dist(three)).whole == ("quotes",)
    assert contents(copy) == contents(three / VERSIONS[2])


def test_what_was_withdrawn_since_goes(three: Path, tmp_path: Path) -> None:
    dist, copy = tmp_path / "dist", tmp_path / "copy"
    shutil.copytree(three, dist)
    shutil.copytree(three / VERSIONS[0], copy)
    withdraw(Dist(dist), minted("a", 4), "a test")
    update(copy, Dist(dist))
    assert contents(copy) == contents(dist / VERSIONS[2])


def test_refusals_leave_the_copy_alone(three: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    with pytest.raises(ReleaseError, match="is no release"):
        update(copy, Dist(three))
    with pytest.raises(ReleaseError, match="is the newest release itself"):
        update(three / VERSIONS[2], Dist(three))
    shutil.rmtree(copy)
    shutil.copytree(three / VERSIONS[0], copy)
    dist = tmp_path / "dist"
    shutil.copytree(three, dist)
    (dist / VERSIONS[2] / "sources.parquet").write_bytes(b"damaged")
    (dist / VERSIONS[2] / "views.sql").write_text("damaged")
    before = contents(copy)
    with pytest.raises(ReleaseError, match=r"was not updated: views\.sql"):
        update(copy, Dist(dist))
    assert contents(copy) == before
