"""`quotes`: who said exactly what."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import pandera.polars as pa
import polars as pl

from schemas.table import ARTICLE_ID, CLUSTER_ID, ENTITY_ID, QUOTE_ID, SPAN, Table, field

TYPES = ("direct", "indirect", "mixed")
SPEAKER_KINDS = ("person", "organisation", "unnamed", "document", "none")
SPEAKER_RESOLUTIONS = ("name", "surname", "pronoun", "role", "carried", "none")


class Quotes(Table):
    """Speech, direct and indirect, with its speaker as printed and as resolved."""

    class Config(Table.Config):
        """Name, key and sorting order."""

        name = "quotes"
        metadata: ClassVar[dict[str, Any]] = {"key": "quote_id", "order": ("article_id", "start", "end", "quote_id")}

    quote_id: pl.String = field(
        "quote", "Id of the quote, stable while its words stand.", str_matches=QUOTE_ID, unique=True
    )
    article_id: pl.String = field(
        "article", "Article it stands in.", str_matches=ARTICLE_ID, references="articles.article_id"
    )
    start: pl.Int32 = field("start", "First character.", unit="characters", ge=0)
    end: pl.Int32 = field("end", "Character after the last.", unit="characters", ge=1)
    spans: Annotated[pl.List, SPAN] = field(
        "spans", "The parts of the quote, in order; several where it is interrupted."
    )
    text: pl.String = field(
        "text",
        "The words, parts joined by a space; withheld where rights or the excerpt budget say so.",
        nullable=True,
        excerpt=True,
    )
    type: pl.String = field("type", "direct (in quotation marks), indirect (reported), or mixed.", values=TYPES)
    quoted_fraction: pl.Float64 = field(
        "quoted fraction", "Share of its characters that stand in quotation marks.", unit="0 to 1", ge=0, le=1
    )
    speaker_text: pl.String = field("speaker as printed", "The words that name the speaker.", nullable=True)
    speaker_start: pl.Int32 = field(
        "speaker start", "First character of the speaker as printed.", unit="characters", nullable=True, ge=0
    )
    speaker_end: pl.Int32 = field(
        "speaker end", "Character after the speaker as printed.", unit="characters", nullable=True, ge=1
    )
    speaker_name: pl.String = field(
        "speaker", "Canonical name of the speaker; null rather than a guess.", nullable=True
    )
    speaker_entity_id: pl.String = field(
        "speaker entity",
        "Entity of the speaker.",
        nullable=True,
        str_matches=ENTITY_ID,
        references="entities.entity_id",
    )
    speaker_kind: pl.String = field("speaker kind", "What kind of source speaks.", values=SPEAKER_KINDS)
    speaker_resolution: pl.String = field(
        "speaker resolution",
        "How the speaker was resolved; carried means from the quote before.",
        values=SPEAKER_RESOLUTIONS,
    )
    cue_text: pl.String = field("cue", "The word or words that attribute it.", nullable=True)
    cue_start: pl.Int32 = field("cue start", "First character of the cue.", unit="characters", nullable=True, ge=0)
    cue_end: pl.Int32 = field("cue end", "Character after the cue.", unit="characters", nullable=True, ge=1)
    cue_lemma: pl.String = field("cue lemma", "Lemma of the cue's head word.", nullable=True)
    channel: pl.String = field(
        "channel",
        "Where: interview, press (a news conference), statement, social, speech, parliament, court, document.",
        nullable=True,
    )
    paragraph: pl.Int32 = field("paragraph", "Number of the block it starts in, from 0.", unit="count", ge=0)
    spans_paragraphs: pl.Boolean = field("spans paragraphs", "Whether it runs over more than one block.")
    cluster_id: pl.String = field(
        "cluster", "Quotes with the same words elsewhere share it.", nullable=True, str_matches=CLUSTER_ID
    )
    confidence: pl.Float64 = field(
        "confidence", "Calibrated probability that the speaker is right.", unit="0 to 1", nullable=True, ge=0, le=1
    )

    @pa.dataframe_check(name="start_before_end")
    def _start_before_end(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """A quote has at least one character, and so have its speaker and cue."""
        return data.lazyframe.select(
            (pl.col("start") < pl.col("end"))
            & (pl.col("speaker_start") < pl.col("speaker_end")).fill_null(True)
            & (pl.col("cue_start") < pl.col("cue_end")).fill_null(True)
        )

    @pa.dataframe_check(name="spans_cover_extent")
    def _spans_cover_extent(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """The first part starts where the quote starts, the last one ends where it ends."""
        return data.lazyframe.select(spans_cover_extent())

    @pa.dataframe_check(name="named_speaker_is_entity")
    def _named_speaker_is_entity(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """A speaker's name comes with the entity it is the name of."""
        return data.lazyframe.select(pl.col("speaker_name").is_null() == pl.col("speaker_entity_id").is_null())


def spans_cover_extent() -> pl.Expr:
    """Whether `spans` is not empty and begins and ends with `start` and `end`."""
    first = pl.col("spans").list.first().struct.field("start")
    last = pl.col("spans").list.last().struct.field("end")
    return (first == pl.col("start")).fill_null(False) & (last == pl.col("end")).fill_null(False)
