"""One shard of raw records through cleaning and annotation: paths in, Parquet parts out.

This is what a worker does. It reads and writes files only, so that it can run in this process, in a
pool of processes or on another machine, be killed at any moment, and be run again.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from pipeline.ingest.records import Article, RawRecord, Reject
from pipeline.link.terms import TERMS
from schemas import TABLES

if TYPE_CHECKING:
    from pipeline.annotate.records import Annotation

#: An article's own entities, before they are joined over all articles.
LOCAL_ENTITIES: dict[str, Any] = {
    "local": pl.String,
    "article_id": pl.String,
    "type": pl.String,
    "canonical_name": pl.String,
    "aliases": pl.List(pl.Struct({"name": pl.String, "count": pl.Int64})),
    "gazetteer_id": pl.String,
    "wikidata_id": pl.String,
    "geonames_id": pl.Int64,
    "country_code": pl.String,
    "lat": pl.Float64,
    "lon": pl.Float64,
    "coordinate_precision": pl.String,
    "link_status": pl.String,
    "link_method": pl.String,
    "link_confidence": pl.Float64,
    "mention_count": pl.Int64,
}
#: The articles' terms, for finding stories.
ARTICLE_TERMS: dict[str, Any] = {"record": pl.Int64, "article_id": pl.String, **TERMS}
#: The shingles of quotations, for finding the same words elsewhere.
QUOTE_SHINGLES: dict[str, Any] = {
    "record": pl.Int64,
    "article_id": pl.String,
    "quote_id": pl.String,
    "shingle": pl.UInt64,
    "shingles": pl.Int32,
}
#: What ingest knows of a record beside its row: decides revisions, sources and rights.
ORIGINS: dict[str, Any] = {
    "article_id": pl.String,
    "raw_name": pl.String,
    "raw_sha256": pl.String,
    "text_sha256": pl.String,
    "publisher": pl.String,
    "rights": pl.String,
    "licence": pl.String,
    "tdm_reserved": pl.Boolean,
    "order": pl.String,
}


#: What cleaning and annotation may fail of: the failure is a reject, and an article is published without annotations.
FAILURES = (RecursionError, ArithmeticError, LookupError, ValueError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class ShardTask:
    """What a worker is told: everything is a path or a plain value."""

    raw: str
    parts: str
    store: str
    cleaner: str
    extractor: str
    longest_text: int = 1_000_000
    gazetteers: str = ""
    force: bool = False
    made_by: str = ""  #: a hash of package, libraries and settings: what else decides a shard's parts


@dataclass(slots=True)
class ShardReport:
    """What a worker tells: counts and seconds."""

    articles: int = 0
    words: int = 0
    from_store: int = 0
    rejects: int = 0
    failed: int = 0
    kept: str = ""  #: the name of the shard's entry in the store
    rows: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


def process(task: ShardTask) -> ShardReport:
    """Write the shard's parts, all of them or none: those kept from an earlier run, or new ones."""
    from pipeline.kept import keep

    if (report := restored(task)) is not None:
        return report
    report = make(task)
    if not report.failed:  # a failure is tried again next time
        report.kept = _name(task)
        keep(
            Path(task.store), report.kept, Path(task.parts), report.articles, report.words, report.rejects, report.rows
        )
    return report


def restored(task: ShardTask) -> ShardReport | None:
    """Write the shard's parts as an earlier run kept them; None where none did."""
    from pipeline.kept import restore

    started = time.perf_counter()
    name = _name(task)
    found = None if task.force else restore(Path(task.store), name, Path(task.parts))
    if found is None:
        return None
    seconds = {"from store": time.perf_counter() - started}
    return ShardReport(found.articles, found.words, found.articles, found.rejects, 0, name, found.rows, seconds)


def _name(task: ShardTask) -> str:
    from pipeline.store import key

    return key(Path(task.raw).read_bytes(), task.made_by)


class Past:
    """Articles and annotations in the store of past work, which hold what is made here too."""

    def __init__(self, task: ShardTask) -> None:
        from pipeline.annotate.records import Annotation
        from pipeline.store import Shelf

        self._task = task
        self._articles = Shelf(Path(task.store), "articles", Article)
        self._annotations = Shelf(Path(task.store), "annotations", Annotation)

    def has(self, record: RawRecord) -> bool:
        """Whether the record's article and its annotation, where it takes one, are there."""
        article = None if self._task.force else self._articles.get(self._record_name(record))
        return article is not None and (article.language != "en" or self._annotations.has(self._name(article)))

    def cleaned(self, record: RawRecord) -> Article | Reject:
        """The record's article, or why there is none."""
        from pipeline.ingest.clean import clean

        name = self._record_name(record)
        found: Article | Reject | None = None if self._task.force else self._articles.get(name)
        if found is None:
            try:
                found = clean(record)
                if isinstance(found, Article):
                    self._articles.put(name, found)
            except FAILURES as error:
                return Reject("cleaning", f"cleaning failed: {type(error).__name__}: {error}"[:500], record.raw_name)
        if isinstance(found, Article) and len(found.text) > self._task.longest_text:
            reason = f"the text is longer than {self._task.longest_text:,} characters"
            return Reject("text_length", reason, record.raw_name)
        return found

    def annotated(self, article: Article) -> tuple[Annotation, bool]:
        """What was found in an article, and whether it was in the store.

        Raises:
            FAILURES: the annotation failed.
        """
        from pipeline.annotate.article import annotate

        return self._annotations.fetch(
            self._name(article),
            lambda: annotate(article.text, article.published_at, article.headline_end),
            fresh=self._task.force,
        )

    def _record_name(self, record: RawRecord) -> str:
        from pipeline.store import key

        given = repr(record.given)
        return key(record.payload, record.raw_name, record.media_type, record.encoding or "", given, self._task.cleaner)

    def _name(self, article: Article) -> str:
        from pipeline.store import key

        digest = hashlib.sha256(article.text.encode(errors="surrogatepass")).hexdigest()
        return key(digest, str(article.published_at), str(article.headline_end), self._task.extractor)


def make(task: ShardTask) -> ShardReport:
    """Clean and annotate every record of the shard, and write its parts, all of them or none."""
    from pipeline.knowledge.gazetteer import USER_FILES

    os.environ[USER_FILES] = task.gazetteers  # before the first gazetteer is read, on another machine too
    from pipeline.annotate.rows import rows as annotation_rows
    from pipeline.ingest.rows import article_row
    from pipeline.ingest.shards import records
    from pipeline.link.quotes import TELLING, WIDTH
    from pipeline.link.sketch import Sketch, shingles, sketch, sketch_table
    from pipeline.link.terms import terms

    raw, parts, past = Path(task.raw), Path(task.parts), Past(task)
    tables: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("articles", "mentions", "entities", "quotes", "claims", "origins")
    }
    sketches: list[tuple[int, str, Sketch]] = []
    words: list[tuple[int, str, str, float]] = []
    quoted: list[tuple[int, str, str, int, int]] = []
    rejects: list[Reject] = []
    report = ShardReport()
    seconds: defaultdict[str, float] = defaultdict(float)
    for number, record in records(raw):
        started = time.perf_counter()
        article = past.cleaned(record)
        if isinstance(article, Reject):
            rejects.append(article)
            continue
        row = article_row(article)
        cleaned_at = time.perf_counter()
        seconds["clean"] += cleaned_at - started
        if article.language == "en":
            words += [(number, row["article_id"], term, weight) for term, weight in terms(article.text)]
            try:
                found_rows, was_stored = past.annotated(article)
            except FAILURES as error:
                reason = f"annotation failed: {type(error).__name__}: {error}"
                rejects.append(
                    Reject(
                        "annotation", reason[:500], record.raw_name, table="annotations", article_id=row["article_id"]
                    )
                )
                row["flags"] = sorted({*row["flags"], "annotation_failed"})
                report.failed += 1
            else:
                for table, new in annotation_rows(row["article_id"], article.text, found_rows).items():
                    also = _alone(row) if table == "claims" else {}
                    tables[table].extend({"record": number, **own, **also} for own in new)
                    if table == "quotes":
                        quoted += [
                            (number, quote["article_id"], quote["quote_id"], shingle, len(own))
                            for quote in new
                            if quote["type"] != "indirect" and (own := shingles(quote["text"], WIDTH, TELLING))
                            for shingle in own
                        ]
                report.from_store += was_stored
        seconds["annotate"] += time.perf_counter() - cleaned_at
        tables["articles"].append({"record": number, **row})
        tables["origins"].append(_origin(number, row, article))
        sketches.append((number, row["article_id"], sketch(article.text)))
        report.articles += 1
        report.words += row["words"]
    started = time.perf_counter()
    linking = {
        "sketches": sketch_table(sketches),
        "terms": pl.DataFrame(words, schema=ARTICLE_TERMS, orient="row"),
        "quote_shingles": pl.DataFrame(quoted, schema=QUOTE_SHINGLES, orient="row"),
    }
    _write(parts, tables, rejects, linking)
    seconds["write"] += time.perf_counter() - started
    report.rejects = len(rejects)
    report.rows = {name: len(found) for name, found in tables.items() if name != "origins"}
    report.seconds = dict(seconds)
    return report


def _alone(article: dict[str, Any]) -> dict[str, Any]:
    """What a claim's row says of its sources as long as no other article is known to make the claim."""
    publishers = int(article["source_id"] is not None)
    return {
        "n_publishers": publishers,
        "n_independent_sources": publishers,
        "first_reported_at": article["published_at"],
    }


def _origin(number: int, row: dict[str, Any], article: Article) -> dict[str, Any]:
    modified = article.modified_at or article.published_at
    return {
        "record": number,
        "article_id": row["article_id"],
        "raw_name": row["raw_name"],
        "raw_sha256": row["raw_sha256"],
        "text_sha256": row["text_sha256"],
        "publisher": article.publisher,
        "rights": article.rights,
        "licence": article.licence,
        "tdm_reserved": article.tdm_reserved,
        "order": modified.isoformat() if modified else "",
    }


def _write(
    parts: Path, tables: dict[str, list[dict[str, Any]]], rejects: list[Reject], linking: dict[str, pl.DataFrame]
) -> None:
    """Write all parts into a folder beside their place, then rename it."""
    from pipeline.kept import emptied, place

    beside = emptied(parts)
    for name, rows in tables.items():
        columns = {"entities": LOCAL_ENTITIES, "origins": ORIGINS}.get(name) or TABLES[name].polars_schema()
        frame = pl.DataFrame(rows, schema={"record": pl.Int64, **columns}, orient="row")
        frame.write_parquet(beside / f"{name}.parquet", compression="zstd")
    for name, frame in linking.items():
        frame.write_parquet(beside / f"{name}.parquet", compression="zstd")
    TABLES["rejects"].frame([reject_row(reject) for reject in rejects]).write_parquet(beside / "rejects.parquet")
    place(beside, parts)


def reject_row(reject: Reject) -> dict[str, Any]:
    """A reject as a row of `rejects`."""
    return {
        "table": reject.table,
        "row_id": reject.row_id,
        "column": reject.column,
        "check": reject.check,
        "value": reject.value,
        "reason": reject.reason,
        "article_id": reject.article_id,
        "raw_name": reject.raw_name,
    }
