"""Fields: records of JSON, CSV and Parquet to raw records, by the names their fields commonly have."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from pipeline.ingest.bounds import MAX_PAYLOAD
from pipeline.ingest.names import record
from pipeline.ingest.records import Given, RawRecord
from pipeline.ingest.refusal import Refused
from pipeline.ingest.sidecars import moment_of
from pipeline.ingest.surrogates import paired

#: What a field may be called, the first one present and filled counts. A caller's mapping comes before these.
COMMON_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("text", "body", "content", "article", "maintext", "main_text", "article_text", "full_text", "articleBody"),
    "html": ("html", "raw_html", "content_html", "body_html"),
    "title": ("title", "headline"),
    "url": ("url", "link", "canonical_url", "uri"),
    "published_at": ("published_at", "date", "published", "date_publish", "publish_date", "pub_date", "datePublished"),
    "modified_at": ("modified_at", "date_modify", "updated", "updated_at", "dateModified"),
    "publisher": ("publisher", "source", "site_name", "outlet", "publication"),
    "authors": ("authors", "author", "byline"),
    "id": ("id", "ID", "doc_id", "article_id", "guid"),
    "fetched_at": ("fetched_at", "date_download", "crawled_at", "retrieved_at"),
    "rights": ("rights",),
    "licence": ("licence", "license"),
}
_PAGE_STARTS = ("<!doctype html", "<html")


def names_of(fields: Mapping[str, str] | None) -> dict[str, tuple[str, ...]]:
    """The names to look for, by what they mean; `fields` maps meanings (`text`, `title` ...) to names.

    Raises:
        ValueError: `fields` names a meaning that is not known.
    """
    names = dict(COMMON_NAMES)
    for meaning, name in (fields or {}).items():
        if meaning not in names:
            raise ValueError(f"unknown field {meaning!r}; known are {', '.join(sorted(names))}")
        names[meaning] = (name,)
    return names


def raw_record(
    values: Mapping[str, object], container: str, place: int, names: Mapping[str, tuple[str, ...]]
) -> RawRecord:
    """The raw record of one JSON object or row; its name is its id, else its place in the file.

    Raises:
        Refused: it has no text, or one longer than an article may be.
    """
    text, media_type = _text(values, names)
    payload = paired(text).encode()
    if len(payload) > MAX_PAYLOAD:
        raise Refused("size", f"the text is longer than {MAX_PAYLOAD:,} bytes")
    given = Given(
        "record",
        url=_string(values, names["url"]),
        title=_string(values, names["title"]),
        publisher=_publisher(values, names["publisher"]),
        published_at=_string(values, names["published_at"]),
        modified_at=_string(values, names["modified_at"]),
        authors=_authors(_first(values, names["authors"])),
        rights=_string(values, names["rights"]),
        licence=_string(values, names["licence"]),
        fetched_at=moment_of(_string(values, names["fetched_at"])),
    )
    key = _string(values, names["id"]) or place
    return RawRecord(record(container, key), payload, media_type, given, "utf-8")


def _text(values: Mapping[str, object], names: Mapping[str, tuple[str, ...]]) -> tuple[str, str]:
    for meaning, media_type in (("text", "text/plain"), ("html", "text/html")):
        value = _first(values, names[meaning])
        if value is None:
            continue
        if not isinstance(value, str):
            raise Refused("text", f"the {meaning} field is not a text")
        if value.lstrip("\ufeff \t\r\n")[:15].lower().startswith(_PAGE_STARTS):
            media_type = "text/html"
        return value, media_type
    raise Refused("text", "the record has no text (fields looked for: " + ", ".join(names["text"]) + ")")


def _first(values: Mapping[str, object], names: tuple[str, ...]) -> object:
    for name in names:
        value = values.get(name)
        if value not in (None, "", []):
            return value
    return None


def _string(values: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    value = _first(values, names)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value).strip() or None


def _publisher(values: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    value = _first(values, names)
    if isinstance(value, dict):  # as schema.org and several news APIs have it
        value = value.get("name") or value.get("title")
    return value.strip() or None if isinstance(value, str) else None


def _authors(value: object) -> tuple[str, ...]:
    """Names from a list, a list of objects with names, or one string with commas or semicolons."""
    if isinstance(value, dict):
        value = [value]
    if isinstance(value, str):
        value = value.split(";" if ";" in value else ",")
    if not isinstance(value, list):
        return ()
    names = [entry.get("name") if isinstance(entry, dict) else entry for entry in value]
    return tuple(name.strip() for name in names if isinstance(name, str) and name.strip())
