"""Clean: one raw record to one clean article, by a chain of recorded edits."""

from __future__ import annotations

import hashlib

from pipeline.ingest.records import Article, Block, Offset, RawRecord, Reject

#: Changes with every change of the cleaning that moves an offset.
CLEANER_VERSION = "1"


def clean(record: RawRecord) -> Article | Reject:
    """The clean article of a raw record, or why there is none."""
    text = record.payload.decode("utf-8", errors="replace").strip()
    if not text:
        return Reject("not_empty", "the file holds no text", record.raw_name)
    size = len(record.payload)
    return Article(
        text, [Block("paragraph", 0, len(text))], [Offset(0, len(text), 0, size)], [], record.raw_name,
        hashlib.sha256(record.payload).hexdigest(), record.media_type, "utf-8", language="en",
    )  # fmt: skip
