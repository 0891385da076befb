"""Excerpt rows: the queries of the rows to publish, without the words that were decided to be withheld."""

from __future__ import annotations

import polars as pl
import pyarrow as pa

from pipeline.release.arrow import arrow_schema
from pipeline.release.budget import FREE_CHARACTERS
from pipeline.release.withhold import WORDS
from schemas import TABLES, Rejects

#: Columns with names, cues and the like: free while they are short.
_FREE_COLUMNS = {
    "quotes": ("speaker_text", "cue_text"),
    "claims": ("predicate", "claimant_text", "cue_text", "place_text"),
}
_FREE_LISTS = {"claims": ("attribution_chain", "hedges")}

_OPEN = "article_id in (select article_id from open_articles)"


def excerpt_rows(table: str, rows: str) -> str:
    """The query of a table's rows as they are published, over the relations `open_articles` and `decided`.

    `open_articles` has the `article_id` of every article whose text may be passed on, `decided` what is shown of the
    others (`withhold.DECISIONS`): nothing is shown that stands in neither.

    Args:
        rows: the query of the table's final rows.
    """
    if table == "articles":
        return _articles(rows)
    key = TABLES[table].key()
    listed = _decided(key, table)
    if table == "mentions":
        is_free = f"(kind <> 'nominal' and \"end\" - start <= {FREE_CHARACTERS})"
        return f"select * replace (case when {is_free} or {_OPEN} or {listed} then text end as text) from ({rows})"
    changes = [
        f'case when is_open or is_shown then "{name}" end as "{name}"' for name in ("text", *WORDS.get(table, ()))
    ]
    changes += [f'case when is_open or {_short(name)} then "{name}" end as "{name}"' for name in _FREE_COLUMNS[table]]
    for name in _FREE_LISTS.get(table, ()):
        fields = {
            field.name: f'case when {_short(f"part.{field.name}")} then part."{field.name}" end'
            if pa.types.is_string(field.type)
            else f'part."{field.name}"'
            for field in arrow_schema(table).field(name).type.value_type
        }
        changes.append(f'case when is_open then "{name}" else {_transformed(name, fields)} end as "{name}"')
    return f"""select * exclude (is_open, is_shown) replace ({", ".join(changes)}) from (
        select *, {_OPEN} as is_open, {listed} as is_shown
        from ({rows}))"""


def _decided(key: str, kind: str) -> str:
    return f"{key} in (select id from decided where kind = '{kind}')"


def _short(column: str) -> str:
    name = ".".join(f'"{part}"' for part in column.split("."))
    return f"length({name}) <= {FREE_CHARACTERS}"


def _transformed(column: str, fields: dict[str, str]) -> str:
    """A list of structs whose fields are given by expressions over `part`."""
    packed = ", ".join(f'"{name}" := {value}' for name, value in fields.items())
    return f'list_transform("{column}", lambda part: struct_pack({packed}))'


def _articles(rows: str) -> str:
    """Articles without texts; of captions and notes only the addresses, of the signs of a date only short ones."""
    notes = _transformed("notes", {"kind": "part.kind", "text": "case when part.kind = 'url' then part.text end"})
    signs = {"kind": "part.kind", "text": f"case when {_short('part.text')} then part.text end"}
    return f"""select * exclude (is_open, title_shown, subtitle_shown) replace (
            case when is_open then text end as text,
            case when is_open or title_shown then title end as title,
            case when is_open or subtitle_shown then subtitle end as subtitle,
            case when is_open then notes else {notes} end as notes,
            case when is_open then published_evidence else {_transformed("published_evidence", signs)} end
                as published_evidence)
        from (select *, {_OPEN} as is_open,
            {_decided("article_id", "title")} as title_shown,
            {_decided("article_id", "subtitle")} as subtitle_shown from ({rows}))"""


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
