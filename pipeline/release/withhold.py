"""Withhold: which words of an article are let out where neither rights nor budget give all away, as `excerpts` says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from pipeline.configuration import Configuration
from pipeline.release.budget import FREE_CHARACTERS, Budget, Coverage, Span, limit_of, parts_of
from pipeline.release.shown import Shown
from schemas import TABLES

#: What is shown, a row each: titles and standfirsts (by article), quotes, claims, and such mentions as are no names.
DECISIONS: dict[str, Any] = {"kind": pl.String, "id": pl.String, "article_id": pl.String}
#: The columns by which it is decided.
READ = {
    "articles": ("article_id", "text", "text_sha256", "title", "subtitle"),
    "mentions": ("mention_id", "article_id", "kind", "start", "end"),
    "quotes": ("quote_id", "article_id", "type", "start", "end", "spans", "text"),
    "claims": ("claim_id", "article_id", "start", "end", "spans", "text", "subject", "object"),
}
#: Columns with words of the article that may stand outside the row's text.
WORDS = {"claims": ("subject", "object")}
#: Names, pronouns and times are free. Common nouns, and what is too long for a name, are shown where the words around
#: them are.
_FREE_MENTION = (pl.col("kind") != "nominal") & (pl.col("end") - pl.col("start") <= FREE_CHARACTERS)
#: The order in which quotes use the budget up.
_QUOTE_ORDER = {"direct": 0, "mixed": 1, "indirect": 2}
#: A row that wants to be shown has `spans` where it is not the one from start to end, and words that stand outside.
_OUTSIDE = ("one", "other")
_SPANS = pl.List(pl.Struct({"start": pl.Int32, "end": pl.Int32}))
_PLAIN = pl.all_horizontal(pl.col("spans", *_OUTSIDE).is_null())


def decide(
    frames: dict[str, pl.DataFrame], closed: dict[str, bool], before: Shown, configuration: Configuration
) -> pl.DataFrame:
    """What is shown of `closed` articles (`DECISIONS`).

    Args:
        frames: the rows of `articles` and of the tables with their rows, with the columns of `READ` at least.
        closed: articles whose text may not be passed on, and whether text and data mining is reserved.
        before: what earlier releases showed of them, as `shown` gives it.
    """
    articles = frames["articles"]
    budgets = _budgets(articles, closed, before, configuration)
    asked = {"title": _heading(articles, "title", budgets)}
    asked |= {table: _asked(table, frames[table], budgets) for table in ("quotes", "claims") if table in frames}
    asked["subtitle"] = _heading(articles, "subtitle", budgets)
    for kind, wanted in asked.items():
        _take(_affordable(wanted, budgets) if kind == "claims" else wanted, budgets)
    # What is shown in the end is shown wherever it stands: also what was refused before later words came to show it.
    covered = Coverage(budgets)
    decided = [
        wanted.filter(_free(wanted, budgets, covered)).select(pl.lit(kind).alias("kind"), "id", "article_id")
        for kind, wanted in asked.items()
    ]
    if "mentions" in frames:
        doubtful = frames["mentions"].filter(pl.col("article_id").is_in(list(budgets)) & ~_FREE_MENTION)
        own = (pl.lit("mentions").alias("kind"), pl.col("mention_id").alias("id"), "article_id")
        decided.append(doubtful.filter(pl.Series(covered.covers(doubtful))).select(*own))
    return pl.concat(decided)


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


def _pairs(spans: list[dict[str, int]]) -> list[Span]:
    return [(span["start"], span["end"]) for span in spans]


def _heading(articles: pl.DataFrame, column: str, budgets: dict[str, Budget]) -> pl.DataFrame:
    """The titles or standfirsts of closed articles that want to be shown."""
    words, nothing = pl.col(column), pl.lit(0, pl.Int32)
    return articles.filter(pl.col("article_id").is_in(list(budgets)) & (words != "")).select(
        pl.col("article_id").alias("id"),
        "article_id",
        nothing.alias("start"),
        nothing.alias("end"),
        pl.lit([], dtype=_SPANS).alias("spans"),
        words.alias("one"),
        pl.lit(None, pl.String).alias("other"),
    )


def _asked(table: str, frame: pl.DataFrame, budgets: dict[str, Budget]) -> pl.DataFrame:
    """The quotes or claims of closed articles that want to be shown, in the order of the policy."""
    key = TABLES[table].key()
    kinds = [pl.col("type").replace_strict(_QUOTE_ORDER, default=0)] if table == "quotes" else []
    outside = (
        [
            pl.when(~pl.col("text").str.contains(pl.col(name), literal=True)).then(pl.col(name)).alias(place)
            for name, place in zip(WORDS[table], _OUTSIDE, strict=True)
        ]
        if table in WORDS
        else [pl.lit(None, pl.String).alias(place) for place in _OUTSIDE]
    )
    return (
        frame.filter(pl.col("article_id").is_in(list(budgets)))
        .sort(*kinds, "start", "end", key)
        .select(
            pl.col(key).alias("id"),
            "article_id",
            "start",
            "end",
            pl.when(pl.col("spans").list.len() != 1).then("spans"),
            *outside,
        )
    )


def _affordable(wanted: pl.DataFrame, budgets: dict[str, Budget]) -> pl.DataFrame:
    """The rows that the budgets may come to allow.

    A span that costs more than is left now never fits: what comes to be shown of it is taken from what is left.
    """
    cost, left = Coverage(budgets).costs(wanted)
    return wanted.filter(pl.col("spans").is_not_null() | pl.Series(cost <= left))


def _take(wanted: pl.DataFrame, budgets: dict[str, Budget]) -> None:
    """Show, row by row, what the budgets allow."""
    others = _others(wanted)
    rows = (wanted["article_id"], wanted["start"], wanted["end"], wanted.select(_PLAIN).to_series())
    for article, start, end, is_plain in zip(*(column.to_list() for column in rows), strict=True):
        if is_plain:
            budgets[article].take_span(start, end)
        else:
            budgets[article].take(*next(others))


def _free(wanted: pl.DataFrame, budgets: dict[str, Budget], covered: Coverage) -> pl.Series:
    """For each row whether all its words are shown."""
    free = covered.covers(wanted)
    others = wanted.with_row_index("row").filter(~_PLAIN)
    for row, article, words in zip(others["row"], others["article_id"], _others(wanted), strict=True):
        free[row] = budgets[article].is_free(*words)
    return pl.Series(free)


def _others(wanted: pl.DataFrame) -> Iterator[tuple[list[Span], list[str]]]:
    """The spans and the words of the rows that are more than one span."""
    for start, end, spans, *words in wanted.filter(~_PLAIN).select("start", "end", "spans", *_OUTSIDE).iter_rows():
        yield [(start, end)] if spans is None else _pairs(spans), [word for word in words if word]
