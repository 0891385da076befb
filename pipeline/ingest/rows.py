"""Rows: a clean article as a row of `articles`, with its id."""

from __future__ import annotations

import hashlib
from typing import Any

from pipeline import identity
from pipeline.ingest.clean import CLEANER_VERSION
from pipeline.ingest.records import Article


def article_row(article: Article) -> dict[str, Any]:
    """The row of `articles`, complete but for what linking adds (revision, story, copies)."""
    source_id = identity.source(article.publisher) if article.publisher else None
    text_sha256 = hashlib.sha256(article.text.encode()).hexdigest()
    return {
        "article_id": identity.article(article.url, source_id, text_sha256),
        "revision": 1,
        "source_id": source_id,
        "url": article.url,
        "title": article.title,
        "subtitle": article.subtitle,
        "authors": article.authors,
        "agencies": [{"name": name, "role": role} for name, role in sorted(set(article.agencies))],
        "published_at": article.published_at,
        "published_precision": article.published_precision,
        "published_evidence": [{"kind": kind, "text": text} for kind, text in article.published_evidence],
        "modified_at": article.modified_at,
        "language": article.language,
        "language_confidence": None if article.language_confidence is None else round(article.language_confidence, 3),
        "text": article.text,
        "text_sha256": text_sha256,
        "text_chars": len(article.text),
        "words": len(article.text.split()),
        "blocks": [{"kind": block.kind, "start": block.start, "end": block.end} for block in article.blocks],
        "notes": [{"kind": kind, "text": text} for kind, text in article.notes],
        "raw_name": article.raw_name,
        "raw_sha256": article.raw_sha256,
        "raw_media_type": article.raw_media_type,
        "raw_encoding": article.raw_encoding,
        "offsets": [
            {"start": run.start, "end": run.end, "raw_start": run.raw_start, "raw_end": run.raw_end}
            for run in article.offsets
        ],
        "removed": [{"kind": run.kind, "raw_start": run.raw_start, "raw_end": run.raw_end} for run in article.removed],
        "flags": sorted(set(article.flags)),
        "cleaner_version": CLEANER_VERSION,
    }
