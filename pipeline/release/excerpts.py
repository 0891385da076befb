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

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from pipeline.configuration import Configuration
from pipeline.past_rows import PastRows
from pipeline.release.layout import Release
from pipeline.release.shown import digests, remember, shown, words
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
#: Shards that are cut down at once: one is read or written while the other's words are counted.
CUTTERS = 2


@dataclass(frozen=True, slots=True)
class Shard:
    """The final rows of a shard.

    Attributes:
        files: the file of each table's rows.
        closed: its articles whose text may not be passed on, and whether text and data mining is reserved.
        free: its other articles.
    """

    name: str
    files: dict[str, Path]
    closed: dict[str, bool]
    free: frozenset[str]

    def places(self, folder: Path) -> dict[str, Path]:
        """Where the rows to publish stand."""
        return {table: folder / table / path.name for table, path in self.files.items()}


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
    shards = [_shard(file, rights) for file in sorted((final / "articles").glob("*.parquet"))]
    folder = final.with_name("published")
    for table in CUT:
        (folder / table).mkdir(parents=True, exist_ok=True)
    remember(connection, earlier, folder, past)
    if past is None:
        _cut_down(connection, shards, folder, configuration)
    else:
        _cut_down_new(connection, shards, folder, configuration, past)
    path = folder / "rejects" / "all.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    free = {article for shard in shards for article in shard.free}
    safe_rejects(connection.sql(queries["rejects"]).pl(), free).write_parquet(path)
    queries |= {table: files(folder, table) for table in CUT}
    return queries | {"rejects": rows_of([path], "rejects")}


def _shard(file: Path, rights: dict[str, tuple[bool, bool]]) -> Shard:
    """The shard of a file of final articles."""
    paths = {table: file.parent.parent / table / file.name for table in CUT}
    closed: dict[str, bool] = {}
    free: set[str] = set()
    for article, source in pl.read_parquet(file, columns=["article_id", "source_id"]).iter_rows():
        is_free, is_reserved = rights.get(source or "", (False, False))
        if is_free:
            free.add(article)
        else:
            closed[article] = is_reserved
    return Shard(file.stem, {table: path for table, path in paths.items() if path.is_file()}, closed, frozenset(free))


def _cut_down_new(
    connection: duckdb.DuckDBPyConnection,
    shards: Sequence[Shard],
    folder: Path,
    configuration: Configuration,
    past: PastRows,
) -> None:
    """Cut down the shards of which `past` does not hold the rows to publish."""
    articles = [(article, shard.name) for shard in shards for article in (*shard.closed, *shard.free)]
    frame = pl.DataFrame(articles, schema={"article_id": pl.String, "shard": pl.String}, orient="row")
    connection.register("shard_articles", frame.to_arrow())

    def name(shard: Shard, digest: str) -> str:
        limits = [configuration.excerpt_share, configuration.excerpt_characters]
        return past.name(shard.files.values(), [digest, *limits, *sorted(shard.closed.items())])

    before = digests(connection, "from shard_articles")
    new = [
        shard for shard in shards if past.restore(name(shard, before.get(shard.name, "")), shard.places(folder)) is None
    ]
    _cut_down(connection, new, folder, configuration)
    if new:
        # The next release finds shown what this one shows; its rows are these then.
        after = digests(connection, "from shard_articles", words(*(files(folder, table) for table in WORDED)))
        for shard in new:
            past.keep(name(shard, after.get(shard.name, "")), shard.places(folder))
    connection.unregister("shard_articles")


def _cut_down(
    connection: duckdb.DuckDBPyConnection, shards: Sequence[Shard], folder: Path, configuration: Configuration
) -> None:
    """Write the rows of shards to files below `folder`, with the texts withheld that are not to be published."""

    def cut(shard: Shard) -> None:
        frames = {table: pl.read_parquet(path) for table, path in shard.files.items()}
        if shard.closed:
            before = shown(connection.cursor(), sorted(shard.closed))
            frames = withheld(frames, shard.closed, before, configuration)
        for table, path in shard.places(folder).items():
            frames[table].write_parquet(path, compression="lz4")

    with ThreadPoolExecutor(CUTTERS) as cutters:
        for _ in cutters.map(cut, shards):
            pass


def source_rights(connection: duckdb.DuckDBPyConnection, sources: str) -> dict[str, tuple[bool, bool]]:
    """For each source whether its texts may be passed on, and whether it reserves text and data mining."""
    return {
        source: (rights in FREE_RIGHTS, bool(reserved))
        for source, rights, reserved in connection.execute(
            f"select source_id, rights, tdm_reserved from ({sources})"
        ).fetchall()
    }
