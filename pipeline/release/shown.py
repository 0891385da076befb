"""Shown: the words that earlier releases showed of articles whose text they withheld, which count in the budget."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.link.parts import quoted, write
from pipeline.past_rows import PastRows
from pipeline.release.layout import Release, ReleaseError
from pipeline.release.manifest import MANIFEST
from pipeline.release.write import file_sha256, rows_of

if TYPE_CHECKING:
    import duckdb

#: For each article the hash of its text, the spans (or null), and the words.
Shown = dict[str, list[tuple[str, list[dict[str, int]] | None, str]]]


def words(articles: str, quotes: str, claims: str) -> str:
    """The query of the words that rows show of articles whose text they withhold, from the queries of the rows."""
    return f"""
        with closed as (select article_id, text_sha256, title, subtitle from ({articles}) where text is null)
        select * from (
            select article_id, text_sha256, found.spans, found.text as words
                from ({quotes}) found join closed using (article_id)
            union all select article_id, text_sha256, found.spans, found.text
                from ({claims}) found join closed using (article_id)
            union all select article_id, text_sha256, null, word
                from (select article_id, "text", unnest([subject, object]) as word from ({claims})) found
                join closed using (article_id) where not contains(found."text", word)
            union all select article_id, text_sha256, null, unnest([title, subtitle]) from closed)
        where words is not null"""


def remember(
    connection: duckdb.DuckDBPyConnection, earlier: Sequence[Release], folder: Path, past: PastRows | None = None
) -> None:
    """Make the table `shown_before`: the words that earlier releases showed of articles whose text they withheld.

    Args:
        earlier: the releases, the oldest first.
        folder: where the words may be written.
        past: the words of all releases but the newest ones, so that a run does not read the whole history again;
            those of all are added.
    """
    connection.execute(
        "create or replace table shown_before (article_id varchar, text_sha256 varchar,"
        ' spans struct(start integer, "end" integer)[], words varchar)'
    )
    places = {"shown": folder / "shown_before.parquet"}
    manifests = [file_sha256(release.folder / MANIFEST) for release in earlier]
    known = 0
    if past is not None:
        names = ((number, past.name([], manifests[:number])) for number in range(len(earlier), 0, -1))
        known = next((number for number, name in names if past.restore(name, places) is not None), 0)
    if known:
        connection.execute(f"insert into shown_before from read_parquet({quoted(str(places['shown']))})")
    for release in earlier[known:]:
        if release.manifest.get("include_text"):
            continue
        queries = (rows_of(release.paths(table), table) for table in ("articles", "quotes", "claims"))
        _executed(connection, release, f"insert into shown_before {words(*queries)}")
    if known == len(earlier):
        return
    connection.execute("create or replace table shown_before as select distinct * from shown_before")
    if past is not None:
        write(connection, "from shown_before order by all", places["shown"])
        past.keep(past.name([], manifests), places)


def _executed(connection: duckdb.DuckDBPyConnection, release: Release, statement: str) -> None:
    import duckdb

    try:
        connection.execute(statement)
    except duckdb.Error as error:
        raise ReleaseError(
            f"release {release.version} cannot be read, so that what it shows cannot be counted: "
            f"see onrecord verify {release.version} ({' '.join(str(error).split())[:200]})"
        ) from error


def digests(connection: duckdb.DuckDBPyConnection, articles: str, also: str | None = None) -> dict[str, str]:
    """For each shard a hash of what earlier releases showed of its articles.

    Args:
        articles: the query of the articles: `article_id`, `shard`.
        also: the query of further words that are shown.
    """
    rows = (
        f"select distinct * from (from shown_before union all by name from ({also}))" if also else "from shown_before"
    )
    row = "to_json(struct_pack(article_id, text_sha256, spans, words))::varchar"
    return dict(
        connection.execute(
            f"""select shard, coalesce(sum(md5_number_lower({row})::hugeint), 0)::varchar
            from ({articles}) articles left join ({rows}) using (article_id) group by shard"""
        ).fetchall()
    )


def shown(connection: duckdb.DuckDBPyConnection, articles: list[str]) -> Shown:
    """What earlier releases showed of some articles: the hash of the text, the spans (or null), the words."""
    found: Shown = defaultdict(list)
    listed = ", ".join(quoted(article) for article in articles)
    for article, digest, spans, text in connection.execute(
        f"select * from shown_before where article_id in ({listed}) order by all"
    ).fetchall():
        found[article].append((digest, spans, text))
    return found
