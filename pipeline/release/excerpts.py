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
from typing import TYPE_CHECKING, Any

import polars as pl

from pipeline.configuration import Configuration
from pipeline.link.parts import quoted
from pipeline.release.budget import FREE_CHARACTERS, Budget, limit_of, parts_of
from pipeline.release.layout import Release, ReleaseError
from pipeline.release.write import files, rows_of
from schemas import TABLES, Rejects

if TYPE_CHECKING:
    import duckdb

#: Rights under which a text may be passed on.
FREE_RIGHTS = ("open", "licensed")
#: The order in which quotes use the budget up.
_QUOTE_ORDER = {"direct": 0, "mixed": 1, "indirect": 2}
#: Columns with names, cues and the like: free while they are short.
_FREE_COLUMNS = {
    "quotes": ("speaker_text", "cue_text"),
    "claims": ("predicate", "claimant_text", "cue_text", "place_text"),
}
_FREE_LISTS = {"claims": ("attribution_chain", "hedges")}

Before = dict[str, list[tuple[str, list[dict[str, int]] | None, str]]]


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
    _shown_before(connection, earlier)
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
            before = _before(connection, sorted(closed))
            frames = withheld(articles, frames, closed, before, configuration)
        else:
            frames["articles"] = articles
        for table, frame in frames.items():
            path = folder / table / file.name
            path.parent.mkdir(parents=True, exist_ok=True)
            frame.write_parquet(path, compression="zstd", compression_level=1)
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


def withheld(
    articles: pl.DataFrame,
    frames: dict[str, pl.DataFrame],
    closed: dict[str, bool],
    before: Before,
    configuration: Configuration,
) -> dict[str, pl.DataFrame]:
    """The articles and their rows with the texts of `closed` articles cut down to the budget.

    Args:
        closed: articles whose text may not be passed on, and whether text and data mining is reserved.
        before: what earlier releases showed of them, as `_before` gives it.
    """
    budgets: dict[str, Budget] = {}
    titles: dict[str, str] = {}
    columns = ("article_id", "text", "text_sha256", "title")
    for article, text, digest, title in articles.select(columns).iter_rows():
        if article not in closed:
            continue
        budget = Budget(text, 0 if closed[article] else limit_of(len(text), configuration))
        for was, spans, words in before.get(article, ()):
            if spans is None:
                budget.count(words=[words])
            elif was == digest:
                budget.count(_pairs(spans))
            else:
                budget.count(words=parts_of(words, _pairs(spans)))
        budgets[article] = budget
        if title and budget.take(words=[title]):
            titles[article] = title
    done = dict(frames)
    for table in ("quotes", "claims"):
        if table in frames:
            done[table] = _rows(table, frames[table], budgets)
    subtitles = {
        article: words
        for article, words in articles.select("article_id", "subtitle").iter_rows()
        if words and article in budgets and budgets[article].take(words=[words])
    }
    if "mentions" in frames:
        done["mentions"] = _mentions(frames["mentions"], budgets)
    done["articles"] = _articles(articles, budgets, titles, subtitles)
    return done


def _pairs(spans: list[dict[str, int]]) -> list[tuple[int, int]]:
    return [(span["start"], span["end"]) for span in spans]


def _rows(table: str, frame: pl.DataFrame, budgets: dict[str, Budget]) -> pl.DataFrame:
    """Quotes or claims: their words while the budget lasts, in the order of the policy."""
    key = TABLES[table].key()
    words = ("subject", "object") if table == "claims" else ()
    columns = ["article_id", "start", "end", key, "spans", "text", *words, *(["type"] if table == "quotes" else [])]
    order = sorted(
        frame.select(columns).with_row_index("row").iter_rows(named=True),
        key=lambda row: (_QUOTE_ORDER.get(row.get("type", ""), 0), row["start"], row["end"], row[key]),
    )
    hidden = [
        row["row"]
        for row in order
        if row["article_id"] in budgets
        and not budgets[row["article_id"]].take(
            _pairs(row["spans"]), [row[name] for name in words if row[name] and row[name] not in row["text"]]
        )
    ]
    shown = ~pl.int_range(pl.len()).is_in(hidden)
    closed = pl.col("article_id").is_in(list(budgets))
    changes = [pl.when(shown).then(pl.col(name)).alias(name) for name in ("text", *words)]
    changes += [_short(pl.col(name), closed).alias(name) for name in _FREE_COLUMNS[table]]
    for name in _FREE_LISTS.get(table, ()):
        changes.append(_short_list(frame, name, closed))
    return frame.with_columns(changes)


def _short(value: pl.Expr, closed: pl.Expr) -> pl.Expr:
    return pl.when(~closed | (value.str.len_chars() <= FREE_CHARACTERS)).then(value)


def _short_list(frame: pl.DataFrame, name: str, closed: pl.Expr) -> pl.Expr:
    """A list of structs whose texts are free while they are short."""
    type_: Any = frame.schema[name]
    fields = [
        pl.when(
            (pl.element().struct.field(field.name).str.len_chars() <= FREE_CHARACTERS).fill_null(True)
        ).then(pl.element().struct.field(field.name)).alias(field.name)
        if field.dtype == pl.String
        else pl.element().struct.field(field.name)
        for field in type_.inner.fields
    ]  # fmt: skip
    return pl.when(closed).then(pl.col(name).list.eval(pl.struct(fields))).otherwise(pl.col(name)).alias(name)


def _mentions(frame: pl.DataFrame, budgets: dict[str, Budget]) -> pl.DataFrame:
    """Names, pronouns and times are free; common nouns are shown where the words around them are."""
    hidden = [
        number
        for number, (article, start, end, kind) in enumerate(
            frame.select("article_id", "start", "end", "kind").iter_rows()
        )
        if (budget := budgets.get(article)) is not None
        and (kind == "nominal" or end - start > FREE_CHARACTERS)
        and not budget.shows(start, end)
    ]
    return frame.with_columns(pl.when(~pl.int_range(pl.len()).is_in(hidden)).then(pl.col("text")).alias("text"))


def _articles(
    frame: pl.DataFrame, budgets: dict[str, Budget], titles: dict[str, str], subtitles: dict[str, str]
) -> pl.DataFrame:
    closed = pl.col("article_id").is_in(list(budgets))
    note, evidence = pl.element().struct, pl.element().struct
    notes = pl.col("notes").list.eval(
        pl.struct(note.field("kind"), pl.when(note.field("kind") == "url").then(note.field("text")).alias("text"))
    )
    dates = pl.col("published_evidence").list.eval(
        pl.struct(evidence.field("kind"), _short(evidence.field("text"), pl.lit(True)).alias("text"))
    )

    def kept(name: str, words: dict[str, str]) -> pl.Expr:
        return pl.when(~closed | pl.col("article_id").is_in(list(words))).then(pl.col(name)).alias(name)

    return frame.with_columns(
        pl.when(~closed).then(pl.col("text")).alias("text"),
        kept("title", titles),
        kept("subtitle", subtitles),
        pl.when(closed).then(notes).otherwise(pl.col("notes")).alias("notes"),
        pl.when(closed).then(dates).otherwise(pl.col("published_evidence")).alias("published_evidence"),
    )


def safe_rejects(frame: pl.DataFrame, free_articles: set[str]) -> pl.DataFrame:
    """Rejects without the values that may be words of an article that may not be passed on.

    Kept are short values of columns that hold no words; an error's message is cut to its kind.
    """
    plain = {
        (table, name)
        for table, model in TABLES.items()
        for name, column in model.to_schema().columns.items()
        if table in ("sources", "entities")
        or not (column.dtype.type == pl.String or isinstance(column.dtype.type, pl.List))
    }
    place = pl.concat_str("table", pl.lit("."), pl.col("column").fill_null(""))
    free = pl.col("article_id").is_in(sorted(free_articles)).fill_null(False)
    known = place.is_in(sorted(f"{table}.{name}" for table, name in plain))
    reason = pl.col("reason")
    short = reason.str.replace(r"(?s)^(annotation failed: \w+).*$", "$1")
    return frame.with_columns(
        pl.when(free | known).then(pl.col("value")).alias("value"),
        pl.when(free).then(reason).otherwise(short).alias("reason"),
    ).select(list(Rejects.polars_schema()))


def _shown_before(connection: duckdb.DuckDBPyConnection, earlier: Sequence[Release]) -> None:
    """Make the table `shown_before`: the words that earlier releases showed of articles whose text they withheld."""
    connection.execute(
        "create or replace temp table shown_before (article_id varchar, text_sha256 varchar,"
        ' spans struct(start integer, "end" integer)[], words varchar)'
    )
    for release in earlier:
        if release.manifest.get("include_text"):
            continue
        articles, quotes, claims = (rows_of(release.paths(table), table) for table in ("articles", "quotes", "claims"))
        _executed(
            connection,
            release,
            f"""insert into shown_before
            with closed as (select article_id, text_sha256, title, subtitle from ({articles}) where text is null)
            select article_id, text_sha256, found.spans, found.text from ({quotes}) found join closed using (article_id)
                where found.text is not null
            union all select article_id, text_sha256, found.spans, found.text
                from ({claims}) found join closed using (article_id) where found.text is not null
            union all select article_id, text_sha256, null, word
                from (select article_id, "text", unnest([subject, object]) as word from ({claims})) found
                join closed using (article_id) where not contains(found."text", word)
            union all select article_id, text_sha256, null, unnest([title, subtitle]) from closed""",
        )
    connection.execute(
        "create or replace temp table shown_before as select distinct * from shown_before where words is not null"
    )


def _executed(connection: duckdb.DuckDBPyConnection, release: Release, statement: str) -> None:
    import duckdb

    try:
        connection.execute(statement)
    except duckdb.Error as error:
        raise ReleaseError(
            f"release {release.version} cannot be read, so that what it shows cannot be counted: "
            f"see onrecord verify {release.version} ({' '.join(str(error).split())[:200]})"
        ) from error


def _before(connection: duckdb.DuckDBPyConnection, articles: list[str]) -> Before:
    """What earlier releases showed of some articles: the hash of the text, the spans (or null), the words."""
    found: Before = defaultdict(list)
    listed = ", ".join(quoted(article) for article in articles)
    for article, digest, spans, words in connection.execute(
        f"select * from shown_before where article_id in ({listed}) order by all"
    ).fetchall():
        found[article].append((digest, spans, words))
    return found


__all__ = ["FREE_RIGHTS", "published", "safe_rejects", "source_rights", "withheld"]
