"""Clean: one raw record to one clean article, by a chain of recorded edits.

The steps: the payload is decoded (`decode`); the reader of its media type makes a draft of it, an edited text with
the blocks found in it, and says what the payload tells of itself (`Draft`, `Metadata`); the blocks are classified,
notes and other asides set apart; the draft is composed to an article and its metadata weighed. All but the reader is
the same for text (`text.draft_of_text`) and HTML (`html.draft_of_page`), which return the same two things:

* a `Draft`, for HTML made by `Draft.of_runs` from the page's characters (`decoded.source`): each body block as runs
  of them, with a hint of its kind where the markup tells one (title, subtitle, paragraph, crosshead, list_item,
  caption, credit, byline, date_line). A hint is trusted over a guess. Line breaks within a block are left out of its
  runs, a space inserted. A title that is not among the blocks is given in the metadata;
* the `Metadata` that the page gives, with the kind of evidence for each date.

Removed runs are labelled by what drops them: `Draft.of_runs(..., label)` names what lies between the runs
(`html_tag`, `html_entity`, `boilerplate`, `space`). An entity is a dropped run and an inserted character.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.ingest.classify import classify, notes
from pipeline.ingest.compose import compose
from pipeline.ingest.decode import Decoded, decode
from pipeline.ingest.describe import describe
from pipeline.ingest.edits import Draft
from pipeline.ingest.records import Article, Given, RawRecord, Reject
from pipeline.ingest.refusal import Refused

if TYPE_CHECKING:
    from pipeline.ingest.metadata import Metadata

#: Changes with every change of the cleaning that moves an offset.
CLEANER_VERSION = "2"
#: A longer payload is no article: it is refused before anything is made of it.
LARGEST = 16 * 1024 * 1024
#: Nor is a text of more lines.
MOST_BLOCKS = 20_000
#: First bytes of files that are no text, whatever they are called.
_SIGNATURES = {
    b"%PDF-": "a PDF document", b"PK\x03\x04": "a ZIP archive or office document", b"\x89PNG": "a PNG image",
    b"GIF8": "a GIF image", b"\xff\xd8\xff": "a JPEG image", b"\x7fELF": "a program", b"MZ\x90": "a program",
    b"\x1f\x8b": "gzip data", b"\x28\xb5\x2f\xfd": "zstd data", b"PAR1": "a Parquet file", b"BZh": "bzip2 data",
    b"\xd0\xcf\x11\xe0": "an office document", b"{\\rtf": "an RTF document", b"SQLite format 3": "a database",
}  # fmt: skip
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
#: A text may have this share of control characters and undecodable bytes.
_MOST_BROKEN = 0.02
#: Characters looked at for them.
_LOOKED_AT = 200_000


def clean(record: RawRecord) -> Article | Reject:
    """The clean article of a raw record, or why there is none (checks article_size, not_empty, is_text, markup)."""
    if len(record.payload) > LARGEST:
        reason = f"{len(record.payload)} bytes; an article has at most {LARGEST}"
        return Reject("article_size", reason, record.raw_name)
    if not record.payload.strip():
        return Reject("not_empty", "the file holds no text", record.raw_name)
    decoded = decode(record.payload, record.encoding or _declared(record))
    problem = _not_text(record.payload, decoded)
    if problem:
        return Reject("is_text", problem, record.raw_name)
    try:
        draft, metadata = _read(record, decoded)
    except Refused as refused:
        return Reject(refused.check, refused.reason, record.raw_name)
    if len(draft.blocks) > MOST_BLOCKS:
        reason = f"{len(draft.blocks)} lines; an article has at most {MOST_BLOCKS}"
        return Reject("article_size", reason, record.raw_name)
    given = record.given or Given("none")
    _take_given(given, metadata)
    draft = classify(draft, metadata)
    article = compose(record, decoded, draft)
    if not any(block.kind not in {"title", "subtitle"} for block in article.blocks):
        return Reject("not_empty", "no text is left when markup and asides are taken out", record.raw_name)
    article.notes = notes(draft)
    describe(article, metadata, given, decoded)
    return article


def _not_text(payload: bytes, decoded: Decoded) -> str | None:
    """Why a payload is no text, if it is none."""
    for signature, name in _SIGNATURES.items():
        if payload.startswith(signature):
            return f"not text but {name}"
    head = decoded.source[:_LOOKED_AT]
    broken = len(_CONTROL.findall(head)) + (head.count("\ufffd") if decoded.undecodable else 0)
    if broken > _MOST_BROKEN * len(head):
        return f"not text: {broken} of the first {len(head)} characters are control characters or cannot be decoded"
    return None


def _declared(record: RawRecord) -> str | None:
    """The encoding that a page names in its own head."""
    if record.media_type != "text/html":
        return None
    from pipeline.ingest.html.charset import declared

    return declared(record.payload)


def _read(record: RawRecord, decoded: Decoded) -> tuple[Draft, Metadata]:
    """The draft of a payload by its media type."""
    if record.media_type == "text/html":
        from pipeline.ingest.html import draft_of_page

        return draft_of_page(decoded, record)
    from pipeline.ingest.text import draft_of_text

    return draft_of_text(decoded, record.media_type)


def _take_given(given: Given, metadata: Metadata) -> None:
    """What is given beside the text goes before what the text says."""
    from pipeline.ingest.text import clean_line

    metadata.title = clean_line(given.title) if given.title and given.title.strip() else metadata.title
    metadata.url = given.url or metadata.url
    metadata.publisher = given.publisher or metadata.publisher
    metadata.modified_at = given.modified_at or metadata.modified_at
    metadata.authors = list(given.authors) or metadata.authors
    if given.published_at:
        metadata.published.insert(0, ("sidecar", given.published_at))
