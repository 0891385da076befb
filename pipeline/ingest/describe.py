"""Describe: an article's metadata, weighed and filled in: dates, authors, publisher, address, language, flags."""

from __future__ import annotations

from pipeline.ingest.authors import organisations, people
from pipeline.ingest.dates import parse
from pipeline.ingest.decode import Decoded
from pipeline.ingest.language import detect
from pipeline.ingest.metadata import Metadata
from pipeline.ingest.published import published
from pipeline.ingest.publisher import date_in_path, publisher_of, web_address
from pipeline.ingest.records import Article, Given


def describe(article: Article, metadata: Metadata, given: Given, decoded: Decoded) -> None:
    """Fill in what is known of `article` beside its text; what is not known stays None and is flagged."""
    texts = {block.kind: article.text[block.start : block.end] for block in reversed(article.blocks)}
    article.title, article.subtitle = texts.get("title"), texts.get("subtitle")
    metadata.url = web_address(metadata.url) if metadata.url else None
    article.url = metadata.url
    article.publisher = metadata.publisher or (publisher_of(metadata.url) if metadata.url else None)
    article.authors = people(metadata.authors)
    signed = [(name, "whole") for name in organisations(metadata.authors)]
    article.agencies = sorted({*metadata.agencies, *signed}) if signed else list(dict.fromkeys(metadata.agencies))
    article.rights, article.licence = given.rights, given.licence
    article.tdm_reserved = given.tdm_reserved if given.tdm_reserved is not None else metadata.tdm_reserved
    article.language, article.language_confidence = detect(article.text[article.headline_end :])
    _date(article, metadata, given)
    article.flags = sorted({*metadata.flags, *article.flags, *_flags(article, decoded)})


def _date(article: Article, metadata: Metadata, given: Given) -> None:
    candidates = list(metadata.published)
    path = date_in_path(metadata.url) if metadata.url else None
    if path:
        candidates.append(("url_path", path))
    found = published(candidates, given.fetched_at)
    article.published_at, article.published_precision = found.at, found.precision
    article.published_evidence = found.evidence
    article.flags.extend(found.flags)
    modified = parse(metadata.modified_at) if metadata.modified_at else None
    if modified and modified.precision != "month" and not (given.fetched_at and modified.at > given.fetched_at):
        article.modified_at = modified.at


def _flags(article: Article, decoded: Decoded) -> list[str]:
    kinds = {removed.kind for removed in article.removed}
    checks = {
        "no_title": article.title is None,
        "no_url": article.url is None,
        "no_publisher": article.publisher is None,
        "mojibake_repaired": "mojibake" in kinds,
        "undecodable_bytes": bool(decoded.undecodable),
        "encoding_guessed": decoded.method == "fallback",
    }
    return [name for name, is_so in checks.items() if is_so]
