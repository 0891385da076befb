"""Excerpts: the rows to publish, with the texts withheld that rights and budget do not give away.

The policy, which the dataset card repeats:

* Sources whose rights are `open` or `licensed` are published in full. Of all others, an unknown source included, no
  more than a share of an article's characters is published, up to a number of characters: the headline, then
  quotations (direct, mixed, indirect), then claims, then the standfirst, each whole or not at all.
* A character counts once, whatever tables show it, and what earlier releases showed counts as well, so that neither
  a release with its `changes/` nor all releases together give more than the budget.
* Names, dates, cues and hedges are free. Offsets, hashes and ids are facts about the text, not the text.
* Of a source that reserves text and data mining without an open or licensed text, the budget is nothing.
* Captions and other notes, and failing values in `rejects` that may be words of an article, are withheld.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from pipeline.configuration import Configuration
from pipeline.release.layout import Release
from pipeline.release.shown import remember, shown
from pipeline.release.withhold import safe_rejects, withheld
from pipeline.release.write import files, rows_of
from schemas import TABLES

if TYPE_CHECKING:
    import duckdb

#: Rights under which a text may be passed on.
FREE_RIGHTS = ("open", "licensed")


def published(
    connection: duckdb.DuckDBPyConnection,
    final: Path,
    configuration: Configuration,
    *,
    include_text: bool,
    earlier: Sequence[Release] = (),
) -> dict[str, str]:
    """The query of the rows to publish, for every table, over the final rows under `final`.

    Works shard by shard: a shard's articles and their rows have files of the same name.

    Args:
        include_text: withhold nothing.
        earlier: the releases that are out already, whose excerpts count.
    """
    queries = {table: files(final, table) for table in TABLES}
    if include_text:
        return queries
    rights = source_rights(connection, queries["sources"])
    folder = final.with_name("published")
    remember(connection, earlier)
    paths: dict[str, list[Path]] = defaultdict(list)
    free_articles: set[str] = set()
    for file in sorted((final / "articles").glob("*.parquet")):
        articles = pl.read_parquet(file)
        frames = {
            table: pl.read_parquet(path)
            for table in ("mentions", "quotes", "claims")
            if (path := final / table / file.name).is_file()
        }
        closed = {
            article: rights.get(source or "", (False, False))[1]
            for article, source in articles.select("article_id", "source_id").iter_rows()
            if not rights.get(source or "", (False, False))[0]
        }
        free_articles.update(set(articles["article_id"].to_list()) - set(closed))
        if closed:
            before = shown(connection, sorted(closed))
            frames = withheld(articles, frames, closed, before, configuration)
        else:
            frames["articles"] = articles
        for table, frame in frames.items():
            path = folder / table / file.name
            path.parent.mkdir(parents=True, exist_ok=True)
            frame.write_parquet(path, compression="lz4")
            paths[table].append(path)
    queries |= {table: rows_of(found, table) for table, found in paths.items()}
    path = folder / "rejects" / "all.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    safe_rejects(connection.sql(queries["rejects"]).pl(), free_articles).write_parquet(path)
    return queries | {"rejects": rows_of([path], "rejects")}


def source_rights(connection: duckdb.DuckDBPyConnection, sources: str) -> dict[str, tuple[bool, bool]]:
    """For each source whether its texts may be passed on, and whether it reserves text and data mining."""
    return {
        source: (rights in FREE_RIGHTS, bool(reserved))
        for source, rights, reserved in connection.execute(
            f"select source_id, rights, tdm_reserved from ({sources})"
        ).fetchall()
    }
