"""Front matter: the block of `key: value` lines at the head of a Markdown file, read as metadata."""

from __future__ import annotations

import re

from pipeline.ingest.metadata import Metadata

_BLOCK = re.compile(r"\A\s{0,20}---[ \t]*\n((?:[^\n]{0,2000}\n){1,60}?)---[ \t]*(?:\n|\Z)")
_LINE = re.compile(r"^([A-Za-z][\w .-]{0,40}?)[ \t]*:[ \t]*(\S[^\n]*)$", re.MULTILINE)
_FIELDS = {
    "title": "title", "headline": "title", "subtitle": "subtitle", "description": "subtitle", "url": "url",
    "link": "url", "source_url": "url", "canonical_url": "url", "publisher": "publisher", "source": "publisher",
    "modified": "modified_at", "updated": "modified_at", "lastmod": "modified_at",
}  # fmt: skip
_DATES = frozenset({"date", "published", "published_at", "publish_date", "pubdate"})
_AUTHORS = frozenset({"author", "authors", "byline"})


def front_matter(text: str) -> tuple[int, Metadata]:
    """Where the front matter of `text` ends (0 where there is none) and what it says."""
    metadata = Metadata()
    match = _BLOCK.match(text)
    fields = _LINE.findall(match[1]) if match else []
    if match is None or not fields:
        return 0, metadata
    for name, value in fields:
        key, value = name.lower().replace(" ", "_").replace("-", "_"), value.strip().strip("\"'").strip()
        if not value:
            continue
        if key in _DATES:
            metadata.published.append(("meta", value))
        elif key in _AUTHORS:
            metadata.authors.extend(part.strip(" \"'") for part in value.strip("[]").split(",") if part.strip(" \"'"))
        elif key in _FIELDS and getattr(metadata, _FIELDS[key]) is None:
            setattr(metadata, _FIELDS[key], value)
    return match.end(), metadata
