"""Sniff: what a file holds, by its first bytes; the suffix decides only between kinds of text."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from pipeline.ingest.refusal import Refused

_MAGIC = (
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
)
_FOREIGN = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"BZh", "compressed with bzip2, which is not read"),
    (b"\xfd7zXZ", "compressed with xz, which is not read"),
    (b"7z\xbc\xaf", "a 7z archive, which is not read"),
    (b"Rar!", "a RAR archive, which is not read"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "a rich text document"),
)
_SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    "": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".xht": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
    ".xml": "feed",
}
#: Kinds known only by their first bytes: without those the file is broken or something else.
_BINARY_SUFFIXES = {
    ".gz": "gzip",
    ".zst": "zstd",
    ".zip": "zip",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".warc": "WARC",
}
#: The byte-order marks of UTF-16.
UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BLANK = b"\xef\xbb\xbf \t\r\n\f"
_PAGE = re.compile(rb"(?:<\?xml[^>]{0,200}>|<!--.{0,2000}?-->|\s)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.I)


def suffix(name: str) -> str:
    """The last suffix of a file name, in lower case; none where it holds a blank or is longer than a suffix is."""
    found = PurePosixPath(name).suffix.lower()
    return found if len(found) <= 9 and " " not in found else ""


def kind_of(name: str, head: bytes) -> str:
    """What the file of this name and these first bytes is; those of a file in UTF-16 as UTF-8.

    Returns: gzip, zstd, zip, parquet, warc, text, markdown, html, jsonl, json, csv or feed.

    Raises:
        Refused: nothing that articles are read from.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            raise Refused("media_type", f"it is {what}, not news text")
    ending = suffix(name)
    if not head:
        raise Refused("not_empty", "the file is empty")
    if ending in _BINARY_SUFFIXES:
        raise Refused("media_type", f"it does not begin as a {_BINARY_SUFFIXES[ending]} file does")
    if head[257:262] == b"ustar":
        raise Refused("media_type", "it is a tar archive, which is not read")
    if b"\x00" in head and not head.startswith(UTF16):
        raise Refused("media_type", "it holds zero bytes: binary data, not text")
    return _text_kind(ending, head)


def _text_kind(ending: str, head: bytes) -> str:
    start = head.lstrip(_BLANK)
    given = _SUFFIXES.get(ending)
    if given == "html" and b"<" not in head:
        return "text"
    if given in {"text", "html", "feed"}:
        if _PAGE.match(start):
            return "html"
        if start.startswith(b"<") and _FEED.search(head):
            return "feed"
        if given == "feed":
            raise Refused("media_type", "it is XML, but neither a feed nor a page")
    if ending == "" and start.startswith(b'{"'):
        return "jsonl"
    if given is None:
        raise Refused("media_type", f"files of kind {ending} are not read")
    return given
