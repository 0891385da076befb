"""`mentions`: names, nominals, pronouns and time expressions in the text."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import pandera.polars as pa
import polars as pl

from schemas.table import ARTICLE_ID, ENTITY_ID, MENTION_ID, Table, field

ENTITY_TYPES = (
    "PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "WEAPON", "EVENT", "PRODUCT", "WORK", "LAW", "MEDIA", "PLATFORM",
    "OTHER",
)  # fmt: skip
TIME_TYPES = ("DATE", "TIME", "DURATION", "SET")
KINDS = ("name", "nominal", "pronoun", "time")
METONYMIES = ("government", "organisation", "people")
RESOLUTIONS = ("exact", "alias", "transliteration", "acronym", "surname", "title", "pronoun", "gazetteer", "none")
TIME_BASES = ("explicit", "publication_date", "previous", "none")


class Mentions(Table):
    """Every name, resolved nominal or pronoun, and time expression, by its place in the text."""

    class Config(Table.Config):
        """Name, key and sorting order."""

        name = "mentions"
        metadata: ClassVar[dict[str, Any]] = {
            "key": "mention_id",
            "order": ("article_id", "start", "end", "mention_id"),
        }

    mention_id: pl.String = field(
        "mention", "Id of the mention, stable while its words stand.", str_matches=MENTION_ID, unique=True
    )
    article_id: pl.String = field(
        "article", "Article it stands in.", str_matches=ARTICLE_ID, references="articles.article_id"
    )
    start: pl.Int32 = field("start", "First character.", unit="characters", ge=0)
    end: pl.Int32 = field("end", "Character after the last.", unit="characters", ge=1)
    text: pl.String = field("text", "The words as they stand.", nullable=True)
    type: pl.String = field(
        "type", "Type of the entity meant, or the TIMEX3 type of a time expression.", values=ENTITY_TYPES + TIME_TYPES
    )
    kind: pl.String = field(
        "kind", "Whether it is a name, a common noun, a pronoun or a time expression.", values=KINDS
    )
    entity_id: pl.String = field(
        "entity",
        "Entity meant; null where it is not resolved.",
        nullable=True,
        str_matches=ENTITY_ID,
        references="entities.entity_id",
    )
    metonymy: pl.String = field(
        "metonymy", "What a place name stands for where it does not mean the place.", nullable=True, values=METONYMIES
    )
    resolution: pl.String = field("resolution", "How the entity was found.", values=RESOLUTIONS)
    confidence: pl.Float64 = field(
        "confidence",
        "Calibrated probability that the entity is the right one.",
        unit="0 to 1",
        nullable=True,
        ge=0,
        le=1,
    )
    time_value: pl.String = field("time value", "TIMEX3 value of a time expression.", nullable=True)
    time_start: Annotated[pl.Datetime, "us", "UTC"] = field(
        "time start", "First moment of the time meant.", unit="UTC", nullable=True
    )
    time_end: Annotated[pl.Datetime, "us", "UTC"] = field(
        "time end", "First moment after the time meant.", unit="UTC", nullable=True
    )
    time_basis: pl.String = field(
        "time basis", "What the time was resolved against; null for other mentions.", nullable=True, values=TIME_BASES
    )

    @pa.dataframe_check(name="start_before_end")
    def _start_before_end(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """A mention has at least one character."""
        return data.lazyframe.select(pl.col("start") < pl.col("end"))

    @pa.dataframe_check(name="time_columns_of_times")
    def _time_columns_of_times(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """Time expressions have a time type and a basis, other mentions have neither."""
        is_time = pl.col("kind") == "time"
        return data.lazyframe.select(
            (pl.col("type").is_in(list(TIME_TYPES)) == is_time)
            & (pl.col("time_basis").is_not_null() == is_time)
            & (pl.col("entity_id").is_null() | ~is_time)
        )

    @pa.dataframe_check(name="time_interval_forward")
    def _time_interval_forward(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """A time interval does not end before it starts."""
        return data.lazyframe.select((pl.col("time_start") <= pl.col("time_end")).fill_null(True))
