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
from pipeline.link.parts import quoted
from pipeline.past_rows import PastRows
from pipeline.release.excerpt_rows import excerpt_rows, safe_rejects
from pipeline.release.layout import Release
from pipeline.release.shown import digests, remember, shown, words
from pipeline.release.withhold import READ, decide
from pipeline.release.write import files, rows_of
from schemas import TABLES

if TYPE_CHECKING:
    import duckdb

#: Rights under which a text may be passed on.
FREE_RIGHTS = ("open", "licensed")
#: The tables whose rows show words that use the budget up.
WORDED = ("articles", "quotes", "claims")
#: Threads that decide: one reads while the other counts; and the shards that one decides on at once.
DECIDERS, AT_ONCE = 2, 4


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

    def decided(self, folder: Path) -> Path:
        """Where it stands what is shown of them."""
        return folder / "decided" / f"{self.name}.parquet"


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
        past: what was decided before; new decisions are added.
    """
    queries = {table: files(final, table) for table in TABLES}
    if include_text:
        return queries
    rights = source_rights(connection, queries["sources"])
    shards = [_shard(file, rights) for file in sorted((final / "articles").glob("*.parquet"))]
    folder = final.with_name("published")
    (folder / "decided").mkdir(parents=True, exist_ok=True)
    remember(connection, earlier, folder, past)
    free = sorted(article for shard in shards for article in shard.free)
    frame = pl.DataFrame({"article_id": free}, schema={"article_id": pl.String}).to_arrow()
    connection.register("free", frame)  # what is only registered is not seen by the connection's cursors
    connection.execute("create or replace table open_articles as from free")
    connection.unregister("free")
    excerpts = {table: excerpt_rows(table, queries[table]) for table in READ}
    if past is None:
        _decide(connection, shards, folder, configuration)
        _load_decisions(connection, shards, folder)
    else:
        _decide_new(connection, shards, folder, configuration, past, [excerpts[table] for table in WORDED])
    path = folder / "rejects.parquet"
    safe_rejects(connection.sql(queries["rejects"]).pl(), set(free)).write_parquet(path)
    return queries | excerpts | {"rejects": rows_of([path], "rejects")}


def _shard(file: Path, rights: dict[str, tuple[bool, bool]]) -> Shard:
    """The shard of a file of final articles."""
    paths = {table: file.parent.parent / table / file.name for table in READ}
    closed: dict[str, bool] = {}
    free: set[str] = set()
    for article, source in pl.read_parquet(file, columns=["article_id", "source_id"]).iter_rows():
        is_free, is_reserved = rights.get(source or "", (False, False))
        if is_free:
            free.add(article)
        else:
            closed[article] = is_reserved
    return Shard(file.stem, {table: path for table, path in paths.items() if path.is_file()}, closed, frozenset(free))


def _decide_new(
    connection: duckdb.DuckDBPyConnection,
    shards: Sequence[Shard],
    folder: Path,
    configuration: Configuration,
    past: PastRows,
    worded: Sequence[str],
) -> None:
    """Decide on the shards on which `past` holds no decision, and load all decisions.

    Args:
        worded: the queries of the rows to publish of `WORDED`.
    """
    articles = [(article, shard.name) for shard in shards for article in (*shard.closed, *shard.free)]
    frame = pl.DataFrame(articles, schema={"article_id": pl.String, "shard": pl.String}, orient="row")
    connection.register("shard_articles", frame.to_arrow())

    def name(shard: Shard, digest: str) -> str:
        limits = [configuration.excerpt_share, configuration.excerpt_characters]
        return past.name(shard.files.values(), [digest, *limits, *sorted(shard.closed.items())])

    def places(shard: Shard) -> dict[str, Path]:
        return {"decided": shard.decided(folder)}

    before = digests(connection, "from shard_articles")
    new = [shard for shard in shards if past.restore(name(shard, before.get(shard.name, "")), places(shard)) is None]
    _decide(connection, new, folder, configuration)
    _load_decisions(connection, shards, folder)
    if new:
        # The next release finds shown what this one shows, and decides the same.
        after = digests(connection, "from shard_articles", words(*worded))
        for shard in new:
            past.keep(name(shard, after.get(shard.name, "")), places(shard))
    connection.unregister("shard_articles")


def _decide(
    connection: duckdb.DuckDBPyConnection, shards: Sequence[Shard], folder: Path, configuration: Configuration
) -> None:
    """Write to a file of each shard below `folder` what is shown of its articles."""

    def decided(some: Sequence[Shard]) -> None:
        paths = {table: [shard.files[table] for shard in some if table in shard.files] for table in READ}
        frames = {table: pl.read_parquet(own, columns=list(READ[table])) for table, own in paths.items() if own}
        closed = {article: reserved for shard in some for article, reserved in shard.closed.items()}
        before = shown(connection.cursor(), sorted(closed)) if closed else {}
        found = decide(frames, closed, before, configuration)
        for shard in some:
            own = found.filter(pl.col("article_id").is_in(list(shard.closed)))
            own.write_parquet(shard.decided(folder))

    with ThreadPoolExecutor(DECIDERS) as deciders:
        for _ in deciders.map(decided, (shards[at : at + AT_ONCE] for at in range(0, len(shards), AT_ONCE))):
            pass


def _load_decisions(connection: duckdb.DuckDBPyConnection, shards: Sequence[Shard], folder: Path) -> None:
    """Make `decided`, what is shown of all shards' articles."""
    paths = ", ".join(quoted(str(shard.decided(folder))) for shard in shards)
    rows = f"from read_parquet([{paths}])" if shards else "select '' as kind, '' as id where false"
    connection.execute(f"create or replace view decided as {rows}")


def source_rights(connection: duckdb.DuckDBPyConnection, sources: str) -> dict[str, tuple[bool, bool]]:
    """For each source whether its texts may be passed on, and whether it reserves text and data mining."""
    return {
        source: (rights in FREE_RIGHTS, bool(reserved))
        for source, rights, reserved in connection.execute(
            f"select source_id, rights, tdm_reserved from ({sources})"
        ).fetchall()
    }
