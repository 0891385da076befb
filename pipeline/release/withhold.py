"""Withhold: articles and their rows without the texts that neither rights nor budget give away, as `excerpts` says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from pipeline.configuration import Configuration
from pipeline.release.budget import FREE_CHARACTERS, Budget, limit_of, parts_of
from pipeline.release.shown import Shown
from schemas import TABLES, Rejects

#: The order in which quotes use the budget up.
_QUOTE_ORDER = {"direct": 0, "mixed": 1, "indirect": 2}
#: Columns with names, cues and the like: free while they are short.
_FREE_COLUMNS = {
    "quotes": ("speaker_text", "cue_text"),
    "claims": ("predicate", "claimant_text", "cue_text", "place_text"),
}
_FREE_LISTS = {"claims": ("attribution_chain", "hedges")}
#: Columns with words of the article that may stand outside the row's text.
_WORDS = {"claims": ("subject", "object")}


#: Words of an article that want to be shown: number of the row, article, spans, and words that may stand outside them.
Asked = tuple[int, str, list[tuple[int, int]], Sequence[str]]


def withheld(
    frames: dict[str, pl.DataFrame], closed: dict[str, bool], before: Shown, configuration: Configuration
) -> dict[str, pl.DataFrame]:
    """Articles and their rows with the texts of `closed` articles cut down to the budget.

    Args:
        frames: the rows of `articles` and of the tables with their rows.
        closed: articles whose text may not be passed on, and whether text and data mining is reserved.
        before: what earlier releases showed of them, as `shown` gives it.
    """
    articles = frames["articles"]
    budgets = _budgets(articles, closed, before, configuration)
    asked = {"title": _headings(articles, "title", budgets)}
    asked |= {table: _asked(table, frames[table], budgets) for table in ("quotes", "claims") if table in frames}
    asked["subtitle"] = _headings(articles, "subtitle", budgets)
    refused: list[tuple[set[int], Asked]] = []
    shown: dict[str, set[int]] = {name: set() for name in asked}
    for name, wanted in asked.items():
        for item in wanted:
            row, article, spans, outside = item
            if budgets[article].take(spans, outside):
                shown[name].add(row)
            else:
                refused.append((shown[name], item))
    # What later words came to show is free by now.
    for rows, (row, article, spans, outside) in refused:
        if budgets[article].is_free(spans, outside):
            rows.add(row)
    done = dict(frames)
    for table in ("quotes", "claims"):
        if table in frames:
            done[table] = _rows(table, frames[table], budgets, shown[table])
    if "mentions" in frames:
        done["mentions"] = _mentions(frames["mentions"], budgets)
    done["articles"] = _articles(articles, budgets, shown["title"], shown["subtitle"])
    return done


def _budgets(
    articles: pl.DataFrame, closed: dict[str, bool], before: Shown, configuration: Configuration
) -> dict[str, Budget]:
    """The budget of each closed article, with what earlier releases showed of it counted."""
    budgets: dict[str, Budget] = {}
    for article, text, digest in articles.select("article_id", "text", "text_sha256").iter_rows():
        if article not in closed:
            continue
        budget = Budget(text, 0 if closed[article] else limit_of(len(text), configuration))
        for was, spans, words in before.get(article, ()):
            if spans is None:
                budget.count(words=[words])
            elif was == digest:
                budget.count(_pairs(spans))
            else:
                budget.count(words=[part for part in parts_of(words, _pairs(spans)) if part])
        budgets[article] = budget
    return budgets


def _headings(articles: pl.DataFrame, column: str, budgets: dict[str, Budget]) -> Iterator[Asked]:
    """The titles or standfirsts of closed articles."""
    for row, (article, words) in enumerate(articles.select("article_id", column).iter_rows()):
        if words and article in budgets:
            yield row, article, [], (words,)


def _pairs(spans: list[dict[str, int]]) -> list[tuple[int, int]]:
    return [(span["start"], span["end"]) for span in spans]


def _asked(table: str, frame: pl.DataFrame, budgets: dict[str, Budget]) -> Iterator[Asked]:
    """The words of the quotes or claims of closed articles, in the order of the policy."""
    kinds = [pl.col("type").replace_strict(_QUOTE_ORDER, default=0)] if table == "quotes" else []
    text, span = pl.col("text"), pl.element().struct
    several = pl.when(pl.col("spans").list.len() != 1)
    order = (
        frame.with_row_index("row")
        .filter(pl.col("article_id").is_in(list(budgets)))
        .sort(*kinds, "start", "end", TABLES[table].key())
        .select(
            "row",
            "article_id",
            "start",
            "end",
            several.then(pl.col("spans").list.eval(span.field("start"))).alias("starts"),
            several.then(pl.col("spans").list.eval(span.field("end"))).alias("ends"),
            *(
                pl.when(~text.str.contains(pl.col(name), literal=True)).then(pl.col(name)).alias(name)
                for name in _WORDS.get(table, ())
            ),
        )
    )
    for row, article, start, end, starts, ends, *outside in order.iter_rows():
        spans = [(start, end)] if starts is None else list(zip(starts, ends, strict=True))
        yield row, article, spans, [word for word in outside if word]


def _rows(table: str, frame: pl.DataFrame, budgets: dict[str, Budget], shown: set[int]) -> pl.DataFrame:
    """Quotes or claims with the words of open articles, and those of the rows `shown`."""
    closed = frame["article_id"].is_in(list(budgets))
    open_ = pl.lit(~closed) | _numbered(shown)
    changes = [pl.when(open_).then(pl.col(name)).alias(name) for name in ("text", *_WORDS.get(table, ()))]
    changes += [_short(pl.col(name), pl.lit(closed)).alias(name) for name in _FREE_COLUMNS[table]]
    for name in _FREE_LISTS.get(table, ()):
        changes.append(_short_list(frame, name, pl.lit(closed)))
    return frame.with_columns(changes)


def _numbered(rows: set[int]) -> pl.Expr:
    """For each row of a frame whether its number is among `rows`."""
    return pl.int_range(pl.len()).is_in(sorted(rows))


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
    doubtful = (
        frame.with_row_index("row")
        .filter((pl.col("kind") == "nominal") | (pl.col("end") - pl.col("start") > FREE_CHARACTERS))
        .filter(pl.col("article_id").is_in(list(budgets)))
        .select("row", "article_id", "start", "end")
    )
    hidden = {row for row, article, start, end in doubtful.iter_rows() if not budgets[article].shows(start, end)}
    return frame.with_columns(pl.when(~_numbered(hidden)).then(pl.col("text")).alias("text"))


def _articles(frame: pl.DataFrame, budgets: dict[str, Budget], titles: set[int], subtitles: set[int]) -> pl.DataFrame:
    closed = pl.col("article_id").is_in(list(budgets))
    note, evidence = pl.element().struct, pl.element().struct
    notes = pl.col("notes").list.eval(
        pl.struct(note.field("kind"), pl.when(note.field("kind") == "url").then(note.field("text")).alias("text"))
    )
    dates = pl.col("published_evidence").list.eval(
        pl.struct(evidence.field("kind"), _short(evidence.field("text"), pl.lit(True)).alias("text"))
    )

    def kept(name: str, shown: set[int]) -> pl.Expr:
        return pl.when(~closed | _numbered(shown)).then(pl.col(name)).alias(name)

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
