"""What tests share: the release of the seeds, built once, and the folder of gold data."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def gold() -> Path:
    """The folder of gold data; tests that want it are skipped without it."""
    folder = os.environ.get("ONRECORD_GOLD")
    if not folder:
        pytest.skip("ONRECORD_GOLD names no folder of gold data")
    return Path(folder)


@pytest.fixture(scope="session")
def seeds_dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of releases with one: that of the seeds. Not to be written to."""
    from pipeline.build import build
    from pipeline.run import Job

    dist = tmp_path_factory.mktemp("seeds") / "dist"
    build(Job((str(ROOT / "seeds"),), dist), NOW)
    return dist


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with long tests first, so that no process is left alone with one at the end."""
    long = {item.path for item in items if any(item.get_closest_marker(name) for name in ("slow", "prefect", "server"))}
    items.sort(key=lambda item: item.path not in long)
