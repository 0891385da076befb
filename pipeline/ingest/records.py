"""What ingest passes on: raw records, given metadata, clean articles, rejects."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from pipeline.ingest.surrogates import paired


@dataclass(frozen=True, slots=True)
class Reject:
    """Something that could not be read or failed a check; becomes a row of `rejects`."""

    check: str
    reason: str
    raw_name: str | None = None
    table: str = "raw"
    row_id: str | None = None
    column: str | None = None
    value: str | None = None
    article_id: str | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """Metadata that came beside a text: from a sidecar, a record's fields, a feed or a WARC header.

    `origin` names where from, for the evidence. Values are as given, not yet parsed.
    """

    origin: str
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published_at: str | None = None
    modified_at: str | None = None
    authors: tuple[str, ...] = ()
    rights: str | None = None
    licence: str | None = None
    fetched_at: datetime | None = None  #: no publication date may be later
    tdm_reserved: bool | None = None  #: a `tdm-reservation` header

    def __post_init__(self) -> None:
        """Mend what JSON escapes by halves: no table could hold it."""
        for name in ("url", "title", "publisher", "published_at", "modified_at", "rights", "licence"):
            value = getattr(self, name)
            if value is not None:
                object.__setattr__(self, name, paired(value))
        object.__setattr__(self, "authors", tuple(map(paired, self.authors)))


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One article as found: its payload bytes once containers, record formats and escapes are opened."""

    raw_name: str  #: `archive!member#record`, relative to the folder that was given
    payload: bytes
    media_type: str  #: text/plain | text/markdown | text/html
    given: Given | None = None
    encoding: str | None = None  #: as declared by a header or record format; None: to be found out


@dataclass(slots=True)
class Block:
    """A piece of the clean text: title, subtitle, paragraph, crosshead or list_item."""

    kind: str
    start: int
    end: int


@dataclass(slots=True)
class Offset:
    """Clean characters `start` to `end` come from raw bytes `raw_start` to `raw_end`."""

    start: int
    end: int
    raw_start: int
    raw_end: int


@dataclass(slots=True)
class Removed:
    """Raw bytes that are not in the clean text, and what they were."""

    kind: str
    raw_start: int
    raw_end: int


@dataclass(slots=True)
class Article:
    """A clean article, before ids are minted and articles are linked."""

    text: str
    blocks: list[Block]
    offsets: list[Offset]
    removed: list[Removed]
    raw_name: str
    raw_sha256: str
    raw_media_type: str
    raw_encoding: str
    title: str | None = None
    subtitle: str | None = None
    authors: list[str] = field(default_factory=list)
    agencies: list[tuple[str, str]] = field(default_factory=list)  #: (name, role)
    publisher: str | None = None
    url: str | None = None
    published_at: datetime | None = None
    published_precision: str = "none"
    published_evidence: list[tuple[str, str]] = field(default_factory=list)  #: (kind, text)
    modified_at: datetime | None = None
    language: str = "und"
    language_confidence: float | None = None
    notes: list[tuple[str, str]] = field(default_factory=list)  #: (kind, text)
    flags: list[str] = field(default_factory=list)
    tdm_reserved: bool | None = None
    rights: str | None = None  #: as a sidecar gives them
    licence: str | None = None

    @property
    def headline_end(self) -> int:
        """Characters of the text that are title and subtitle."""
        return max((block.end for block in self.blocks if block.kind in {"title", "subtitle"}), default=0)
