"""Raw files made for the tests: small articles in every format, and what an attacker would send."""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from pipeline.ingest.read import read
from pipeline.ingest.records import RawRecord, Reject

ARTICLES = [
    {"id": "a-1", "title": "Bridge reopens", "text": "The bridge reopened on Monday.", "date": "2022-03-01"},
    {"id": "a-2", "title": "Café shuts", "text": "The café’s owner said it would shut.", "date": "2022-03-02"},
    {"id": "a-3", "title": "Rain", "text": "It rained.\n\nIt rained again.", "date": "2022-03-03"},
]
#: Each of these entities is ten of the one before.
ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
PAGE = b"<!DOCTYPE html><html><head><title>Bridge</title></head><body><p>The bridge reopened.</p></body></html>"


def sorted_out(*paths: Path | str, **fields: str) -> tuple[list[RawRecord], list[Reject]]:
    """What reading gives: records and rejects."""
    found = list(read([str(path) for path in paths], fields or None))
    return [one for one in found if isinstance(one, RawRecord)], [one for one in found if isinstance(one, Reject)]


def texts(records: list[RawRecord]) -> list[str]:
    return [record.payload.decode() for record in records]


def jsonl() -> bytes:
    return b"".join(json.dumps(article).encode() + b"\n" for article in ARTICLES)


def csv() -> bytes:
    rows = "".join(f'{a["id"]},{a["date"]},{a["title"]},"{a["text"]}"\r\n' for a in ARTICLES)
    return ("id,date,headline,body\r\n" + rows).encode()


def parquet() -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ARTICLES), file)
    return file.getvalue()


def warc_record(
    number: int, body: bytes, headers: bytes = b"", status: bytes = b"200 OK", kind: bytes = b"text/html"
) -> bytes:
    http = b"HTTP/1.1 " + status + b"\r\nContent-Type: " + kind + b"\r\n" + headers + b"\r\n" + body
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%032d>\r\nWARC-Date: 2022-03-01T10:00:00Z\r\n"
        b"WARC-Target-URI: https://paper.example/%d\r\nContent-Type: application/http; msgtype=response\r\n"
        b"Content-Length: %d\r\n\r\n" % (number, number, len(http)) + http + b"\r\n\r\n"
    )


def warc(count: int = 3, size: int = 0) -> bytes:
    return b"".join(warc_record(number, PAGE + b" " * size) for number in range(count))


def feed() -> bytes:
    items = "".join(
        f"<item><title>{a['title']}</title><link>https://paper.example/{a['id']}</link><guid>{a['id']}</guid>"
        f"<pubDate>Tue, 01 Mar 2022 10:00:00 GMT</pubDate><dc:creator>Ada Field</dc:creator>"
        f"<content:encoded><![CDATA[<p>{a['text']}</p>]]></content:encoded></item>"
        for a in ARTICLES
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Paper</title>'
        f"{items}</channel></rss>"
    ).encode()


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def packed(data: bytes, how: str) -> bytes:
    if how == ".gz":
        return gzip.compress(data)
    if how == ".zst":
        return zstandard.compress(data)
    return data


def zstd_blank(size: int) -> bytes:
    """A frame that holds `size` spaces in run-length blocks of 4 bytes each."""
    blocks = size // 2**17
    header = b"\x28\xb5\x2f\xfd" + bytes([0x80, 7 << 3]) + struct.pack("<I", blocks * 2**17)
    body = b"".join(
        struct.pack("<I", (2**17 << 3) | (1 << 1) | (number == blocks - 1))[:3] + b" " for number in range(blocks)
    )
    return header + body


def blank_gzip(size: int) -> bytes:
    file = io.BytesIO()
    with gzip.GzipFile(fileobj=file, mode="wb") as writer:
        for _ in range(size // 2**20):
            writer.write(b" " * 2**20)
    return file.getvalue()
