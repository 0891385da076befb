"""The same bytes from the same rows, whatever the machine's locale and time zone, and however the rows lie in files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from pipeline.link.parts import Parts
from pipeline.release import parts
from pipeline.release.layout import Dist
from pipeline.release.publish import publish
from schemas import TABLES
from tests.conftest import ROOT
from tests.release.made import ABOUT, Rows, rows, write

VERSION = "2026.01.01"
SCRIPT = """
import locale, sys, time
from pathlib import Path
from pipeline.link.parts import Parts
from pipeline.release import parts
from pipeline.release.layout import Dist
from pipeline.release.publish import publish
from tests.release.made import ABOUT
locale.setlocale(locale.LC_ALL, "")
time.tzset()
parts.LARGEST_SINGLE = {"mentions": 20, "claims": 20}
dist, final, work = (Path(word) for word in sys.argv[1:])
publish(Dist(dist), final, Parts(work), "2026.01.01", ABOUT, include_text=True)
"""


@pytest.fixture(scope="module")
def made() -> Rows:
    return rows(range(24), months=100)


def contents(dist: Path) -> dict[str, bytes]:
    folder = dist / VERSION
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def expected(made: Rows, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    tmp_path = tmp_path_factory.mktemp("expected")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "LARGEST_SINGLE", {"mentions": 20, "claims": 20})
        final = write(tmp_path / "final", made)
        publish(Dist(tmp_path / "dist"), final, Parts(tmp_path / "work"), VERSION, ABOUT, include_text=True)
    return contents(tmp_path / "dist")


@pytest.mark.parametrize(("zone", "locale"), [("Pacific/Kiritimati", "C"), ("America/St_Johns", "C.UTF-8")])
def test_time_zone_and_locale(made: Rows, expected: dict[str, bytes], tmp_path: Path, zone: str, locale: str) -> None:
    final = write(tmp_path / "final", made)
    environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": "17"}
    words = [str(tmp_path / name) for name in ("dist", "final", "work")]
    assert final == tmp_path / "final"
    subprocess.run([sys.executable, "-c", SCRIPT, *words], cwd=ROOT, env=environment, check=True, timeout=120)
    found = contents(tmp_path / "dist")
    assert sorted(found) == sorted(expected)
    assert [name for name in expected if found[name] != expected[name]] == []


def test_order_and_sharding_of_the_rows(
    made: Rows, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "LARGEST_SINGLE", {"mentions": 20, "claims": 20})
    for table, model in TABLES.items():
        frame = model.frame(made[table]).reverse()
        half = frame.height // 3
        (tmp_path / "final" / table).mkdir(parents=True)
        for number, shard in enumerate((frame[:half], frame[half:])):
            shard.write_parquet(tmp_path / "final" / table / f"{number}.parquet")
    publish(Dist(tmp_path / "dist"), tmp_path / "final", Parts(tmp_path / "w"), VERSION, ABOUT, include_text=True)
    assert contents(tmp_path / "dist") == expected


def test_every_part_is_sorted(expected: dict[str, bytes]) -> None:
    for name, data in expected.items():
        table = name.split("/")[0].removesuffix(".parquet")
        if name.endswith(".parquet") and table in TABLES:
            frame = pl.read_parquet(data)
            assert frame.equals(frame.sort(TABLES[table].order(), nulls_last=True)), name
