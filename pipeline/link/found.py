"""Found: what linking found about the records of one shard, read without the rows of the other shards."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipeline.link.parts import Parts


@dataclass(frozen=True, slots=True)
class Found:
    """The links of a shard's records.

    Attributes:
        current: `record`, `article_id`, `revision` of the records that stand for their articles.
        entities: `local`, `entity_id`, `canonical_name` of the articles' own entities.
        quotes: `quote_id`, `cluster_id` of quotations that others carry.
        claims: `claim_id` and the columns of `claims` that say which others claim the same, of those that some do.
    """

    current: pl.DataFrame
    entities: pl.DataFrame
    quotes: pl.DataFrame
    claims: pl.DataFrame

    def of(self, table: str) -> pl.DataFrame:
        """The links of quotes or of claims."""
        return {"quotes": self.quotes, "claims": self.claims}[table]


def of_shard(parts: Parts, shard: Path) -> Found:
    """What was found about a shard."""
    records = _records(shard)
    current, entities, quotes, claims = (
        _rows(parts, name, records) for name in ("current", "entities", "quotes", "claims")
    )
    named = entities.select("local", "entity_id", "canonical_name")
    return Found(current, named, quotes.drop("record"), claims.drop("record"))


def current_records(parts: Parts, shard: Path) -> pl.DataFrame:
    """A shard's records that stand for their articles: `current` of what was found about it."""
    return _rows(parts, "current", _records(shard))


def _records(shard: Path) -> tuple[int | None, int | None]:
    """A shard's first and last record; none of a shard without articles."""
    record = pl.col("record")
    ends = pl.scan_parquet(shard / "origins.parquet").select(record.min().alias("first"), record.max().alias("last"))
    first, last = ends.collect().row(0)
    return first, last


def _rows(parts: Parts, name: str, records: tuple[int | None, int | None]) -> pl.DataFrame:
    """The rows of the link `name` from the first record to the last."""
    # Links are sorted by record, and a shard's records follow one another: few row groups are read.
    return pl.scan_parquet(parts.link(name)).filter(pl.col("record").is_between(*records)).collect()
