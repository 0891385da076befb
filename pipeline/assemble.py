"""Assemble: parts and links to the final rows of each table, every check made, the failing ones set apart."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipeline.link.found import Found, current_records, of_shard
from pipeline.link.parts import Parts
from pipeline.past_rows import PastRows
from pipeline.references import check_references, check_text, without_relations_to
from pipeline.validation import reject, split
from schemas import TABLES, Articles, Claims, Entities, Mentions, Quotes, Rejects, Sources

#: The tables whose rows point into an article, in the order in which they are checked.
ANNOTATIONS = (Mentions, Quotes, Claims)


@dataclass(frozen=True, slots=True)
class Assembly:
    """The folder of final rows: `TABLE/SHARD.parquet`."""

    folder: Path

    def file(self, table: str, shard: str) -> Path:
        """Where a shard's final rows of a table stand."""
        return self.folder / table / f"{shard}.parquet"

    def write(self, table: str, shard: str, frame: pl.DataFrame) -> None:
        """Write a shard's final rows of a table."""
        path = self.file(table, shard)
        path.parent.mkdir(parents=True, exist_ok=True)
        frame.write_parquet(path, compression="lz4")

    def write_rejects(self, shard: str, frames: list[pl.DataFrame]) -> None:
        """Write a shard's rejects, if there are any."""
        rejects = pl.concat(frames)
        if rejects.height:
            self.write("rejects", shard, rejects)

    def scan(self, table: str, *columns: str) -> pl.DataFrame:
        """Columns of all final rows of a table."""
        files = sorted((self.folder / table).glob("*.parquet"))
        if not files:
            return TABLES[table].frame([]).select(columns)
        return pl.concat([pl.read_parquet(file, columns=list(columns)) for file in files])


def assemble_articles(parts: Parts, assembly: Assembly, sources: pl.DataFrame, past: PastRows) -> int:
    """Write the final rows of `sources` and `articles`; returns how many rows were extracted."""
    good_sources, rejected = split(Sources, sources)
    assembly.write("sources", "all", good_sources)
    assembly.write_rejects("sources", [rejected])
    known = good_sources["source_id"]
    links = pl.read_parquet(parts.link("copies")).join(
        pl.read_parquet(parts.link("stories")), on="article_id", how="full", coalesce=True
    )
    extracted = sources.height
    for shard in parts.shards:
        own = current_records(parts, shard).join(links, on="article_id", how="left", maintain_order="left")
        lacking = pl.read_parquet(shard / "articles.parquet", columns=["source_id"]).to_series().drop_nulls().unique()
        lacking = lacking.filter(~lacking.is_in(known.implode())).sort()
        name = past.name([shard / "articles.parquet"], own, lacking.to_list())
        places = {
            "articles": assembly.file("articles", shard.name),
            "rejects": assembly.file("rejects", f"articles-{shard.name}"),
        }
        count = past.restore(name, places)
        if count is None:
            count = _articles(shard, assembly, own, known)
            past.keep(name, places, count)
        extracted += count
    while dangling := _shards_with_dangling_copies(assembly):
        ids = {"articles.article_id": assembly.scan("articles", "article_id").to_series()}
        for number in dangling:
            rows, rejected = check_references(Articles, pl.read_parquet(assembly.file("articles", number)), ids)
            assembly.write("articles", number, rows)
            before = assembly.file("rejects", f"articles-{number}")
            rejects = [pl.read_parquet(before)] if before.is_file() else []
            assembly.write_rejects(f"articles-{number}", [*rejects, rejected])
    return extracted


def _articles(shard: Path, assembly: Assembly, links: pl.DataFrame, sources: pl.Series) -> int:
    """Write a shard's final articles; returns how many were extracted.

    Args:
        links: the revision, the copies and the story of the records that stand for their articles.
        sources: the ids of the sources that there are.
    """
    columns = ("revision", "copy_of", "copy_kind", "copy_containment", "story_id")
    rows = (
        pl.read_parquet(shard / "articles.parquet")
        .drop(columns)
        .join(links.drop("article_id"), on="record", maintain_order="left")
        .select(list(Articles.polars_schema()))
        .cast(Articles.polars_schema())  # type: ignore[arg-type]
    )
    good, rejected = split(Articles, rows)
    good, dangling = check_references(Articles, good, {"sources.source_id": sources})
    assembly.write("articles", shard.name, good)
    assembly.write_rejects(f"articles-{shard.name}", [rejected, dangling])
    return rows.height


def _shards_with_dangling_copies(assembly: Assembly) -> list[str]:
    """The shards with an article whose original was rejected."""
    known = assembly.scan("articles", "article_id").to_series()
    found = []
    for file in sorted((assembly.folder / "articles").glob("*.parquet")):
        originals = pl.read_parquet(file, columns=["copy_of"]).drop_nulls().to_series()
        if not originals.is_in(known.implode()).all():
            found.append(file.stem)
    return found


def assemble_entities(parts: Parts, assembly: Assembly) -> int:
    """Write the final rows of `entities`; returns how many rows were extracted."""
    rows = pl.read_parquet(parts.link("entity_table"))
    rows = rows.select(list(Entities.polars_schema())).cast(Entities.polars_schema())  # type: ignore[arg-type]
    extracted = rows.height
    rows, rejected = split(Entities, rows)
    live = rows.filter(pl.col("status") == "active")["entity_id"]
    dangling = rows.select(pl.col("merged_into").is_not_null() & ~pl.col("merged_into").is_in(live.implode()))
    rows, redirects = reject(
        Entities, rows, dangling.to_series(), "reference", "merged_into is not a live entity", "merged_into"
    )
    assembly.write("entities", "all", rows)
    assembly.write_rejects("entities", [rejected, redirects])
    return extracted


def assemble_shard(parts: Parts, assembly: Assembly, shard: str, entities: pl.Series, past: PastRows) -> int:
    """Write a shard's final rows of `mentions`, `quotes` and `claims`; returns how many rows were extracted.

    Args:
        entities: the ids of the final entities.
    """
    folder = parts.work / "parts" / shard
    links = of_shard(parts, folder)
    articles = pl.read_parquet(assembly.file("articles", shard), columns=["article_id", "text"])
    known = links.entities["entity_id"].unique()
    known = known.filter(known.is_in(entities.implode()))
    name = past.name(
        [folder / f"{part}.parquet" for part in ("articles", "mentions", "quotes", "claims")],
        links.current.select("record"), links.entities, articles["article_id"].to_list(), known.sort().to_list(),
    )  # fmt: skip
    places = {model.table_name(): assembly.file(model.table_name(), shard) for model in ANNOTATIONS}
    places["rejects"] = assembly.file("rejects", shard)
    extracted = past.restore(name, places)
    changed = None if extracted is None or places["rejects"].is_file() else _relinked(folder, assembly, links)
    if extracted is None or changed is None:
        places["rejects"].unlink(missing_ok=True)
        extracted = _annotations(folder, assembly, links, articles, known)
    if changed != 0:
        past.keep(name, places, extracted)
    rejects = pl.read_parquet(folder / "rejects.parquet")
    assembly.write_rejects(f"made-{shard}", [rejects])
    return extracted + rejects.height


def _annotations(shard: Path, assembly: Assembly, links: Found, articles: pl.DataFrame, entities: pl.Series) -> int:
    """Write a shard's final mentions, quotes and claims; returns how many rows were extracted.

    Args:
        articles: `article_id` and `text` of the shard's final articles.
        entities: the ids of those of the shard's entities that are among the final ones.
    """
    known = {"articles.article_id": articles["article_id"], "entities.entity_id": entities}
    rejects = []
    extracted = 0
    for model in ANNOTATIONS:
        table = model.table_name()
        rows = pl.read_parquet(shard / f"{table}.parquet").join(links.current, on="record", how="semi").drop("record")
        extracted += rows.height
        rows = _linked(table, rows, links)
        rows = rows.select(list(model.polars_schema())).cast(model.polars_schema())  # type: ignore[arg-type]
        rows, rejected = split(model, rows)
        rows, dangling = check_references(model, rows, known)
        rows, wrong = check_text(model, rows, articles)
        rejects += [rejected, dangling, wrong]
        if table == "quotes":
            known["quotes.quote_id"] = rows["quote_id"]
        assembly.write(table, shard.name, rows)
    assembly.write_rejects(shard.name, rejects)
    return extracted


def assemble_relations(assembly: Assembly) -> None:
    """Take the relations to rejected claims, of whatever shard, out of the final claims."""
    gone = assembly.scan("rejects", "table", "row_id").filter(pl.col("table") == "claims")["row_id"].drop_nulls()
    files = sorted((assembly.folder / "claims").glob("*.parquet"))
    for file in files if gone.len() else ():
        gone = gone.filter(~gone.is_in(pl.read_parquet(file, columns=["claim_id"]).to_series().implode()))
    for file in files if gone.len() else ():
        related = pl.read_parquet(file, columns=["relations"]).to_series().list.explode(empty_as_null=False)
        if related.struct.field("claim_id").is_in(gone.implode()).any():
            assembly.write("claims", file.stem, without_relations_to(pl.read_parquet(file), gone))


def assemble_rejects(parts: Parts, assembly: Assembly, found: pl.DataFrame) -> int:
    """Write the rejects of reading, and of records that another record stands for; returns how many there are."""
    superseded = pl.read_parquet(parts.link("superseded")).select(
        "check", "reason", "article_id", "raw_name", row_id="article_id",
        table=pl.lit("articles"), column=pl.lit(None, pl.String), value=pl.lit(None, pl.String),
    )  # fmt: skip
    columns = Rejects.polars_schema()
    rejects = pl.concat([found, superseded.select(list(columns))])
    assembly.write("rejects", "read", rejects)
    return rejects.height


def _linked(table: str, rows: pl.DataFrame, links: Found) -> pl.DataFrame:
    """The rows with what linking found about them; those that it found nothing about say that they stand alone."""
    rows = _resolved(table, rows, links.entities)
    return rows if table == "mentions" else _updated(rows, links.of(table), TABLES[table].key())


def _updated(rows: pl.DataFrame, by: pl.DataFrame, key: str) -> pl.DataFrame:
    """The rows with the columns of `by` where it has a row of the same key."""
    types = {name: rows.schema[name] for name in by.columns}
    return rows.update(by.cast(types), on=key, how="left", include_nulls=True)  # type: ignore[arg-type]


def _relinked(shard: Path, assembly: Assembly, links: Found) -> int | None:
    """Bring a shard's kept quotes and claims up to date with what linking found.

    Returns:
        How many rows changed; None where one of them fails a check.
    """
    rows_changed = 0
    for model in (Quotes, Claims):
        table, key = model.table_name(), model.key()
        own = links.of(table)
        parts = pl.read_parquet(shard / f"{table}.parquet", columns=["record", *own.columns])
        now = _updated(parts.join(links.current, on="record", how="semi").drop("record"), own, key)
        was = pl.read_parquet(assembly.file(table, shard.name), columns=own.columns)
        differs = [pl.col(name).ne_missing(pl.col(f"{name}_now")) for name in own.columns if name != key]
        changed = was.join(now, on=key, suffix="_now").filter(pl.any_horizontal(differs)).select(key)
        if changed.height:
            rows = _updated(pl.read_parquet(assembly.file(table, shard.name)), now, key)
            if split(model, rows.join(changed, on=key, how="semi"))[1].height:
                return None
            assembly.write(table, shard.name, rows)
            rows_changed += changed.height
    return rows_changed


def _resolved(table: str, rows: pl.DataFrame, entities: pl.DataFrame) -> pl.DataFrame:
    """Replace the articles' own entity keys by entity ids, and names by the entities' canonical ones."""
    own = entities if entities.height else pl.DataFrame({name: [""] for name in entities.columns})

    def mapped(values: pl.Expr, to: str = "entity_id") -> pl.Expr:
        return values.replace_strict(own["local"], own[to], default=None, return_dtype=pl.String)

    changes = [mapped(pl.col(name)).alias(name) for name in rows.columns if name.endswith("entity_id")]
    named = {"quotes": ("speaker_name", "speaker_entity_id"), "claims": ("claimant_name", "claimant_entity_id")}
    if table in named:
        name, key = named[table]
        changes.append(mapped(pl.col(key), "canonical_name").alias(name))
    if table == "claims":
        changes.append(pl.col("entity_ids").list.eval(mapped(pl.element())).list.drop_nulls().list.unique().list.sort())
        link = pl.element().struct
        changes.append(
            pl.col("attribution_chain").list.eval(
                pl.struct(link.field("text"), mapped(link.field("entity_id")).alias("entity_id"), link.field("cue"))
            )
        )
    return rows.with_columns(changes)
