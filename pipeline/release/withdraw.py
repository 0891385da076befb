"""Withdraw: an article and all that rests on it, out of every release, its changes and the store of past work.

Every release that has to change is made anew beside its place; when all of them are on the disk, the journal says so,
and only then do they take the old ones' places. A kill before that leaves everything as it was; a kill after it leaves
a journal, by which the next writer ends the work (`resume`). No release is ever absent or torn.
"""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

from pipeline.link.parts import quoted
from pipeline.release.changes import write_changes
from pipeline.release.database import database
from pipeline.release.durable import exchange, replace, share, sync_folder
from pipeline.release.index import write_index
from pipeline.release.layout import Dist, Release, ReleaseError, opened, version_order
from pipeline.release.manifest import CHECKSUMS, MANIFEST, finish
from pipeline.release.parts import load, write_tables
from pipeline.release.withdraw_rows import Traces, open_tables, traces, without
from pipeline.release.withdraw_store import forget
from pipeline.release.withdrawals import Tombstone, bury
from pipeline.release.write import file_sha256

if TYPE_CHECKING:
    import duckdb

JOURNAL = ".withdrawal.json"
#: Begins the name of the folder of a release that is made anew.
ANEW = ".anew-"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What became of a withdrawal: the releases that the article was in, and those that were written anew."""

    article_id: str
    releases: tuple[str, ...]
    written: tuple[str, ...]


def withdraw(
    dist: Dist, article: str, reason: str, progress: Callable[[str, int, int], None] = lambda _s, _d, _a: None
) -> Withdrawn:
    """Take an article out of every release. Call it with the lock held, after `recover`.

    Raises:
        ReleaseError: no release has the article, or the disk does not take the files.
    """
    if not reason.strip():
        raise ReleaseError("say why it is withdrawn: --reason")
    versions = sorted(dist.versions(), key=version_order)
    try:
        with database() as connection:
            found, referred = _found(connection, dist, versions, article)
            if not found:
                raise ReleaseError(f"there is no article {article} in any release in {dist.root}")
            first = next(number for number, version in enumerate(versions) if version in found)
            anew: dict[str, str] = {}
            every = _together(list(found.values()))
            for number, version in enumerate(versions[first:]):
                progress("withdraw", number, len(versions) - first)
                previous = versions[first + number - 1] if first + number else None
                left = dataclasses.replace(every, elsewhere=referred[version])
                made = _anew(connection, dist, version, previous, article, reason, left, found, set(anew))
                anew[version] = file_sha256(made / MANIFEST)
        tombstone = Tombstone(
            article,
            reason,
            tuple(sorted(every.raw_sha256)),
            tuple(sorted(every.text_sha256)),
            min(found, key=version_order),
            max(found, key=version_order),
        )
        sync_folder(dist.root)
        replace(dist.root / JOURNAL, json.dumps({"tombstone": asdict(tombstone), "releases": anew}, indent=1) + "\n")
        resume(dist)
    except OSError as error:
        clear(dist)
        raise ReleaseError(f"{dist.root} does not take the files: {error.strerror or error}") from error
    return Withdrawn(article, tuple(found), tuple(anew))


def resume(dist: Dist) -> None:
    """End the withdrawal that the journal names; without a journal, remove what was made for one."""
    journal = dist.root / JOURNAL
    if journal.is_file():
        plan: dict[str, Any] = json.loads(journal.read_text(encoding="utf-8"))
        said = plan["tombstone"]
        tombstone = Tombstone(
            **{**said, "raw_sha256": tuple(said["raw_sha256"]), "text_sha256": tuple(said["text_sha256"])}
        )
        bury(dist, tombstone)
        for version, digest in plan["releases"].items():
            anew = dist.root / f"{ANEW}{version}"
            if anew.is_dir() and file_sha256(dist.release(version) / MANIFEST) != digest:
                exchange(dist.release(version), anew)
                sync_folder(dist.root)
        write_index(dist)
        forget(dist.store, tombstone)
        clear(dist)
        journal.unlink()
        sync_folder(dist.root)
    clear(dist)


def clear(dist: Dist) -> None:
    """Remove the folders that releases were made anew in; keep them while a journal needs them."""
    for path in sorted(dist.root.glob(f"{ANEW}*")):
        if not (dist.root / JOURNAL).is_file() or _swapped(dist, path.name.removeprefix(ANEW)):
            shutil.rmtree(path, ignore_errors=True)


def _swapped(dist: Dist, version: str) -> bool:
    plan = json.loads((dist.root / JOURNAL).read_text(encoding="utf-8"))
    return bool(file_sha256(dist.release(version) / MANIFEST) == plan["releases"].get(version))


def _found(
    connection: duckdb.DuckDBPyConnection, dist: Dist, versions: list[str], article: str
) -> tuple[dict[str, Traces], dict[str, frozenset[str]]]:
    """The releases that have the article and what it left in each; and for each release the entities that other
    articles' rows refer to, in it or in an older one."""
    found = {}
    referred: dict[str, frozenset[str]] = {}
    before: frozenset[str] = frozenset()
    for version in versions:
        open_tables(connection, dist.opened(version))
        left = traces(connection, article)
        referred[version] = before = before | left.elsewhere
        if connection.execute(f"select 1 from old_articles where article_id = {quoted(article)}").fetchall():
            found[version] = left
    return found, referred


def _together(all_: list[Traces]) -> Traces:
    def both(one: Traces, other: Traces) -> Traces:
        return Traces(
            one.raw_sha256 | other.raw_sha256,
            one.text_sha256 | other.text_sha256,
            one.raw_names | other.raw_names,
            one.entities | other.entities,
            one.elsewhere | other.elsewhere,
        )

    return reduce(both, all_)


def _anew(
    connection: duckdb.DuckDBPyConnection,
    dist: Dist,
    version: str,
    previous: str | None,
    article: str,
    reason: str,
    found: Traces,
    holding: dict[str, Traces],
    made: set[str],
) -> Any:
    """Make a release anew beside its place, without the article, its chain and its changes put right."""
    old = dist.opened(version)
    folder = dist.root / f"{ANEW}{version}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    before: Release | None = None
    if previous is not None and previous == old.manifest["previous"]:
        before = opened(dist.root / f"{ANEW}{previous}" if previous in made else dist.release(previous))
    manifest = dict(old.manifest)
    open_tables(connection, old)
    loaded = load(connection, without(connection, article, found), version, old)
    if any(manifest["tables"][table]["content_sha256"] != rows.content_sha256 for table, rows in loaded.items()):
        manifest["tables"] = write_tables(connection, loaded, folder, version, [old, *([before] if before else [])])
        if version in holding:
            record = {"article_id": article, "reason": reason}
            manifest["withdrawals"] = sorted(
                [*manifest.get("withdrawals", []), record], key=lambda entry: str(entry["article_id"])
            )
    else:
        for table in manifest["tables"].values():
            for file in table["files"]:
                share(old.folder / file["path"], folder / file["path"])
    if before is not None:
        manifest["previous_manifest_sha256"] = file_sha256(before.folder / MANIFEST)
    # Where the previous release is not at hand any longer nothing can be compared: the changes are empty then.
    manifest["changes"] = write_changes(connection, before, Release(folder, manifest))
    for path in sorted(old.folder.iterdir()):
        # What describes the release is written again; files that nothing here knows stay.
        known = path.name in (MANIFEST, CHECKSUMS) or path.suffix == ".parquet" or (folder / path.name).exists()
        if path.is_file() and not known:
            shutil.copyfile(path, folder / path.name)
    finish(folder, manifest)
    return folder
