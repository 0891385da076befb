"""`claims`: what is asserted, by whom, how firmly, about when and where, and who else reports it."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import pandera.polars as pa
import polars as pl

from schemas.quotes import spans_cover_extent
from schemas.table import ARTICLE_ID, CLAIM_ID, CLUSTER_ID, ENTITY_ID, QUOTE_ID, SPAN, Table, field

CLAIM_TYPES = ("event", "state", "statistic", "prediction", "intention", "causal", "background", "evaluation")
ATTRIBUTIONS = ("narrator", "direct_quote", "mixed_quote", "indirect", "evidence", "hearsay")
POLARITIES = ("affirmed", "negated")
MODALITIES = ("asserted", "probable", "possible", "conditional", "future", "obligatory", "unknown")
TIME_PRECISIONS = ("minute", "day", "week", "month", "year", "interval")
RELATIONS = ("agrees", "contradicts", "refines", "updates", "denies")

LINK = pl.Struct({"text": pl.String, "entity_id": pl.String, "cue": pl.String})
HEDGE = pl.Struct({"text": pl.String, "start": pl.Int32, "end": pl.Int32})
RELATION = pl.Struct({"claim_id": pl.String, "relation": pl.String, "score": pl.Float64})


class Claims(Table):
    """Atomic propositions, each with its claimant, its firmness, its time and place, and who else reports it."""

    class Config(Table.Config):
        """Name, key and sorting order."""

        name = "claims"
        metadata: ClassVar[dict[str, Any]] = {"key": "claim_id", "order": ("article_id", "start", "end", "claim_id")}

    claim_id: pl.String = field(
        "claim", "Id of the claim, stable while its words stand.", str_matches=CLAIM_ID, unique=True
    )
    article_id: pl.String = field(
        "article", "Article it stands in.", str_matches=ARTICLE_ID, references="articles.article_id"
    )
    start: pl.Int32 = field("start", "First character.", unit="characters", ge=0)
    end: pl.Int32 = field("end", "Character after the last.", unit="characters", ge=1)
    spans: Annotated[pl.List, SPAN] = field(
        "spans", "The parts of the claim, in order; several where it is interrupted."
    )
    text: pl.String = field(
        "text",
        "The words, parts joined by a space; withheld where rights or the excerpt budget say so.",
        nullable=True,
        excerpt=True,
    )
    in_headline: pl.Boolean = field("in headline", "Whether it stands in a title, subtitle or crosshead.")
    claim_type: pl.String = field("claim type", "What kind of proposition it is.", values=CLAIM_TYPES)
    subject: pl.String = field("subject", "Words of the subject.", nullable=True, excerpt=True)
    predicate: pl.String = field("predicate", "Lemma of the predicate.", nullable=True)
    object: pl.String = field("object", "Words of the object or complement.", nullable=True, excerpt=True)
    subject_entity_id: pl.String = field(
        "subject entity",
        "Entity of the subject.",
        nullable=True,
        str_matches=ENTITY_ID,
        references="entities.entity_id",
    )
    object_entity_id: pl.String = field(
        "object entity", "Entity of the object.", nullable=True, str_matches=ENTITY_ID, references="entities.entity_id"
    )
    entity_ids: Annotated[pl.List, pl.String] = field(
        "entities", "Every entity mentioned in the claim.", references="entities.entity_id"
    )
    attribution: pl.String = field(
        "attribution", "In whose voice it is made, and how it is reported.", values=ATTRIBUTIONS
    )
    claimant_text: pl.String = field("claimant as printed", "The words that name the claimant.", nullable=True)
    claimant_start: pl.Int32 = field(
        "claimant start", "First character of the claimant as printed.", unit="characters", nullable=True, ge=0
    )
    claimant_end: pl.Int32 = field(
        "claimant end", "Character after the claimant as printed.", unit="characters", nullable=True, ge=1
    )
    claimant_name: pl.String = field(
        "claimant", "Canonical name of the claimant; null rather than a guess.", nullable=True
    )
    claimant_entity_id: pl.String = field(
        "claimant entity",
        "Entity of the claimant.",
        nullable=True,
        str_matches=ENTITY_ID,
        references="entities.entity_id",
    )
    cue_text: pl.String = field("cue", "The word or words that attribute it.", nullable=True)
    cue_start: pl.Int32 = field("cue start", "First character of the cue.", unit="characters", nullable=True, ge=0)
    cue_end: pl.Int32 = field("cue end", "Character after the cue.", unit="characters", nullable=True, ge=1)
    attribution_chain: Annotated[pl.List, LINK] = field("attribution chain", "Through whom it came, outermost first.")
    quote_id: pl.String = field(
        "quote", "Quote it stands in.", nullable=True, str_matches=QUOTE_ID, references="quotes.quote_id"
    )
    polarity: pl.String = field("polarity", "Whether the proposition is affirmed or negated.", values=POLARITIES)
    modality: pl.String = field("modality", "How firmly it is put.", values=MODALITIES)
    hedges: Annotated[pl.List, HEDGE] = field("hedges", "Words that weaken it, by offsets.")
    factuality: pl.Float64 = field(
        "factuality",
        "The claimant's commitment, not the truth: -3 certainly not, 3 certainly.",
        unit="-3 to 3",
        nullable=True,
        ge=-3,
        le=3,
    )
    event_time_start: Annotated[pl.Datetime, "us", "UTC"] = field(
        "event time start", "First moment of the time it is about.", unit="UTC", nullable=True
    )
    event_time_end: Annotated[pl.Datetime, "us", "UTC"] = field(
        "event time end", "First moment after the time it is about.", unit="UTC", nullable=True
    )
    event_time_precision: pl.String = field(
        "event time precision", "How exactly the time is known.", nullable=True, values=TIME_PRECISIONS
    )
    event_time_basis: pl.String = field("event time basis", "What the time was resolved against.", nullable=True)
    place_text: pl.String = field("place as printed", "The words that name the place it is about.", nullable=True)
    place_entity_id: pl.String = field(
        "place entity", "Entity of the place.", nullable=True, str_matches=ENTITY_ID, references="entities.entity_id"
    )
    lat: pl.Float64 = field("latitude", "Latitude of the place.", unit="degrees, WGS 84", nullable=True, ge=-90, le=90)
    lon: pl.Float64 = field(
        "longitude", "Longitude of the place.", unit="degrees, WGS 84", nullable=True, ge=-180, le=180
    )
    checkworthiness: pl.Float64 = field(
        "check-worthiness",
        "How much it is worth checking, by a small model; a score, never a filter.",
        unit="0 to 1",
        nullable=True,
        ge=0,
        le=1,
    )
    cluster_id: pl.String = field(
        "cluster",
        "Claims that report the same event elsewhere share it; where four articles or more open with one event, what "
        "reports it is one cluster. Which claims agree in detail stands in `relations`.",
        nullable=True,
        str_matches=CLUSTER_ID,
    )
    n_articles: pl.Int32 = field("articles", "Articles of the claim's cluster, this one included.", unit="count", ge=1)
    n_publishers: pl.Int32 = field(
        "publishers", "Known publishers among them; 0 when none is known.", unit="count", ge=0
    )
    n_independent_sources: pl.Int32 = field(
        "independent sources",
        "Of those: copies, shared wire and one and the same named source count once.",
        unit="count",
        ge=0,
    )
    first_reported_at: Annotated[pl.Datetime, "us", "UTC"] = field(
        "first reported at", "Earliest publication among the articles of the cluster.", unit="UTC", nullable=True
    )
    relations: Annotated[pl.List, RELATION] = field(
        "relations", "Other claims it agrees with, contradicts, refines, updates or denies, with scores."
    )
    confidence: pl.Float64 = field(
        "confidence",
        "Calibrated probability that claim and claimant are right.",
        unit="0 to 1",
        nullable=True,
        ge=0,
        le=1,
    )

    @pa.dataframe_check(name="start_before_end")
    def _start_before_end(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """A claim has at least one character, and so have its claimant and cue."""
        return data.lazyframe.select(
            (pl.col("start") < pl.col("end"))
            & (pl.col("claimant_start") < pl.col("claimant_end")).fill_null(True)
            & (pl.col("cue_start") < pl.col("cue_end")).fill_null(True)
        )

    @pa.dataframe_check(name="spans_cover_extent")
    def _spans_cover_extent(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """The first part starts where the claim starts, the last one ends where it ends."""
        return data.lazyframe.select(spans_cover_extent())

    @pa.dataframe_check(name="sources_counted_in_order")
    def _sources_counted_in_order(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """Independent sources are publishers, publishers have articles."""
        return data.lazyframe.select(
            (pl.col("n_independent_sources") <= pl.col("n_publishers"))
            & (pl.col("n_publishers") <= pl.col("n_articles"))
        )

    @pa.dataframe_check(name="event_time_forward")
    def _event_time_forward(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """An event's time does not end before it starts."""
        return data.lazyframe.select((pl.col("event_time_start") <= pl.col("event_time_end")).fill_null(True))
