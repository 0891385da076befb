"""Publish: staging folder, files, manifest, fsync, rename; then the index and `latest`."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.link.parts import Parts
from pipeline.release.layout import Dist, ReleaseError, version_order
from pipeline.release.views import views_sql
from pipeline.release.write import content_hash, file_sha256, files, write_table
from schemas import SCHEMA_VERSION, TABLES


@dataclass(frozen=True, slots=True)
class Published:
    """What became of a build: the release, or the one it equals."""

    version: str
    path: Path
    new: bool
    rows: dict[str, int]


def publish(
    dist: Dist,
    final: Path,
    parts: Parts,
    version: str,
    about: dict[str, Any],
    *,
    include_text: bool,
    force: bool = False,
) -> Published:
    """Publish the final rows under `final` as release `version`, or nothing where they equal the latest one's.

    Args:
        about: what the manifest records of package, models, inputs and configuration.
        include_text: publish every article's text, whatever its rights.

    Raises:
        ReleaseError: the version is there already, or the disk does not take the files.
    """
    recover(dist)
    previous = dist.latest()
    staging = dist.root / f".staging-{version}"
    try:
        with parts.connect() as connection:
            queries = {table: _query(final, table, include_text=include_text) for table in TABLES}
            content = {table: content_hash(connection, table, query) for table, query in queries.items()}
            if previous and not force:
                before = dist.manifest(previous)["tables"]
                if all(before.get(table, {}).get("content_sha256") == content[table] for table in TABLES):
                    rows = {table: before[table]["rows"] for table in TABLES}
                    return Published(previous, dist.release(previous), False, rows)
            if dist.release(version).exists():
                raise ReleaseError(f"release {version} is there already: give another --version")
            staging.mkdir(parents=True)
            tables = {}
            for table, query in queries.items():
                written = write_table(connection, table, query, staging / f"{table}.parquet", version)
                tables[table] = {"rows": written.rows, "content_sha256": content[table], "files": [asdict(written)]}
        manifest = {
            "dataset": "onrecord",
            "version": version,
            "schema_version": SCHEMA_VERSION,
            "previous": previous,
            "include_text": include_text,
            **about,
            "tables": tables,
        }
        (staging / "views.sql").write_text(views_sql(version), encoding="utf-8")
        (staging / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=False) + "\n", encoding="utf-8")
        names = sorted(path.relative_to(staging).as_posix() for path in staging.rglob("*") if path.is_file())
        sums = "".join(f"{file_sha256(staging / name)}  {name}\n" for name in names)
        (staging / "CHECKSUMS").write_text(sums, encoding="utf-8")
        sync(staging)
        staging.rename(dist.release(version))
        sync_folder(dist.root)
        write_index(dist)
    except OSError as error:
        shutil.rmtree(staging, ignore_errors=True)
        raise ReleaseError(
            f"nothing was published: {dist.root} does not take the files: {error.strerror or error}"
        ) from error
    return Published(version, dist.release(version), True, {table: found["rows"] for table, found in tables.items()})


def _query(final: Path, table: str, *, include_text: bool) -> str:
    query = files(final, table)
    if include_text or table != "articles":
        return query
    sources = files(final, "sources")
    return (
        f"select articles.* replace (case when rights in ('open', 'licensed') then text end as text) "
        f"from ({query}) articles left join (select source_id, rights from ({sources})) using (source_id)"
    )


def recover(dist: Dist) -> None:
    """Put right what a killed writer left: half-filled folders go, the index lists the releases that are there."""
    if not dist.root.is_dir():
        return
    for path in dist.root.glob(".staging-*"):
        shutil.rmtree(path, ignore_errors=True)
    if dist.versions():
        write_index(dist)


def write_index(dist: Dist) -> None:
    """Write `index.json` and `latest`, each by replacement, where they do not say what is there already."""
    releases = []
    for version in sorted(dist.versions(), key=version_order, reverse=True):
        manifest = dist.manifest(version)
        releases.append(
            {
                "version": version,
                "schema_version": manifest["schema_version"],
                "previous": manifest["previous"],
                "rows": {table: found["rows"] for table, found in manifest["tables"].items()},
                "bytes": sum(file["bytes"] for found in manifest["tables"].values() for file in found["files"]),
                "manifest_sha256": file_sha256(dist.release(version) / "manifest.json"),
            }
        )
    index = {"dataset": "onrecord", "latest": releases[0]["version"] if releases else None, "releases": releases}
    replace(dist.root / "index.json", json.dumps(index, indent=1) + "\n")
    if releases:
        replace(dist.root / "latest", f"{releases[0]['version']}\n")


def replace(path: Path, text: str) -> None:
    """Write a file whole or not at all; leave it alone where it holds the text already."""
    if path.is_file() and path.read_bytes() == text.encode():
        return
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def sync(folder: Path) -> None:
    """Make sure that a folder's files are on the disk."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as stream:
                os.fsync(stream.fileno())
        else:
            sync_folder(path)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make sure that a folder's entries are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
