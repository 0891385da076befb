"""Withdraw from the store: past work on an article that was withdrawn goes, and what runs left behind."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

from pipeline.release.withdrawals import Tombstone


def forget(store: Path, tombstone: Tombstone) -> None:
    """Remove what the store keeps of a withdrawn article.

    Entries are named by hashes that cannot be made again from a tombstone, so every stored article is looked at. An
    annotation does not name its article: those go whose words stand in the article's text at their offsets, or all
    where the store no longer has the text. Kinds of entries that are not known here go altogether.
    """
    from pipeline.annotate.records import Annotation
    from pipeline.ingest.records import Article
    from pipeline.store import Shelf, entries

    if not store.is_dir():
        return
    shutil.rmtree(store / "run", ignore_errors=True)
    articles, annotations = Shelf(store, "articles", Article), Shelf(store, "annotations", Annotation)
    texts: set[str] = set()
    for path in entries(store):
        kind, name = path.parent.parent.name, path.stem
        if kind == "articles":
            article = articles.get(name)
            if article is not None and _is(article, tombstone):
                texts.add(article.text)
                articles.discard(name)
        elif kind != "annotations":
            path.unlink(missing_ok=True)
    for path in entries(store):
        if path.parent.parent.name == "annotations":
            annotation = annotations.get(path.stem)
            if annotation is not None and (not texts or any(_of(annotation, text) for text in texts)):
                annotations.discard(path.stem)


def _is(article: Any, tombstone: Tombstone) -> bool:
    digest = hashlib.sha256(article.text.encode()).hexdigest()
    return article.raw_sha256 in tombstone.raw_sha256 or digest in tombstone.text_sha256


def _of(annotation: Any, text: str) -> bool:
    """Whether every mention and time of an annotation stands in a text at its offsets."""
    return all(text[item.start : item.end] == item.text for item in [*annotation.mentions, *annotation.times])
