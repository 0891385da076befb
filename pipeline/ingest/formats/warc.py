"""WARC (ISO 28500): the HTML responses of a crawl; a file that is cut off says so."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from pipeline.ingest.bounds import MAX_PAYLOAD
from pipeline.ingest.names import record
from pipeline.ingest.records import Given, RawRecord, Reject
from pipeline.ingest.refusal import Refused
from pipeline.ingest.sidecars import moment_of
from pipeline.ingest.streams import UntilBroken

_PAGES = {"text/html", "application/xhtml+xml"}
_OK = 200
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)


def read_warc(stream: io.BufferedReader, raw_name: str) -> Iterator[RawRecord | Reject]:
    """Every response that is a page (status 200, HTML); requests, images, redirects and the rest are passed over.

    Raises:
        Refused: the file is cut off or damaged at some place; the pages before it have been given.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    # The parser ends silently where its stream ends, so each record is counted here against its length, and breaks
    # in the compression are kept by `source`.
    source = UntilBroken(stream)
    number = 0
    try:
        for entry in ArchiveIterator(source, record_types=WarcRecordType.any_type, parse_http=False):
            number += 1
            length = entry.content_length
            if entry.headers.get("Content-Length") is None:
                raise Refused("complete", f"record {number} is cut off in its header")
            if length > MAX_PAYLOAD or entry.record_type != WarcRecordType.response or not entry.is_http:
                if entry.record_type == WarcRecordType.response:
                    yield Reject("size", f"longer than {MAX_PAYLOAD:,} bytes", _name(entry, raw_name, number))
                if entry.reader.consume() < length:
                    raise Refused("complete", f"record {number} is cut off")
                continue
            content = entry.reader.read(length)
            if len(content) < length:
                raise Refused("complete", f"record {number} is cut off: {len(content):,} of {length:,} bytes")
            found = _page(entry, content, _name(entry, raw_name, number))
            if found is not None:
                yield found
    except (OSError, ValueError, OverflowError) as error:
        check, what = ("complete", "cut off") if source.ended else ("well_formed", "damaged")
        raise source.broken or Refused(check, f"{what} behind record {number}: {error}") from None
    except Refused as refused:
        raise source.broken or refused from None
    if source.broken is not None:
        raise Refused(source.broken.check, f"behind record {number}: {source.broken.reason}")


def _name(entry: Any, raw_name: str, number: int) -> str:
    return record(raw_name, (entry.record_id or "").strip("<>") or number)


def _page(entry: Any, content: bytes, name: str) -> RawRecord | Reject | None:
    """The page in a response, None for a response that holds none."""
    try:
        entry.set_bytes_content(content)
        entry.parse_http(auto_decode="all")
        headers = entry.http_headers
        if headers is None or headers.status_code != _OK:
            return None
        content_type = headers.get("Content-Type") or ""
        if content_type.partition(";")[0].strip().lower() not in _PAGES:
            return None
        payload = entry.reader.read(MAX_PAYLOAD + 1)
    except (OSError, ValueError) as error:
        return Reject("well_formed", f"the HTTP response is damaged: {error}", name)
    if len(payload) > MAX_PAYLOAD:
        return Reject("size", f"longer than {MAX_PAYLOAD:,} bytes", name)
    if entry.headers.get("WARC-Truncated"):
        return Reject("complete", "the crawler cut the response off (WARC-Truncated)", name)
    charset = _CHARSET.search(content_type)
    given = Given(
        "warc",
        url=(entry.headers.get("WARC-Target-URI") or "").strip("<> ") or None,
        fetched_at=moment_of(entry.headers.get("WARC-Date")),
        tdm_reserved=_reserved(headers.get("tdm-reservation")),
    )
    return RawRecord(name, payload, "text/html", given, charset[1] if charset else None)


def _reserved(value: str | None) -> bool | None:
    """The TDM Reservation Protocol's header: 1 reserved, 0 not."""
    return {"1": True, "0": False}.get((value or "").strip())
