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

from pipeline.ingest.compose import compose
from pipeline.ingest.decode import Decoded, decode
from pipeline.ingest.edits import Draft
from pipeline.ingest.metadata import Metadata
from pipeline.ingest.records import Article, RawRecord, Reject

#: Changes with every change of the cleaning that moves an offset.
CLEANER_VERSION = "1"
#: A longer payload is no article: it is refused before anything is made of it.
LARGEST = 16 * 1024 * 1024


def clean(record: RawRecord) -> Article | Reject:
    """The clean article of a raw record, or why there is none."""
    if len(record.payload) > LARGEST:
        reason = f"{len(record.payload)} bytes; an article has at most {LARGEST}"
        return Reject("article_size", reason, record.raw_name)
    if not record.payload.strip():
        return Reject("not_empty", "the file holds no text", record.raw_name)
    decoded = decode(record.payload, record.encoding)
    draft, _metadata = _read(record, decoded)
    for block in draft.blocks:
        block.kind = block.kind or block.hint or "paragraph"
    article = compose(record, decoded, draft)
    article.language = "en"
    return article


def _read(record: RawRecord, decoded: Decoded) -> tuple[Draft, Metadata]:
    """The draft of a payload by its media type."""
    if record.media_type == "text/html":
        from pipeline.ingest.html import draft_of_page

        return draft_of_page(decoded, record)
    from pipeline.ingest.text import draft_of_text

    return draft_of_text(decoded)
