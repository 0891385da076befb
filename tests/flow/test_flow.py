"""The flow: the same release as the plain path, with artifacts, on Prefect's own test server (the one harness)."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import NOW, ROOT

pytestmark = [pytest.mark.prefect, pytest.mark.slow]


@pytest.fixture(scope="module")
def harness(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    os.environ["PREFECT_HOME"] = str(tmp_path_factory.mktemp("prefect"))
    from prefect.testing.utilities import prefect_test_harness

    import pipeline.flow

    assert pipeline.flow.RETRIES
    with prefect_test_harness(server_startup_timeout=120):
        yield


def artifacts() -> dict[str, str]:
    from prefect.client.orchestration import get_client

    async def read() -> dict[str, str]:
        async with get_client() as client:
            return {str(artifact.key): str(artifact.data) for artifact in await client.read_artifacts()}

    return asyncio.run(read())


def test_flow_publishes_what_the_plain_path_publishes(harness: None, seeds_dist: Path, tmp_path: Path) -> None:
    from pipeline.flow import build
    from pipeline.run import Job

    published, run = build(Job((str(ROOT / "seeds"),), tmp_path), NOW)
    assert published.new
    for path in sorted((seeds_dist / published.version).glob("*.parquet")):
        assert (published.path / path.name).read_bytes() == path.read_bytes(), path.name
    assert run.counts["extracted"] == sum(published.rows.values())
    found = artifacts()
    assert '"quotes"' in found["onrecord-rows"]
    assert "annotate" in found["onrecord-build"]


def test_nothing_new_and_a_shard_tried_again(
    harness: None, seeds_dist: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline import flow
    from pipeline.run import Job

    dist = tmp_path / "dist"
    shutil.copytree(seeds_dist, dist, ignore=shutil.ignore_patterns(".store"))
    calls = []
    process = flow.process

    def failing_once(shard: object) -> object:
        calls.append(shard)
        if len(calls) == 1:
            raise OSError("a passing fault")
        return process(shard)  # type: ignore[arg-type]

    monkeypatch.setattr(flow, "process", failing_once)
    published, _ = flow.build(Job((str(ROOT / "seeds"),), dist), NOW)
    assert not published.new
    assert len(calls) == 2


def test_prefect_is_imported_by_the_flow_alone() -> None:
    importing = [
        path.relative_to(ROOT).as_posix()
        for path in sorted([*(ROOT / "pipeline").rglob("*.py"), *(ROOT / "schemas").rglob("*.py")])
        if any(line.startswith(("import prefect", "from prefect")) for line in path.read_text().splitlines())
    ]
    assert importing == ["pipeline/flow.py"]


def test_a_failed_build_says_why_in_an_artifact_and_keeps_the_last_release(
    harness: None, seeds_dist: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline import flow, journal
    from pipeline.errors import OnrecordError

    dist, told = tmp_path / "dist", tmp_path / "alert"
    shutil.copytree(seeds_dist, dist, ignore=shutil.ignore_patterns(".store"))
    (tmp_path / "onrecord.toml").write_text(f"[work]\nalert = 'echo \"$ONRECORD_ALERT\" > {told}'\n")

    def failing(_shard: object) -> object:
        raise OnrecordError("the shard cannot be done")

    monkeypatch.setattr(flow, "process", failing)
    with pytest.raises(OnrecordError):
        flow.nightly([str(ROOT / "seeds")], str(dist), config=str(tmp_path / "onrecord.toml"))
    assert "the shard cannot be done" in artifacts()["onrecord-failure"]
    assert told.read_text() == "the shard cannot be done\n"
    assert not journal.runs(dist / ".store")[-1]["ok"]
    assert (dist / "latest").read_text() == (seeds_dist / "latest").read_text()
