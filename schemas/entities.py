"""`entities`: persons, organisations, places and things, one row each over all articles."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import pandera.polars as pa
import polars as pl

from schemas.mentions import ENTITY_TYPES
from schemas.table import ENTITY_ID, WIKIDATA_ID, Table, field

COORDINATE_PRECISIONS = ("point", "city", "admin", "country")
LINK_STATUSES = ("linked", "ambiguous", "nil")
STATUSES = ("active", "merged", "split", "retired")
ALIAS_SOURCES = ("corpus", "gazetteer")

ALIAS = pl.Struct({"name": pl.String, "count": pl.Int64, "source": pl.String})


class Entities(Table):
    """What the mentions mean: one row per person, organisation, place or thing, with links and status."""

    class Config(Table.Config):
        """Name, key and sorting order."""

        name = "entities"
        metadata: ClassVar[dict[str, Any]] = {"key": "entity_id", "order": ("entity_id",)}

    entity_id: pl.String = field(
        "entity", "Id of the entity, stable over releases, never reused.", str_matches=ENTITY_ID, unique=True
    )
    type: pl.String = field("type", "Type of the entity.", values=ENTITY_TYPES)
    canonical_name: pl.String = field(
        "canonical name",
        "Name by which it is known, from the gazetteer or the fullest form seen.",
        str_length={"min_value": 1},
    )
    aliases: Annotated[pl.List, ALIAS] = field(
        "aliases", "Other names, how often each was seen, and whether the corpus or the gazetteer gave it."
    )
    wikidata_id: pl.String = field(
        "Wikidata item", "Item of the entity, where it is certain.", nullable=True, str_matches=WIKIDATA_ID
    )
    geonames_id: pl.Int64 = field("GeoNames id", "Feature of the place, where it is certain.", nullable=True, ge=1)
    country_code: pl.String = field(
        "country",
        "ISO 3166-1 alpha-2 code of the country it lies in or belongs to.",
        nullable=True,
        str_matches=r"^[A-Z]{2}$",
    )
    lat: pl.Float64 = field("latitude", "Latitude of the place.", unit="degrees, WGS 84", nullable=True, ge=-90, le=90)
    lon: pl.Float64 = field(
        "longitude", "Longitude of the place.", unit="degrees, WGS 84", nullable=True, ge=-180, le=180
    )
    coordinate_precision: pl.String = field(
        "coordinate precision", "What the coordinates stand for.", nullable=True, values=COORDINATE_PRECISIONS
    )
    link_status: pl.String = field(
        "link status", "linked to an outside id, ambiguous between several, or nil: none known.", values=LINK_STATUSES
    )
    link_method: pl.String = field("link method", "How the link was found.", nullable=True)
    link_confidence: pl.Float64 = field(
        "link confidence", "Calibrated probability that the link is right.", unit="0 to 1", nullable=True, ge=0, le=1
    )
    mention_count: pl.Int64 = field("mentions", "Mentions in this release.", unit="count", ge=0)
    article_count: pl.Int64 = field("articles", "Articles of this release that mention it.", unit="count", ge=0)
    first_seen: pl.Date = field("first seen", "Earliest publication day of an article that mentions it.", nullable=True)
    last_seen: pl.Date = field("last seen", "Latest publication day of an article that mentions it.", nullable=True)
    status: pl.String = field(
        "status", "active, merged into another, split into several, or retired (no longer mentioned).", values=STATUSES
    )
    merged_into: pl.String = field(
        "merged into",
        "The live entity that took a merged one's place.",
        nullable=True,
        str_matches=ENTITY_ID,
        references="entities.entity_id",
    )
    created_release: pl.String = field("created in", "Release in which the id first appeared.")

    @pa.dataframe_check(name="merged_names_successor")
    def _merged_names_successor(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """A merged entity, and no other, names its successor, which is not itself."""
        merged = pl.col("status") == "merged"
        return data.lazyframe.select(
            (merged == pl.col("merged_into").is_not_null())
            & (pl.col("merged_into") != pl.col("entity_id")).fill_null(True)
        )

    @pa.dataframe_check(name="coordinates_together")
    def _coordinates_together(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """Latitude, longitude and their precision stand together or not at all."""
        lat, lon, precision = (pl.col(name).is_null() for name in ("lat", "lon", "coordinate_precision"))
        return data.lazyframe.select((lat == lon) & (lat == precision))
