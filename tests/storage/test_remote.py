"""Releases on object storage: an S3 server on loopback, a mirror here, and never half a release for readers."""

from __future__ import annotations

import json
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.build import build
from pipeline.configuration import Configuration
from pipeline.release import remote
from pipeline.release.layout import Dist, ReleaseError
from pipeline.release.lock import writing
from pipeline.run import Job
from tests.conftest import NOW, ROOT
from tests.operations.processes import free_port, running, until


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder behind a URL, and a cache of one's own."""
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path / "cache"))
    return (tmp_path / "storage").as_uri()


def release(root: Path, version: str, text: str) -> None:
    """A release as far as storage cares: a manifest that names nothing, and a file."""
    folder = root / version
    folder.mkdir(parents=True)
    (folder / "quotes.parquet").write_text(text)
    manifest = {"version": version, "schema_version": "1", "previous": None, "tables": {}, "files": {}}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    listed = [
        {"version": name, "manifest_sha256": remote.file_sha256(root / name / "manifest.json")}
        for name in Dist(root).versions()
    ]
    (root / "index.json").write_text(json.dumps({"releases": listed}))
    (root / "latest").write_text(version + "\n")


def test_a_folder_is_its_own_place() -> None:
    assert remote.place("some/dist") == Path("some/dist")
    assert remote.remote_of(Path("some/dist")) is None


def test_what_one_writes_another_reads(url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    root = remote.place(url)
    with writing(root):
        release(root, "2026.11.22", "one")
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path / "elsewhere"))
    there = remote.place(url)
    assert there != root
    remote.refresh(there)
    assert Dist(there).versions() == ["2026.11.22"]
    assert (there / "2026.11.22" / "quotes.parquet").read_text() == "one"
    assert (there / "latest").read_text() == "2026.11.22\n"
    assert not (tmp_path / "storage" / ".lock").exists()


def test_a_writer_that_fails_sends_nothing_and_what_it_left_goes(url: str, tmp_path: Path) -> None:
    root = remote.place(url)
    with writing(root):
        release(root, "2026.11.22", "one")
    with pytest.raises(KeyError), writing(root):
        release(root, "2026.11.23", "two")
        raise KeyError
    assert not (tmp_path / "storage" / "2026.11.23").exists()
    with writing(root):
        assert Dist(root).versions() == ["2026.11.22"]


def test_latest_goes_last(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from fsspec.implementations.local import LocalFileSystem

    sent: list[str] = []
    put, pipe = LocalFileSystem.put_file, LocalFileSystem.pipe_file

    def seen_put(self: Any, here: str, there: str, **more: Any) -> Any:
        sent.append(there.rpartition("/")[2])
        return put(self, here, there, **more)

    def seen_pipe(self: Any, there: str, value: bytes, **more: Any) -> Any:
        sent.append(there.rpartition("/")[2])
        return pipe(self, there, value, **more)

    monkeypatch.setattr(LocalFileSystem, "put_file", seen_put)
    monkeypatch.setattr(LocalFileSystem, "pipe_file", seen_pipe)
    root = remote.place(url)
    with writing(root):
        release(root, "2026.11.22", "one")
    assert [name for name in sent if name != ".lock"] == ["quotes.parquet", "manifest.json", "index.json", "latest"]


def test_one_writer_at_a_time_until_its_lease_runs_out(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = remote.place(url)
    with writing(root):
        monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path / "elsewhere"))
        with pytest.raises(ReleaseError, match="another build is writing to file"), writing(remote.place(url)):
            raise AssertionError
    lock = tmp_path / "storage" / ".lock"
    lock.write_text(json.dumps({"token": "of a build that was killed", "holder": "there", "until": 0}))
    monkeypatch.setattr(remote, "SETTLED", 0.0)
    with writing(root):
        assert "of a build" not in lock.read_text()
    assert not lock.exists()


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bucket of moto's S3 server on loopback."""
    pytest.importorskip("s3fs")
    pytest.importorskip("moto.server")
    port = free_port()
    endpoint = f"http://127.0.0.1:{port}"
    for name, value in (
        ("AWS_ENDPOINT_URL", endpoint), ("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_DEFAULT_REGION", "us-east-1"), ("ONRECORD_CACHE", str(tmp_path / "cache")),
    ):  # fmt: skip
        monkeypatch.setenv(name, value)
    words = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with running(words, tmp_path / "moto.log"):

        def made() -> bool:
            try:
                request = urllib.request.Request(f"{endpoint}/news", method="PUT")
                with urllib.request.urlopen(request, timeout=5) as answer:
                    return bool(answer.status == 200)
            except OSError:
                return False

        until(made, 60, "the S3 server answers", tmp_path / "moto.log")
        yield "s3://news"


@pytest.mark.server
@pytest.mark.slow
def test_raw_news_and_releases_in_a_bucket(
    bucket: str, seeds_dist: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fsspec

    system, _ = fsspec.core.url_to_fs(bucket)
    for path in sorted((ROOT / "seeds").iterdir()):
        if path.is_file():
            system.put_file(str(path), f"news/raw/{path.name}")
    settings = Configuration(sources=str(ROOT / "seeds" / "sources.csv"))
    job = Job((f"{bucket}/raw",), remote.place(f"{bucket}/dist"), configuration=settings)
    published, _ = build(job, NOW)
    assert published.new
    for path in sorted((seeds_dist / published.version).glob("*.parquet")):
        assert system.cat_file(f"news/dist/{published.version}/{path.name}") == path.read_bytes(), path.name
    assert system.cat_file("news/dist/latest").decode().strip() == published.version
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path / "another machine"))
    again, _ = build(replace(job, dist=remote.place(f"{bucket}/dist")), NOW)
    assert not again.new
    # a conditional put: a second writer is refused by the storage itself
    with writing(job.dist):
        found = remote.remote_of(job.dist)
        assert found
        with pytest.raises(FileExistsError):
            found.system.pipe_file(found.name(".lock"), b"{}", mode="create")
