"""What a build refuses: one clear line on stderr, exit code 1, and nothing harmed."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from pipeline.build import build
from pipeline.errors import OnrecordError
from pipeline.release.layout import ReleaseError
from pipeline.release.lock import writing
from pipeline.run import Job
from tests.conftest import NOW, ROOT


def onrecord(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *words], cwd=ROOT, capture_output=True, text=True, timeout=200
    )


def test_two_builds_at_once(tmp_path: Path) -> None:
    with writing(tmp_path), pytest.raises(ReleaseError, match="another build is writing"):
        build(Job((str(ROOT / "seeds"),), tmp_path), NOW)


def test_the_lock_goes_with_its_holder(tmp_path: Path) -> None:
    held = threading.Event()
    with writing(tmp_path):
        held.set()
    with writing(tmp_path):
        assert held.is_set()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("build", "--direct", "no/such/folder"), "there is nothing at no/such/folder"),
        (("build", "--direct", "--dist", "README.md"), "cannot write releases to README.md"),
        (("query", "select 1", "--dist", "no/such/dist"), "there is no release in no/such/dist"),
        (("build", "--direct", "--runner", "cloud"), "there is no runner 'cloud'"),
    ],
)
def test_one_clear_line(words: tuple[str, ...], says: str, tmp_path: Path) -> None:
    if words[0] == "build" and "--dist" not in words:
        words = (*words, "--dist", str(tmp_path))
    done = onrecord(*words)
    assert done.returncode == 1
    assert says in done.stderr
    assert len([line for line in done.stderr.splitlines() if line.startswith("onrecord: ")]) == 1
    assert "Traceback" not in done.stderr


def test_wrong_usage_is_2() -> None:
    assert onrecord("build", "--nonsense").returncode == 2
    assert onrecord("nonsense").returncode == 2


def test_a_folder_without_files_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    with pytest.raises(OnrecordError, match="nothing to read in "):
        build(Job((str(tmp_path / "raw"),), tmp_path / "dist"), NOW)
    assert not list((tmp_path / "dist").glob("[0-9]*"))


def test_folder_without_anything_readable_is_a_release_of_rejects(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "empty.txt").write_bytes(b"")
    (raw / "binary.txt").write_bytes(bytes(range(256)) * 40)
    published, _ = build(Job((str(raw),), tmp_path / "dist"), NOW)
    assert {table: n for table, n in published.rows.items() if n} == {"rejects": 2}
    assert build(Job((str(raw),), tmp_path / "dist"), NOW)[0].version == published.version


def test_what_cannot_be_read_is_rejected_and_the_rest_is_published(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "empty.txt").write_bytes(b"")
    (raw / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (raw / "a name with spaces\nand a line break.txt").write_text("The mayor said on Monday that the bridge is safe.\n")
    (raw / "latin.txt").write_bytes("The caf\xe9 is open, the owner said.\n".encode("latin-1"))
    (raw / "once.txt").write_text("The ferry is late, the captain said on Friday.\n")
    (raw / "twice.txt").write_text("The ferry is late, the captain said on Friday.\n")
    published, run = build(Job((str(raw),), tmp_path / "dist"), NOW)
    assert published.rows["articles"] == 3
    assert published.rows["rejects"] == 3
    assert run.counts["extracted"] == sum(published.rows.values())
