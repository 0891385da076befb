"""Parts for linking, made of a few plain rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.link import claims, stories
from pipeline.link.parts import Parts
from pipeline.link.terms import terms
from pipeline.shard import ARTICLE_TERMS
from schemas import TABLES

#: An article: its id, publisher, day of January 2026, news agency or None, and its sentences, each a claim.
Article = tuple[str, str | None, int, str | None, tuple[str, ...]]


def parts(work: Path, articles: Sequence[Article], shards: int = 1) -> Parts:
    """Write the parts of articles, dealt out to shards, with the link files that claims need."""
    found = Parts(work)
    for shard in range(shards):
        folder = work / "parts" / f"{shard:06d}"
        folder.mkdir(parents=True)
        own = [(number, article) for number, article in enumerate(articles) if number % shards == shard]
        _write(folder / "articles.parquet", "articles", [_article(number, article) for number, article in own])
        _write(folder / "claims.parquet", "claims", [row for number, one in own for row in _claims(number, one)])
        rows = [(number, one[0], term, weight) for number, one in own for term, weight in terms(" ".join(one[4]))]
        pl.DataFrame(rows, schema=ARTICLE_TERMS, orient="row").write_parquet(folder / "terms.parquet")
    links = work / "links"
    links.mkdir()
    empty = {"record": pl.Int64, "local": pl.String, "entity_id": pl.String, "canonical_name": pl.String}
    pl.DataFrame(schema=empty).write_parquet(links / "entities.parquet")
    pl.DataFrame(schema={"original": pl.String, "article_id": pl.String, "kind": pl.String}).write_parquet(
        links / "pairs.parquet"
    )
    return found


def linked(
    work: Path, articles: Sequence[Article], shards: int = 1, previous: pl.DataFrame | None = None
) -> pl.DataFrame:
    """The links of the claims that others make too, by claim id; `previous` are those of the release before."""
    found = parts(work, articles, shards)
    before = None
    if previous is not None:
        before = work / "before.parquet"
        previous.write_parquet(before)
    stories.find(found)
    claims.find(found, before)
    return pl.read_parquet(found.link("claims")).drop("record").sort("claim_id")


def _article(number: int, article: Article) -> dict[str, Any]:
    name, source, day, agency, _ = article
    return {
        "record": number,
        "article_id": name,
        "source_id": source,
        "published_at": datetime(2026, 1, day, tzinfo=UTC),
        "agencies": [{"name": agency, "role": "whole"}] if agency else [],
    }


def _claims(number: int, article: Article) -> list[dict[str, Any]]:
    rows = []
    start = 0
    for place, text in enumerate(article[4]):
        end = start + len(text)
        rows.append(
            {
                "record": number, "claim_id": f"c_{article[0]}_{place}", "article_id": article[0], "start": start,
                "end": end, "spans": [{"start": start, "end": end}], "text": text, "entity_ids": [],
                "attribution": "narrator", "polarity": "negated" if " not " in text else "affirmed",
                "predicate": text.split()[2].removesuffix("ed"),
            }
        )  # fmt: skip
        start = end + 1
    return rows


def _write(path: Path, table: str, rows: list[dict[str, Any]]) -> None:
    columns: dict[str, Any] = {"record": pl.Int64, **TABLES[table].polars_schema()}
    pl.DataFrame(rows, schema=columns, orient="row").write_parquet(path)
