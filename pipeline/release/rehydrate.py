"""Rehydrate: a release with full texts, from the user's own copy of the raw files.

The raw files are cleaned again. An article whose text has the hash that the release names gets its text, and with it
every quote, claim, mention, headline and note gets its words. A text with another hash is reported: the file is
another revision, or the cleaning has changed since.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.ingest.rows import article_row
from pipeline.release.changes import write_changes
from pipeline.release.database import database
from pipeline.release.filled import filled, know
from pipeline.release.index import write_index
from pipeline.release.layout import Dist, Release, ReleaseError
from pipeline.release.manifest import finish
from pipeline.release.parts import load, write_tables
from pipeline.release.texts import articles
from pipeline.release.write import rows_of
from schemas import TABLES, Articles

#: Columns of an article that are words and are not found in its text.
BESIDE = ("notes", "published_evidence")


@dataclass(frozen=True, slots=True)
class Rehydrated:
    """What became of it: the new folder, and how the articles fared, by id and file."""

    path: Path
    filled: int
    already: int
    differing: tuple[str, ...]  #: `article_id (file)`: the raw bytes are the same, the text is not
    missing: tuple[str, ...]  #: `article_id (file)`: not among the raw files


def rehydrate(dist: Dist, version: str, raw: Sequence[str], output: Path) -> Rehydrated:
    """Write release `version` with the texts of the raw files put back, as `output/VERSION`.

    Raises:
        ReleaseError: there is no such release, or the folder is there already or cannot be written.
    """
    release = dist.opened(dist.find(version))
    target, staging = output / release.version, output / f".{release.version}.rehydrating"
    if target.exists():
        raise ReleaseError(f"{target} is there already: give another --output")
    try:
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True)
        report = _write(release, raw, staging, target)
        staging.rename(target)
        write_index(Dist(output))
    except OSError as error:
        raise ReleaseError(f"{output} does not take the files: {error.strerror or error}") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return report


def _write(release: Release, raw: Sequence[str], staging: Path, target: Path) -> Rehydrated:
    """Fill the tables and write the folder."""
    queries = {table: rows_of(release.paths(table), table) for table in TABLES}
    with database() as connection:
        wanted = connection.execute(
            f"select text_sha256, raw_sha256, article_id, raw_name, text is not null from ({queries['articles']})"
            " order by article_id"
        ).fetchall()
        need = {digest for digest, _, _, _, there in wanted if not there}
        texts: dict[str, str] = {}
        beside: dict[str, dict[str, Any]] = {}
        bytes_seen: set[str] = set()
        for article in articles(raw):
            bytes_seen.add(article.raw_sha256)
            digest = hashlib.sha256(article.text.encode()).hexdigest()
            if digest in need and digest not in texts:
                texts[digest] = article.text
                beside[digest] = article_row(article)
        know(connection, sorted(texts.items()))
        rows = [{"text_sha256": digest, **{name: beside[digest][name] for name in BESIDE}} for digest in sorted(beside)]
        types = Articles.polars_schema()
        kept = {name: types[name] for name in ("text_sha256", *BESIDE)}
        connection.register("beside_frame", pl.DataFrame(rows, schema=kept, orient="row").to_arrow())
        connection.execute("create table beside as select * from beside_frame")
        full = {
            table: filled(table, query, queries["articles"]) if table in ("articles", "mentions", "quotes", "claims")
            else query
            for table, query in queries.items()
        }  # fmt: skip
        besides = ", ".join(f"coalesce(beside.{name}, found.{name}) as {name}" for name in BESIDE)
        full["articles"] = (
            f"select found.* replace ({besides}) from ({full['articles']}) found left join beside using (text_sha256)"
        )
        manifest = {
            **release.manifest,
            "previous": None,
            "previous_manifest_sha256": None,
            "include_text": True,
            "rehydrated_from": {"version": release.version, "articles": len(texts)},
        }
        manifest["tables"] = write_tables(
            connection, load(connection, full, release.version, release), staging, release.version
        )
        manifest["changes"] = write_changes(connection, None, Release(staging, manifest))
    finish(staging, manifest)
    lacking = [row for row in wanted if not row[4] and row[0] not in texts]
    return Rehydrated(
        target,
        sum(not row[4] and row[0] in texts for row in wanted),
        sum(bool(row[4]) for row in wanted),
        tuple(f"{article} ({name})" for _, data, article, name, _ in lacking if data in bytes_seen),
        tuple(f"{article} ({name})" for _, data, article, name, _ in lacking if data not in bytes_seen),
    )
