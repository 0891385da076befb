"""Texts: clean texts at hand, by the hash that a release names them with: from the local store or from raw files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.ingest.records import Article


def stored(store: Path, wanted: set[str]) -> Iterator[tuple[str, str]]:
    """The wanted texts that the store of past work holds, as (SHA-256, text).

    Nothing else is kept of them, so that a withdrawal has one place to clear.
    """
    from pipeline.store import Shelf

    shelf = Shelf(store, "articles", Article)
    left = set(wanted)
    for path in sorted(shelf.folder.glob("??/*.zst")):
        if not left:
            return
        article = shelf.get(path.stem)
        if article is None:
            continue
        digest = hashlib.sha256(article.text.encode()).hexdigest()
        if digest in left:
            left.discard(digest)
            yield digest, article.text


def cleaned(raw: Sequence[str], wanted: set[str]) -> Iterator[tuple[str, str]]:
    """The wanted texts that come of cleaning raw files again, as (SHA-256, text)."""
    left = set(wanted)
    for article in articles(raw):
        if not left:
            return
        digest = hashlib.sha256(article.text.encode()).hexdigest()
        if digest in left:
            left.discard(digest)
            yield digest, article.text


def articles(raw: Sequence[str]) -> Iterator[Article]:
    """Every article that raw files hold, cleaned; what cannot be read is passed over."""
    from pipeline.ingest.clean import clean
    from pipeline.ingest.read import read
    from pipeline.ingest.records import Reject

    for record in read(tuple(raw)):
        if isinstance(record, Reject):
            continue
        found = clean(record)
        if not isinstance(found, Reject):
            yield found
