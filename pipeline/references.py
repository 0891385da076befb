"""References: checks of rows against the article and the rows that they point to."""

from __future__ import annotations

import polars as pl

from pipeline.validation import reject
from schemas import Rejects, Table

#: Text columns that must be the slice between two offsets: (text, start, end), per table.
SLICES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "mentions": (("text", "start", "end"),),
    "quotes": (("speaker_text", "speaker_start", "speaker_end"), ("cue_text", "cue_start", "cue_end")),
    "claims": (("claimant_text", "claimant_start", "claimant_end"), ("cue_text", "cue_start", "cue_end")),
}

#: References inside lists of structs: (column, field, the `table.column` it points to), per table.
NESTED: dict[str, tuple[tuple[str, str, str], ...]] = {
    "claims": (
        ("relations", "claim_id", "claims.claim_id"),
        ("attribution_chain", "entity_id", "entities.entity_id"),
    ),
}


def check_text(model: type[Table], frame: pl.DataFrame, articles: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Check that every span lies inside its article and every text is the slice it claims to be.

    Args:
        articles: `article_id` and the full `text` of every article of the frame.
    """
    texts = dict(articles.select("article_id", "text").iter_rows())
    rejects = [Rejects.frame([])]
    outside = pl.Series(
        [
            (text := texts.get(article)) is None or not 0 <= start < end <= len(text)
            for article, start, end in frame.select("article_id", "start", "end").iter_rows()
        ],
        dtype=pl.Boolean,
    )
    frame, found = reject(model, frame, outside, "inside_article", "the span does not lie inside its article", "start")
    rejects.append(found)
    for column, start_column, end_column in SLICES[model.table_name()]:
        wrong = pl.Series(
            [
                (start is None) != (text is None) or (start is not None and texts[article][start:end] != text)
                for article, text, start, end in frame.select(
                    "article_id", column, start_column, end_column
                ).iter_rows()
            ],
            dtype=pl.Boolean,
        )
        frame, found = reject(model, frame, wrong, "text_is_slice", "the text is not the slice of its article", column)
        rejects.append(found)
    if "spans" in frame.columns:
        wrong = pl.Series(
            [
                text != spans_text(texts[article], [(span["start"], span["end"]) for span in spans])
                for article, text, spans in frame.select("article_id", "text", "spans").iter_rows()
            ],
            dtype=pl.Boolean,
        )
        frame, found = reject(model, frame, wrong, "text_is_slice", "the text is not that of its spans", "text")
        rejects.append(found)
    return frame, pl.concat(rejects)


def spans_text(text: str, spans: list[tuple[int, int]]) -> str:
    """The words of a span that may be interrupted: its parts joined by a space."""
    return " ".join(text[start:end] for start, end in spans)


def check_references(
    model: type[Table], frame: pl.DataFrame, ids: dict[str, pl.Series]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Check that every reference resolves.

    Args:
        ids: the ids that exist, by `table.column`; references to tables not given are not checked.
    """
    pointing: list[tuple[str, str | None, str]] = [
        (name, None, target)
        for name, column in model.to_schema().columns.items()
        if (target := (column.metadata or {}).get("references"))
    ]
    pointing += NESTED.get(model.table_name(), ())
    rejects = [Rejects.frame([])]
    for name, inner, target in pointing:
        if target not in ids:
            continue
        dangling = _dangling(frame[name], inner, ids[target])
        what = f"{name} is not in {target}" if inner is None else f"{inner} of {name} is not in {target}"
        frame, found = reject(model, frame, dangling, "reference", what, name)
        rejects.append(found)
    return frame, pl.concat(rejects)


def _dangling(values: pl.Series, inner: str | None, known: pl.Series) -> pl.Series:
    """For each value, or list of values, whether one of them is not known; `inner` names the field of structs."""
    rows = pl.DataFrame({"row": pl.int_range(len(values), eager=True), "value": values})
    found = rows.explode("value", empty_as_null=False) if isinstance(values.dtype, pl.List) else rows
    if inner is not None:
        found = found.select("row", pl.col("value").struct.field(inner).alias("value"))
    unknown = found.drop_nulls("value").join(pl.DataFrame({"value": known}), on="value", how="anti")["row"]
    return rows["row"].is_in(unknown.unique().implode())


def without_relations_to(claims: pl.DataFrame, gone: pl.Series) -> pl.DataFrame:
    """Claims without their relations to the claims `gone`, which were rejected: that says nothing against these."""
    # A loop, because an expression over lists holds all that is gone for every list.
    is_gone = set(gone)
    left = [
        own if own is None else [relation for relation in own if relation["claim_id"] not in is_gone]
        for own in claims["relations"].to_list()
    ]
    return claims.with_columns(pl.Series("relations", left, claims.schema["relations"]))
