"""`articles`: the clean text, its metadata with evidence, and the way back to the raw bytes."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import pandera.polars as pa
import polars as pl

from schemas.table import ARTICLE_ID, CLUSTER_ID, MOMENT, SHA256, SOURCE_ID, SPAN, Table, field

AGENCY_ROLES = ("whole", "contributed", "photo")
PRECISIONS = ("second", "minute", "day", "month", "none")
EVIDENCE_KINDS = ("sidecar", "json_ld", "meta", "time_element", "visible_date", "url_path")
BLOCK_KINDS = ("title", "subtitle", "paragraph", "crosshead", "list_item")
NOTE_KINDS = ("update", "correction", "caption", "credit", "agency", "url")
COPY_KINDS = ("copy", "derived", "shared_quote")

AGENCY = pl.Struct({"name": pl.String, "role": pl.String})
EVIDENCE = pl.Struct({"kind": pl.String, "text": pl.String})
BLOCK = pl.Struct({"kind": pl.String, "start": pl.Int32, "end": pl.Int32})
NOTE = pl.Struct({"kind": pl.String, "text": pl.String})
OFFSET = pl.Struct({"start": pl.Int32, "end": pl.Int32, "raw_start": pl.Int64, "raw_end": pl.Int64})
REMOVED = pl.Struct({"kind": pl.String, "raw_start": pl.Int64, "raw_end": pl.Int64})


class Articles(Table):
    """News articles as cleaned: text, metadata with evidence, and a map from clean characters to raw bytes."""

    class Config(Table.Config):
        """Name, key and sorting order."""

        name = "articles"
        metadata: ClassVar[dict[str, Any]] = {"key": "article_id", "order": ("published_at", "article_id")}

    article_id: pl.String = field(
        "article", "Id of the article, stable over releases and revisions.", str_matches=ARTICLE_ID, unique=True
    )
    revision: pl.Int32 = field(
        "revision", "1 for the text first seen, one more for each changed text since.", unit="count", ge=1
    )
    source_id: pl.String = field(
        "source", "Publisher; null where unknown.", nullable=True, str_matches=SOURCE_ID, references="sources.source_id"
    )
    url: pl.String = field("address", "Address of the article, canonical where the page names one.", nullable=True)
    title: pl.String = field("title", "Headline.", nullable=True, excerpt=True)
    subtitle: pl.String = field("subtitle", "Standfirst or deck under the headline.", nullable=True, excerpt=True)
    authors: Annotated[pl.List, pl.String] = field("authors", "Names of the people who signed the article.")
    agencies: Annotated[pl.List, AGENCY] = field(
        "agencies", "News agencies credited, each with its role: whole (their text), contributed, or photo."
    )
    published_at: Annotated[pl.Datetime, "us", "UTC"] = field(
        "published at", "When the article was published; null without evidence.", unit="UTC", nullable=True
    )
    published_precision: pl.String = field(
        "published precision", "How exactly `published_at` is known.", values=PRECISIONS
    )
    published_evidence: Annotated[pl.List, EVIDENCE] = field(
        "published evidence", "What the date was read from, strongest first: kind and the text as it stands there."
    )
    modified_at: Annotated[pl.Datetime, "us", "UTC"] = field(
        "modified at", "When the publisher says the article was last changed.", unit="UTC", nullable=True
    )
    language: pl.String = field(
        "language", "ISO 639-1 code of the text's language; und where it cannot be told.", str_matches=r"^[a-z]{2,3}$"
    )
    language_confidence: pl.Float64 = field(
        "language confidence", "The language detector's score.", unit="0 to 1", nullable=True, ge=0, le=1
    )
    text: pl.String = field(
        "text",
        "Title, subtitle and body blocks joined by blank lines; all offsets count its characters. Withheld (null) "
        "unless the source's rights are open or licensed.",
        nullable=True,
        excerpt=True,
    )
    text_sha256: pl.String = field("text hash", "SHA-256 of the text in UTF-8.", str_matches=SHA256)
    text_chars: pl.Int32 = field("characters", "Length of the text.", unit="characters", ge=0)
    words: pl.Int32 = field("words", "Words of the text, by white space.", unit="words", ge=0)
    blocks: Annotated[pl.List, BLOCK] = field(
        "blocks", "Title, subtitle, paragraphs, crossheads and list items, by offsets."
    )
    notes: Annotated[pl.List, NOTE] = field(
        "notes", "What stands beside the text: update and correction notes, captions, credits, agency lines, addresses."
    )
    raw_name: pl.String = field("raw name", "File the article came from, as archive!member#record.")
    raw_sha256: pl.String = field("raw hash", "SHA-256 of the raw bytes.", str_matches=SHA256)
    raw_media_type: pl.String = field("raw media type", "Media type of the raw bytes.")
    raw_encoding: pl.String = field("raw encoding", "Character encoding the raw bytes were read in.")
    offsets: Annotated[pl.List, OFFSET] = field(
        "offsets", "Clean characters to raw bytes, a run a row, in order; an inserted run has raw_start = raw_end."
    )
    removed: Annotated[pl.List, REMOVED] = field(
        "removed", "Raw bytes that are not in the text, with the kind of what they were."
    )
    story_id: pl.String = field(
        "story",
        "Articles on the same event share it; null where the article stands alone.",
        nullable=True,
        str_matches=CLUSTER_ID,
    )
    copy_of: pl.String = field(
        "copy of",
        "Earliest article whose words this one repeats.",
        nullable=True,
        str_matches=ARTICLE_ID,
        references="articles.article_id",
    )
    copy_kind: pl.String = field(
        "copy kind",
        "copy (nearly all words), derived (a good part), or shared_quote (mainly words in quotation marks).",
        nullable=True,
        values=COPY_KINDS,
    )
    copy_containment: pl.Float64 = field(
        "copy containment",
        "Share of the shorter text's five-word shingles found in the other.",
        unit="0 to 1",
        nullable=True,
        ge=0,
        le=1,
    )
    flags: Annotated[pl.List, pl.String] = field(
        "flags",
        "What a careful reader should know, such as no_date, date_of_update (the only date told is of the last update) "
        "or mojibake_repaired.",
    )
    cleaner_version: pl.String = field("cleaner version", "Version of the cleaning that the offsets depend on.")

    @pa.dataframe_check(name="copy_columns_together")
    def _copy_columns_together(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """A copy names its original, its kind and its containment, or none of them."""
        known = [pl.col(name).is_not_null() for name in ("copy_of", "copy_kind", "copy_containment")]
        return data.lazyframe.select((known[0] == known[1]) & (known[1] == known[2]))

    @pa.dataframe_check(name="precision_tells_date")
    def _precision_tells_date(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """A date has a precision and evidence; no date has neither."""
        has_date = pl.col("published_at").is_not_null()
        return data.lazyframe.select(
            (has_date == (pl.col("published_precision") != "none"))
            & (has_date == (pl.col("published_evidence").list.len() > 0))
        )

    @pa.dataframe_check(name="text_matches_length")
    def _text_matches_length(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """The text, where it is given, has as many characters as `text_chars` says."""
        length = pl.col("text").str.len_chars()
        return data.lazyframe.select((length == pl.col("text_chars")).fill_null(True))

    @pa.dataframe_check(name="blocks_inside")
    def _blocks_inside(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """Blocks lie inside the text."""
        ends = pl.col("blocks").list.eval(pl.element().struct.field("end")).list.max()
        return data.lazyframe.select((ends <= pl.col("text_chars")).fill_null(True))


__all__ = ["AGENCY", "BLOCK", "EVIDENCE", "MOMENT", "NOTE", "OFFSET", "REMOVED", "SPAN", "Articles"]
