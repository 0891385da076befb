"""Filled: tables with withheld texts put back, where the article's text is at hand, as SQL over `known_texts`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline.references import SLICES

if TYPE_CHECKING:
    import duckdb

#: The tables that hold texts.
FILLED = ("articles", "mentions", "quotes", "claims")


def know(connection: duckdb.DuckDBPyConnection, texts: Iterable[tuple[str, str]]) -> int:
    """Make the table `known_texts` of (SHA-256, text); returns how many there are."""
    rows = list(texts)
    connection.register(
        "texts_at_hand",
        pa.table({"text_sha256": [row[0] for row in rows], "known": [row[1] for row in rows]}, schema=_KNOWN),
    )
    connection.execute("create or replace table known_texts as select distinct * from texts_at_hand")
    connection.unregister("texts_at_hand")
    return len(rows)


_KNOWN = pa.schema([pa.field("text_sha256", pa.string()), pa.field("known", pa.string())])


def wanted(connection: duckdb.DuckDBPyConnection, articles: str) -> set[str]:
    """The hashes of the texts that the articles of a query lack."""
    rows = connection.execute(f"select distinct text_sha256 from ({articles}) where text is null").fetchall()
    return {row[0] for row in rows}


def filled(table: str, query: str, articles: str, key: str = "article_id") -> str:
    """The query of a table's rows with the texts that `known_texts` gives.

    Args:
        query: the rows as published.
        articles: the query of the articles as published.
        key: the columns that name an article's row.
    """
    if table == "articles":
        return (
            f"select found.* replace (coalesce(found.text, known) as text,"
            f" coalesce(title, {_block('title')}) as title, coalesce(subtitle, {_block('subtitle')}) as subtitle)"
            f" from ({query}) found left join known_texts using (text_sha256)"
        )
    changes = []
    for column, start, end in SLICES[table]:
        cut = f'substring(known, found."{start}" + 1, found."{end}" - found."{start}")'
        changes.append(f'coalesce(found."{column}", {cut}) as "{column}"')
    if table != "mentions":
        parts = (
            'array_to_string(list_transform(found.spans, lambda x: substring(known, x.start + 1, x."end" - x.start)),'
            " ' ')"
        )
        changes.append(f"coalesce(found.text, {parts}) as text")
    return (
        f"select found.* replace ({', '.join(changes)}) from ({query}) found left join"
        f" (select {key}, known from ({articles}) join known_texts using (text_sha256)) using ({key})"
    )


def _block(kind: str) -> str:
    first = f"list_filter(blocks, lambda x: x.kind = '{kind}')[1]"
    return f'substring(known, {first}.start + 1, {first}."end" - {first}.start)'
