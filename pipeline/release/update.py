"""Update: bring a downloaded copy of a release forward by the changes of the releases after it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.release.changes import applied, fitted
from pipeline.release.database import database
from pipeline.release.durable import exchange, share, sync, sync_folder
from pipeline.release.layout import Dist, Release, ReleaseError, opened
from pipeline.release.manifest import MANIFEST
from pipeline.release.parts import Loaded, load, write_tables
from pipeline.release.verify_files import check_files
from pipeline.release.write import file_sha256, rows_of
from schemas import SCHEMA_VERSION, TABLES

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Updated:
    """What became of an update: from which version to which, by how many releases, and the tables taken whole."""

    before: str
    after: str
    steps: int
    whole: tuple[str, ...]


def update(copy: Path, dist: Dist) -> Updated:
    """Make a copy of a release equal to the newest release of `dist`, or leave it as it was.

    The copy's rows, and the `changes/` of every release since, give the newest release's rows; their files are
    written as the publisher writes them and have to have the hashes that the newest manifest lists. A table for
    which that fails (the copy was edited, or rows were withdrawn from the releases since) is taken whole.

    Raises:
        ReleaseError: the folder is no release, its version is none of `dist`, or the result would not be right.
    """
    name = copy.resolve().name
    staging = copy.resolve().parent / f".{name}.updating"
    swapping = staging.parent / f"{name}.exchanged"
    if swapping.is_dir() and not copy.exists():
        swapping.rename(copy)
    shutil.rmtree(staging, ignore_errors=True)
    here = opened(copy)
    target = dist.opened(dist.find(None))
    if copy.resolve() == target.folder.resolve():
        raise ReleaseError(f"{copy} is the newest release itself: there is nothing to bring forward")
    if file_sha256(here.folder / MANIFEST) == file_sha256(target.folder / MANIFEST):
        return Updated(here.version, target.version, 0, ())
    chain = _chain(dist, here.version, target)
    try:
        staging.mkdir()
        with database() as connection:
            loaded = load(connection, _forward(connection, here, chain), target.version, target)
            wanted = target.manifest["tables"]
            right = {
                table: rows for table, rows in loaded.items() if rows.content_sha256 == wanted[table]["content_sha256"]
            }
            whole = _write(connection, right, staging, here, target)
        for path in sorted(target.folder.rglob("*")):
            inside = path.relative_to(target.folder)
            if path.is_file() and not (staging / inside).exists():
                share(path, staging / inside)
        for where, what in check_files(Release(staging, target.manifest)):
            raise ReleaseError(f"{copy} was not updated: {where}: {what}")
        sync(staging)
        exchange(copy.resolve(), staging)
        sync_folder(staging.parent)
    except OSError as error:
        raise ReleaseError(f"{copy} was not updated: {error.strerror or error}") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return Updated(here.version, target.version, len(chain), whole)


def _chain(dist: Dist, version: str, target: Release) -> list[Release]:
    """The releases after a version up to the target, oldest first."""
    chain: list[Release] = []
    found = target
    while found.version != version:
        chain.append(found)
        previous = found.manifest["previous"]
        if previous is None or (previous not in dist.versions() and previous != version):
            raise ReleaseError(f"no chain of releases leads from {version} to {target.version} in {dist.root}")
        if previous == version:
            break
        found = dist.opened(previous)
    return chain[::-1]


def _forward(connection: duckdb.DuckDBPyConnection, here: Release, chain: list[Release]) -> dict[str, str]:
    """The queries of every table's rows after all steps of the chain."""
    if any(release.manifest["schema_version"] != SCHEMA_VERSION for release in chain):
        return {}
    queries = {}
    for table in TABLES:
        query = fitted(connection, table, rows_of(here.paths(table), table))
        for number, release in enumerate(chain):
            connection.execute(f'create or replace table "{table}_{number}" as {applied(table, query, release)}')
            if number:
                connection.execute(f'drop table "{table}_{number - 1}"')
            query = f'select * from "{table}_{number}"'
        queries[table] = query
    return queries


def _write(
    connection: duckdb.DuckDBPyConnection, right: dict[str, Loaded], staging: Path, here: Release, target: Release
) -> tuple[str, ...]:
    """Write the tables whose rows are right; returns those that have to be taken whole."""
    written = write_tables(connection, right, staging, target.version, [here])
    whole = []
    for table, found in target.manifest["tables"].items():
        if table in written and written[table]["files"] == found["files"]:
            continue
        whole.append(table)
        for file in written.get(table, {}).get("files", []):
            (staging / file["path"]).unlink()
    return tuple(whole)
