"""Past work: what is kept whole comes back byte for byte, what is damaged is made again, what changed is seen."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import kept, unchanged
from pipeline.build import build
from pipeline.ingest.records import Given, RawRecord
from pipeline.ingest.shards import gather, records
from pipeline.release.layout import Dist
from pipeline.run import Job
from pipeline.store import entries, keep_only
from tests.conftest import NOW

TEXT = "Ferry back in service\n\nThe ferry is running again, the port said. “We are glad,” said Ada Holt.\n"


def named(count: int) -> list[RawRecord]:
    """Raw records with a name and a payload each."""
    return [RawRecord(f"news/{number}.txt", f"Text {number}".encode(), "text/plain") for number in range(count)]


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file, by its name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_parts_come_back_whole(tmp_path: Path) -> None:
    parts = tmp_path / "parts"
    parts.mkdir()
    (parts / "quotes.parquet").write_bytes(b"\x00\xffparquet")
    (parts / "claims.parquet").write_bytes(b"")
    before = contents(parts)
    kept.keep(tmp_path / "store", "ab" * 32, parts, 3, 200, 1, {"quotes": 2})
    found = kept.restore(tmp_path / "store", "ab" * 32, tmp_path / "again")
    assert found is not None
    assert (found.articles, found.words, found.rejects, found.rows) == (3, 200, 1, {"quotes": 2})
    assert contents(tmp_path / "again") == before
    assert kept.restore(tmp_path / "store", "cd" * 32, tmp_path / "none") is None
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("damage", [b"", b"not zstd"])
def test_damaged_shard_is_none(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "parts").mkdir()
    kept.keep(tmp_path, "ab" * 32, tmp_path / "parts", 1, 1, 0, {})
    [entry] = entries(tmp_path, kept.KIND)
    entry.write_bytes(damage)
    assert kept.restore(tmp_path, "ab" * 32, tmp_path / "again") is None


def test_name_of_a_part_leads_nowhere_else(tmp_path: Path) -> None:
    shelf = kept.Shelf(tmp_path, kept.KIND, kept.Kept)
    shelf.put("ab" * 32, kept.Kept({"../../escaped": b""}, 1, 1, 0, {}))
    assert kept.restore(tmp_path, "ab" * 32, tmp_path / "deep" / "parts") is None
    assert not list(tmp_path.rglob("escaped*"))


def test_only_shards_of_the_run_are_kept(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    for name in ("ab" * 32, "cd" * 32):
        kept.keep(tmp_path, name, tmp_path / "parts", 1, 1, 0, {})
    keep_only(tmp_path, kept.KIND, ["cd" * 32])
    assert [path.stem for path in entries(tmp_path, kept.KIND)] == ["cd" * 32]


@settings(max_examples=20, deadline=None)
@given(count=st.integers(1, 300), place=st.integers(0, 299), target=st.integers(1, 40))
def test_new_record_leaves_other_shards_alone(
    tmp_path_factory: pytest.TempPathFactory, count: int, place: int, target: int
) -> None:
    folder = tmp_path_factory.mktemp("shards")
    before = named(count)
    after = [*before]
    after.insert(min(place, count), RawRecord("news/new.txt", b"New", "text/plain"))
    one, other = gather(before, folder / "one", target), gather(after, folder / "other", target)
    found = [record for path in other.paths for record in records(path)]
    assert [record for _, record in found] == after
    assert len({number for number, _ in found}) == len(found)
    assert one.sha256 != other.sha256
    known = {path.read_bytes() for path in one.paths}
    new = [path for path in other.paths if path.read_bytes() not in known]
    if target == 1:
        assert len(new) == 1


def test_most_shards_stay_as_they_were(tmp_path: Path) -> None:
    before = named(2_000)
    after = [*before[:700], RawRecord("news/new.txt", b"New", "text/plain"), *before[700:]]
    one, other = gather(before, tmp_path / "one", 20), gather(after, tmp_path / "other", 20)
    known = {path.read_bytes() for path in one.paths}
    assert sum(path.read_bytes() not in known for path in other.paths) <= 5
    assert len(other.paths) > 80


def test_digest_of_the_inputs_is_that_of_names_payloads_and_metadata(tmp_path: Path) -> None:
    found = named(30)
    mixed = [*found]
    random.Random(1).shuffle(mixed)
    spoilt = [*found[:-1], RawRecord(found[-1].raw_name, found[-1].payload, "text/plain", Given("sidecar", title="T"))]
    digests = [gather(each, tmp_path / str(n), 8).sha256 for n, each in enumerate([found, mixed, spoilt])]
    assert digests[0] == digests[1] != digests[2]


def test_the_very_same_records_twice_have_numbers_of_their_own(tmp_path: Path) -> None:
    found = gather(named(3) * 2, tmp_path, 1)
    assert len({number for path in found.paths for number, _ in records(path)}) == 6


def test_same_inputs_are_known_and_every_change_is_seen(tmp_path: Path) -> None:
    raw, dist = tmp_path / "raw", tmp_path / "dist"
    raw.mkdir()
    (raw / "ferry.txt").write_text(TEXT)
    job = Job((str(raw),), dist)
    first, run = build(job, NOW)
    assert first.new
    again, same = build(job, NOW)
    assert (again.version, again.new, again.rows) == (first.version, False, first.rows)
    assert "link entities" not in same.seconds
    assert same.counts["extracted"] == run.counts["extracted"]
    folder = Dist(dist)
    assert unchanged.counted(folder, run.made_from) is not None
    assert unchanged.counted(folder, "0" * 64) is None
    (dist / "withdrawals.json").write_text("[]")
    assert unchanged.counted(folder, run.made_from) is None
    (dist / "withdrawals.json").unlink()
    for damage in ("", "[]", "{}", '{"made_from": 1}'):
        (folder.store / unchanged.FILE).write_text(damage)
        assert unchanged.counted(folder, run.made_from) is None
    rights = build(Job((str(raw),), dist, include_text=True), NOW)
    assert rights[0].new
    forced = build(Job((str(raw),), dist, include_text=True, force=True), NOW)
    assert forced[0].new
    (raw / "ferry.txt").write_text(TEXT.replace("Ada Holt", "Ada Holm"))
    changed, _ = build(Job((str(raw),), dist, include_text=True), NOW)
    assert changed.new
