"""Publish: final rows to a release, in a folder beside its place, on the disk, renamed; then the index and `latest`."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.configuration import Configuration
from pipeline.link.parts import Parts
from pipeline.past_rows import PastRows
from pipeline.release.changes import write_changes
from pipeline.release.durable import sync_folder
from pipeline.release.index import write_index
from pipeline.release.layout import Dist, Release, ReleaseError, check_version
from pipeline.release.manifest import MANIFEST, finish
from pipeline.release.parts import Loaded, load, write_tables
from pipeline.release.recover import STAGING, recover
from pipeline.release.write import file_sha256
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
    configuration: Configuration | None = None,
    include_text: bool = False,
    force: bool = False,
    accept: str | None = None,
    past: PastRows | None = None,
) -> Published:
    """Publish the final rows under `final` as release `version`, or nothing where they equal the latest one's.

    Args:
        about: what the manifest records of package, models, inputs and configuration.
        include_text: publish every article's text, whatever its rights.
        force: publish although nothing changed.
        accept: why to publish although the gate closed.
        past: rows whose texts were withheld before, which need not be cut down again.

    Raises:
        ReleaseError: the version cannot be had, or the disk does not take the files.
        GateError: the rows are not fit to be published.
    """
    from pipeline.release import excerpts, gate

    settings = configuration or Configuration()
    recover(dist)
    latest = dist.latest()
    previous = dist.opened(latest) if latest else None
    staging = dist.root / f"{STAGING}{version}"
    try:
        with parts.connect() as connection:
            earlier = [dist.opened(one) for one in reversed(dist.versions())]
            published = excerpts.published(
                connection, final, settings, include_text=include_text, earlier=earlier, past=past
            )
            loaded = load(connection, published, version, previous)
            if previous and not force and same(loaded, previous, include_text=include_text):
                return Published(previous.version, previous.folder, False, rows_of(previous.manifest["tables"]))
            check_version(version, dist.versions())
            queries = {table: f'select * exclude (part) from "rows_{table}"' for table in TABLES}
            passed = gate.inspect(
                connection, queries, previous.folder if previous else None, settings, accept, include_text=include_text
            )
            staging.mkdir(parents=True)
            tables = write_tables(connection, loaded, staging, version, [previous] if previous else [])
            manifest = {
                "dataset": "onrecord",
                "version": version,
                "schema_version": SCHEMA_VERSION,
                "previous": latest,
                "previous_manifest_sha256": file_sha256(previous.folder / MANIFEST) if previous else None,
                "include_text": include_text,
                **about,
                "gate": passed,
                "tables": tables,
            }
            manifest["changes"] = write_changes(connection, previous, Release(staging, manifest))
        finish(staging, manifest)
        staging.rename(dist.release(version))
        sync_folder(dist.root)
        write_index(dist)
    except OSError as error:
        raise ReleaseError(
            f"nothing was published: {dist.root} does not take the files: {error.strerror or error}"
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return Published(version, dist.release(version), True, rows_of(tables))


def same(loaded: dict[str, Loaded], previous: Release, *, include_text: bool) -> bool:
    """Whether the rows to publish are those of the previous release: a comparison of hashes of their content."""
    before = previous.manifest
    return bool(before["include_text"] == include_text) and all(
        before["tables"].get(table, {}).get("content_sha256") == found.content_sha256 for table, found in loaded.items()
    )


def rows_of(tables: dict[str, Any]) -> dict[str, int]:
    """Rows per table, from a manifest's `tables`."""
    return {table: found["rows"] for table, found in tables.items()}
