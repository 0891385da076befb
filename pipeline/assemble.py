"""Assemble: parts and links to the final rows of each table, every check made, the failing ones set apart."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipeline.link.parts import Parts
from pipeline.passed import Passed, marks
from pipeline.references import check_references, check_text, without_relations_to
from pipeline.validation import reject, split
from schemas import TABLES, Articles, Claims, Entities, Mentions, Quotes, Rejects, Sources, Table


@dataclass(frozen=True, slots=True)
class Assembly:
    """The folder of final rows: `TABLE/SHARD.parquet`."""

    folder: Path

    def write(self, table: str, shard: str, frame: pl.DataFrame) -> None:
        """Write a shard's final rows of a table."""
        path = self.folder / table / f"{shard}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        frame.write_parquet(path, compression="zstd")

    def scan(self, table: str, *columns: str) -> pl.DataFrame:
        """Columns of all final rows of a table."""
        files = sorted((self.folder / table).glob("*.parquet"))
        if not files:
            return TABLES[table].frame([]).select(columns)
        return pl.concat([pl.read_parquet(file, columns=list(columns)) for file in files])


def checked(
    model: type[Table],
    rows: pl.DataFrame,
    known: dict[str, pl.Series],
    passed: Passed,
    articles: pl.DataFrame | None = None,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Make every check of a table's rows; of rows that passed before only what other rows decide.

    Args:
        known: the ids that exist, by `table.column`.
        passed: the rows that passed before; those that pass now are added.
        articles: `article_id` and `text` of the articles that the rows are held against; None for none.

    Returns:
        The rows that pass, in their order, and the rejects.
    """
    table, key = model.table_name(), model.key()
    found = marks(rows, None if articles is None else dict(articles.select("article_id", "text").iter_rows()))
    repeated = rows[key].n_unique() < rows.height
    old = passed.holds(table, found) & (not repeated)
    rejects, good = [Rejects.frame([])], [rows.clear()]
    if old.any():
        kept, rejected = check_references(model, rows.filter(old), known)
        good.append(kept)
        rejects.append(rejected)
    if not old.all():
        new, rejected = split(model, rows.filter(~old))
        rejects.append(rejected)
        new, rejected = check_references(model, new, known)
        rejects.append(rejected)
        if articles is not None:
            new, rejected = check_text(model, new, articles)
            rejects.append(rejected)
        good.append(new)
    passing = pl.concat(good)
    if not repeated:
        order = rows.select(key).with_columns(found.alias("mark"))
        passing = order.join(passing, on=key, how="inner", maintain_order="left")
        passed.add(table, passing["mark"])
        passing = passing.select(rows.columns)
    return passing, pl.concat(rejects)


def assemble_articles(parts: Parts, assembly: Assembly, sources: pl.DataFrame, passed: Passed) -> int:
    """Write the final rows of `sources` and `articles`; returns how many rows were extracted."""
    good_sources, rejected = split(Sources, sources)
    assembly.write("sources", "all", good_sources)
    rejects = [rejected]
    current = pl.read_parquet(parts.link("current"))
    links = pl.read_parquet(parts.link("copies")).join(
        pl.read_parquet(parts.link("stories")), on="article_id", how="full", coalesce=True
    )
    extracted = sources.height
    for shard in parts.shards:
        rows = pl.read_parquet(shard / "articles.parquet")
        rows = (
            rows.drop("revision", "copy_of", "copy_kind", "copy_containment", "story_id")
            .join(current.select("record", "revision"), on="record")
            .join(links, on="article_id", how="left", maintain_order="left")
            .select(list(Articles.polars_schema()))
            .cast(Articles.polars_schema())  # type: ignore[arg-type]
        )
        extracted += rows.height
        rows, rejected = checked(Articles, rows, {"sources.source_id": good_sources["source_id"]}, passed)
        rejects.append(rejected)
        assembly.write("articles", shard.name, rows)
    while dangling := _shards_with_dangling_copies(assembly):
        known = {"articles.article_id": assembly.scan("articles", "article_id").to_series()}
        for name in dangling:
            rows = pl.read_parquet(assembly.folder / "articles" / f"{name}.parquet")
            rows, rejected = check_references(Articles, rows, known)
            rejects.append(rejected)
            assembly.write("articles", name, rows)
    assembly.write("rejects", "articles", pl.concat(rejects))
    return extracted


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
    assembly.write("rejects", "entities", pl.concat([rejected, redirects]))
    return extracted


def assemble_shard(parts: Parts, assembly: Assembly, shard: str, passed: Passed) -> int:
    """Write a shard's final rows of `mentions`, `quotes` and `claims`; returns how many rows were extracted."""
    folder = parts.work / "parts" / shard
    articles = pl.read_parquet(assembly.folder / "articles" / f"{shard}.parquet", columns=["article_id", "text"])
    current = pl.scan_parquet(parts.link("current")).select("record")
    own = pl.scan_parquet(folder / "entities.parquet").join(current, on="record", how="semi").select("local")
    entities = pl.scan_parquet(parts.link("entities")).join(own, on="local", how="semi").collect()
    mapping = dict(entities.select("local", "entity_id").iter_rows())
    names = dict(entities.select("local", "canonical_name").iter_rows())
    known = {
        "articles.article_id": articles["article_id"],
        "entities.entity_id": pl.scan_parquet(assembly.folder / "entities" / "all.parquet")
        .select("entity_id").collect().to_series(),
    }  # fmt: skip
    rejects = [pl.read_parquet(folder / "rejects.parquet")]
    extracted = rejects[0].height
    for model in (Mentions, Quotes, Claims):
        table = model.table_name()
        rows = (
            pl.read_parquet(folder / f"{table}.parquet").join(current.collect(), on="record", how="semi").drop("record")
        )
        extracted += rows.height
        rows = _resolved(model.table_name(), rows, mapping, names)
        if table == "quotes":
            rows = _joined(rows.drop("cluster_id"), parts.link("quotes"), "quote_id")
        if table == "claims":
            linked = (
                "cluster_id",
                "n_articles",
                "n_publishers",
                "n_independent_sources",
                "first_reported_at",
                "relations",
            )
            rows = _joined(rows.drop(linked), parts.link("claims"), "claim_id")
        rows = rows.select(list(model.polars_schema())).cast(model.polars_schema())  # type: ignore[arg-type]
        rows, rejected = checked(model, rows, known, passed, articles)
        rejects.append(rejected)
        if table == "quotes":
            known["quotes.quote_id"] = rows["quote_id"]
        assembly.write(table, shard, rows)
    assembly.write("rejects", shard, pl.concat(rejects))
    return extracted


def assemble_relations(assembly: Assembly) -> None:
    """Take the relations to rejected claims, of whatever shard, out of the final claims."""
    rejected = [pl.read_parquet(file) for file in sorted((assembly.folder / "rejects").glob("*.parquet"))]
    gone = pl.concat(rejected).filter(pl.col("table") == "claims")["row_id"].drop_nulls()
    gone = gone.filter(~gone.is_in(assembly.scan("claims", "claim_id").to_series().implode()))
    if gone.is_empty():
        return
    for file in sorted((assembly.folder / "claims").glob("*.parquet")):
        claims = pl.read_parquet(file)
        assembly.write("claims", file.stem, without_relations_to(claims, gone))


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


def _joined(rows: pl.DataFrame, path: Path, key: str) -> pl.DataFrame:
    links = pl.scan_parquet(path).join(rows.lazy().select(key), on=key, how="semi").collect()
    return rows.join(links, on=key, how="left", maintain_order="left")


def _resolved(table: str, rows: pl.DataFrame, mapping: dict[str, str], names: dict[str, str]) -> pl.DataFrame:
    """Replace the articles' own entity keys by entity ids, and names by the entities' canonical ones."""

    def mapped(values: pl.Expr) -> pl.Expr:
        return values.replace_strict(mapping, default=None, return_dtype=pl.String)

    if not mapping:
        mapping = {"": ""}
        names = {"": ""}
    single = [name for name in rows.columns if name.endswith("entity_id")]
    changes = [mapped(pl.col(name)).alias(name) for name in single]
    named = {"quotes": ("speaker_name", "speaker_entity_id"), "claims": ("claimant_name", "claimant_entity_id")}.get(
        table
    )
    if named:
        name, key = named
        changes.append(pl.col(key).replace_strict(names, default=None, return_dtype=pl.String).alias(name))
    if table == "claims":
        changes.append(pl.col("entity_ids").list.eval(mapped(pl.element())).list.drop_nulls().list.unique().list.sort())
        link = pl.element().struct
        changes.append(
            pl.col("attribution_chain").list.eval(
                pl.struct(link.field("text"), mapped(link.field("entity_id")).alias("entity_id"), link.field("cue"))
            )
        )
    return rows.with_columns(changes)
