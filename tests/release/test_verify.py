"""Verify: a whole release passes; every fault of a list is found and named, its place too."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet as pq
import pytest

from pipeline.release import parts, write
from pipeline.release.layout import Dist, ReleaseError, opened
from pipeline.release.verify import verify
from tests.release.made import release, rows

OLD, NEW = "2026.01.01", "2026.01.02"


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two releases whose mentions are in parts."""
    tmp_path = tmp_path_factory.mktemp("verify")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "LARGEST_SINGLE", {"mentions": 20})
        release(tmp_path / "dist", rows(range(12), months=200), OLD, tmp_path / "scratch")
        release(tmp_path / "dist", rows(range(16), months=200), NEW, tmp_path / "scratch")
    return tmp_path / "dist"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def edited_manifest(folder: Path, edit: Callable[[dict[str, Any]], None]) -> None:
    """Edit a manifest and nothing else."""
    manifest = json.loads((folder / "manifest.json").read_text())
    edit(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")


def signed(dist: Path, version: str) -> None:
    """Make all hashes of a release fit its files again, as a forger would: only the deeper checks can tell then."""
    folder = dist / version

    def fit(manifest: dict[str, Any]) -> None:
        for kind in ("tables", "changes"):
            for table in manifest[kind].values():
                for file in table["files"]:
                    path = folder / file["path"]
                    file |= {
                        "bytes": path.stat().st_size,
                        "sha256": digest(path),
                        "rows": pq.read_metadata(path).num_rows,
                    }
                if kind == "tables":
                    table["rows"] = sum(file["rows"] for file in table["files"])

    edited_manifest(folder, fit)
    names = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p.name != "CHECKSUMS")
    (folder / "CHECKSUMS").write_text("".join(f"{digest(folder / name)}  {name}\n" for name in names))
    index = json.loads((dist / "index.json").read_text())
    for entry in index["releases"]:
        if entry["version"] == version:
            manifest = json.loads((folder / "manifest.json").read_text())
            entry["manifest_sha256"] = digest(folder / "manifest.json")
            entry["rows"] = {table: found["rows"] for table, found in manifest["tables"].items()}
            entry["bytes"] = sum(
                f["bytes"] for k in ("tables", "changes") for t in manifest[k].values() for f in t["files"]
            )
    (dist / "index.json").write_text(json.dumps(index))


def rewritten(path: Path, change: Callable[[pl.DataFrame], pl.DataFrame]) -> None:
    """Change a table's rows and keep its schema."""
    schema = pq.read_schema(path)
    frame = change(pl.read_parquet(path))
    pq.write_table(frame.to_arrow().cast(schema), path)


def part(dist: Path, number: int = 0) -> Path:
    return sorted((dist / NEW / "mentions").glob("*.parquet"))[number]


def flip_a_byte(dist: Path) -> None:
    path = dist / NEW / "quotes.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def swap_two_parts(dist: Path) -> None:
    one, other = part(dist, 0), part(dist, 1)
    both = one.read_bytes(), other.read_bytes()
    for path in (one, other):
        path.unlink()  # it is shared with the older release
    one.write_bytes(both[1])
    other.write_bytes(both[0])


def remove_a_row(dist: Path) -> None:
    rewritten(dist / NEW / "quotes.parquet", lambda frame: frame[1:])
    signed(dist, NEW)


def break_a_reference(dist: Path) -> None:
    gone = pl.lit("e_aaaaaaaaaaaaaaaa").alias("speaker_entity_id")
    rewritten(dist / NEW / "quotes.parquet", lambda frame: frame.with_columns(gone))
    signed(dist, NEW)


def double_a_key(dist: Path) -> None:
    rewritten(dist / NEW / "claims.parquet", lambda frame: frame.with_columns(pl.col("claim_id").first()))
    signed(dist, NEW)


def move_a_span(dist: Path) -> None:
    further = [pl.col("start") + 1, pl.col("end") + 1]
    rewritten(dist / NEW / "quotes.parquet", lambda frame: frame.with_columns(further, spans=pl.concat_list(
        pl.struct(start=pl.col("start") + 1, end=pl.col("end") + 1))))  # fmt: skip
    signed(dist, NEW)


def edit_a_cell(dist: Path) -> None:
    rewritten(dist / NEW / "claims.parquet", lambda frame: frame.with_columns(predicate=pl.lit("steal")))
    signed(dist, NEW)


def change_a_type(dist: Path) -> None:
    path = dist / NEW / "entities.parquet"
    table = pq.read_table(path)
    number = table.schema.get_field_index("mention_count")
    pq.write_table(table.set_column(number, "mention_count", table["mention_count"].cast("int32")), path)
    signed(dist, NEW)


def empty_the_changes(dist: Path) -> None:
    rewritten(dist / NEW / "changes" / "articles.parquet", lambda frame: frame[:1])
    signed(dist, NEW)


def edit_the_index(dist: Path) -> None:
    index = json.loads((dist / "index.json").read_text())
    index["releases"] = index["releases"][1:]
    (dist / "index.json").write_text(json.dumps(index))


def withdraw_by_hand(dist: Path) -> None:
    article = pl.read_parquet(dist / NEW / "articles.parquet")["article_id"][0]
    entry = {"article_id": article, "reason": "", "raw_sha256": [], "text_sha256": [], "first_release": OLD,
             "last_release": NEW}  # fmt: skip
    (dist / "withdrawals.json").write_text(json.dumps({"withdrawals": [entry]}))


FAULTS: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "a flipped byte": (flip_a_byte, f"{NEW}/quotes.parquet", "the bytes are not those of CHECKSUMS"),
    "a missing file": (lambda d: (d / NEW / "claims.parquet").unlink(), f"{NEW}/claims.parquet", "missing"),
    "a missing part": (lambda d: part(d).unlink(), f"{NEW}/mentions/", "missing"),
    "swapped parts": (swap_two_parts, f"{NEW}/mentions/", "the bytes are not those"),
    "an extra file": (lambda d: (d / NEW / "more.parquet").write_bytes(b"x"), f"{NEW}/more.parquet", "in no list"),
    "no checksums": (lambda d: (d / NEW / "CHECKSUMS").unlink(), f"{NEW}/CHECKSUMS", "missing"),
    "no manifest": (lambda d: (d / OLD / "manifest.json").unlink(), f"{NEW}/manifest.json", "is not there"),
    "an unreadable manifest": (
        lambda d: (d / NEW / "manifest.json").write_text("{"), f"{NEW}/manifest", "cannot be read"),
    "an edited manifest": (
        lambda d: edited_manifest(d / NEW, lambda m: m.update(include_text=False)), f"{NEW}/manifest.json",
        "CHECKSUMS"),
    "a forged manifest": (
        lambda d: (edited_manifest(d / OLD, lambda m: m.update(include_text=False)), signed(d, OLD)),
        f"{NEW}/manifest.json", "the previous release"),
    "a path out of the folder": (
        lambda d: edited_manifest(d / NEW, lambda m: m["tables"]["quotes"]["files"][0].update(path="../x")),
        f"{NEW}/manifest.json", "outside the release"),
    "a row removed": (remove_a_row, f"{NEW}/quotes", "content hash"),
    "a broken reference": (break_a_reference, f"{NEW}/quotes", "is not in entities.entity_id"),
    "a key twice": (double_a_key, f"{NEW}/claims", "stands in"),
    "a moved span": (move_a_span, f"{NEW}/quotes", "is not that of its spans"),
    "an edited cell": (edit_a_cell, f"{NEW}/claims", "content hash"),
    "another type": (change_a_type, f"{NEW}/entities.parquet", "mention_count is int32, not int64"),
    "changes that are not": (empty_the_changes, f"{NEW}/changes/articles.parquet", "the changes are not those"),
    "an index out of step": (edit_the_index, "index.json", "does not list"),
    "no index": (lambda d: (d / "index.json").unlink(), "index.json", "missing"),
    "another latest": (lambda d: (d / "latest").write_text(f"{OLD}\n"), "latest", "it says"),
    "a withdrawn article": (withdraw_by_hand, f"{NEW}/articles", "was withdrawn and is still there"),
}  # fmt: skip


def test_whole_releases_pass(pristine: Path) -> None:
    assert verify(Dist(pristine), OLD) == []
    assert verify(Dist(pristine), NEW) == []


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_is_found_and_named(pristine: Path, tmp_path: Path, name: str) -> None:
    dist = tmp_path / "dist"
    shutil.copytree(pristine, dist)
    make, where, what = FAULTS[name]
    make(dist)
    found = verify(Dist(dist), NEW)
    assert found, "nothing was found"
    assert found[0].where.startswith(where), found
    assert what in found[0].what, found


def test_a_release_copied_elsewhere_passes(pristine: Path, tmp_path: Path) -> None:
    shutil.copytree(pristine, tmp_path / "a folder" / "dist")
    assert verify(Dist(tmp_path / "a folder" / "dist"), NEW) == []


def test_a_release_is_right_although_its_columns_are_described_otherwise_since(
    pristine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write, "schema_sha256", lambda _table: "0" * 64)
    assert verify(Dist(pristine), NEW) == []


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda manifest: manifest.pop("tables"), "does not list the tables"),
        (lambda manifest: manifest["tables"]["quotes"].pop("files"), "KeyError"),
        (lambda manifest: manifest["tables"]["quotes"]["files"][0].update(path="../../q.parquet"), "outside the"),
    ],
)
def test_a_manifest_that_leads_elsewhere_is_refused_by_whoever_opens_it(
    pristine: Path, tmp_path: Path, edit: Callable[[dict[str, Any]], None], said: str
) -> None:
    folder = tmp_path / NEW
    shutil.copytree(pristine / NEW, folder)
    edited_manifest(folder, edit)
    with pytest.raises(ReleaseError, match=said):
        opened(folder)
