"""Excerpts: the rows to publish, with the texts withheld that rights and budget do not give away.

The policy, which the dataset card repeats:

* Sources whose rights are `open` or `licensed` are published in full. Of all others, an unknown source included, no
  more than a share of an article's characters is published, up to a number of characters: the headline, then
  quotations (direct, mixed, indirect), then claims, then the standfirst, each whole or not at all.
* A character counts once, whatever tables show it, and what earlier releases showed counts as well, so that neither
  a release with its `changes/` nor all releases together give more than the budget. In the end everything is shown
  whose characters are all shown anyway: the same rows show the same words in one release after the other.
* Names, dates, cues and hedges are free. Offsets, hashes and ids are facts about the text, not the text.
* Of a source that reserves text and data mining without an open or licensed text, the budget is nothing.
* Captions and other notes, and failing values in `rejects` that may be words of an article, are withheld.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from pipeline.configuration import Configuration
from pipeline.past_rows import PastRows
from pipeline.release.layout import Release
from pipeline.release.shown import by_article, remember, shown, words
from pipeline.release.withhold import safe_rejects, withheld
from pipeline.release.write import files, rows_of
from schemas import TABLES

if TYPE_CHECKING:
    import duckdb

#: Rights under which a text may be passed on.
FREE_RIGHTS = ("open", "licensed")
#: The tables with words of articles; those of them that use the budget up.
CUT = ("articles", "mentions", "quotes", "claims")
WORDED = ("articles", "quotes", "claims")


def published(
    connection: duckdb.DuckDBPyConnection,
    final: Path,
    configuration: Configuration,
    *,
    include_text: bool,
    earlier: Sequence[Release] = (),
    past: PastRows | None = None,
) -> dict[str, str]:
    """The query of the rows to publish, for every table, over the final rows under `final`.

    Works shard by shard: a shard's articles and their rows have files of the same name.

    Args:
        include_text: withhold nothing.
        earlier: the releases that are out already, whose excerpts count.
        past: the rows that were cut down before; new ones are added.
    """
    queries = {table: files(final, table) for table in TABLES}
    if include_text:
        return queries
    rights = source_rights(connection, queries["sources"])
    folder = final.with_name("published")
    remember(connection, earlier)
    free_articles: set[str] = set()
    for file in sorted((final / "articles").glob("*.parquet")):
        articles = pl.read_parquet(file, columns=["article_id", "source_id"])
        closed = {
            article: rights.get(source or "", (False, False))[1]
            for article, source in articles.iter_rows()
            if not rights.get(source or "", (False, False))[0]
        }
        free_articles.update(set(articles["article_id"].to_list()) - set(closed))
        rows = {table: path for table in CUT if (path := final / table / file.name).is_file()}
        _cut_down(connection, rows, folder, closed, configuration, past)
    queries |= {table: files(folder, table) for table in CUT}
    path = folder / "rejects" / "all.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    safe_rejects(connection.sql(queries["rejects"]).pl(), free_articles).write_parquet(path)
    return queries | {"rejects": rows_of([path], "rejects")}


def _cut_down(
    connection: duckdb.DuckDBPyConnection,
    rows: dict[str, Path],
    folder: Path,
    closed: dict[str, bool],
    configuration: Configuration,
    past: PastRows | None,
) -> None:
    """Write the rows of a shard to files below `folder`, with the texts withheld of the articles `closed`.

    Args:
        rows: the files of the final rows, by table.
        closed: articles whose text may not be passed on, and whether text and data mining is reserved.
    """
    places = {table: folder / table / path.name for table, path in rows.items()}
    for path in places.values():
        path.parent.mkdir(parents=True, exist_ok=True)
    if not closed:
        for table, path in rows.items():
            shutil.copyfile(path, places[table])
        return
    given: list[Any] = [configuration.excerpt_share, configuration.excerpt_characters, *sorted(closed.items())]
    before = shown(connection, sorted(closed))
    if past and past.restore(past.name(rows.values(), given, before), places) is not None:
        return
    frames = {table: pl.read_parquet(path) for table, path in rows.items()}
    for table, frame in withheld(frames, closed, by_article(before), configuration).items():
        frame.write_parquet(places[table], compression="lz4")
    if past:
        # The next release finds shown what this one shows; its rows are these then.
        queries = (rows_of([places[table]] if table in places else [], table) for table in WORDED)
        after = shown(connection, sorted(closed), words(*queries))
        past.keep(past.name(rows.values(), given, after), places)


def source_rights(connection: duckdb.DuckDBPyConnection, sources: str) -> dict[str, tuple[bool, bool]]:
    """For each source whether its texts may be passed on, and whether it reserves text and data mining."""
    return {
        source: (rights in FREE_RIGHTS, bool(reserved))
        for source, rights, reserved in connection.execute(
            f"select source_id, rights, tdm_reserved from ({sources})"
        ).fetchall()
    }
