"""Sidecars: `NAME.meta.json` beside a raw file, its metadata as the collector knows them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import IO, Any

from pipeline.ingest.bounds import MAX_SIDECAR
from pipeline.ingest.names import escaped
from pipeline.ingest.records import Given, RawRecord, Reject
from pipeline.ingest.refusal import Refused
from pipeline.ingest.streams import whole

_TEXT = ("url", "title", "publisher", "published_at", "modified_at", "rights", "licence")
_KNOWN = {*_TEXT, "authors", "fetched_at"}


def sidecar_names(file_name: str) -> Iterator[str]:
    """The names a sidecar of this file may have, the nearest first: `a.txt.meta.json`, `a.meta.json`."""
    yield f"{file_name}.meta.json"
    stem, dot, _ = file_name.rpartition(".")
    if dot and stem:
        yield f"{stem}.meta.json"


def parse_sidecar(data: bytes) -> Given:
    """The metadata in a sidecar; fields it does not know are passed over.

    Raises:
        Refused: it is not a JSON object, or a field is not what it should be.
    """
    try:
        fields = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Refused("well_formed", f"the sidecar is not JSON: {error}") from None
    if not isinstance(fields, dict):
        raise Refused("well_formed", "the sidecar is not a JSON object")
    texts: dict[str, Any] = {}
    for name in _TEXT:
        value = fields.get(name)
        if value is not None and not isinstance(value, str):
            raise Refused("well_formed", f"the sidecar's {name} is not a text")
        texts[name] = (value or "").strip() or None
    authors = fields.get("authors") or []
    if isinstance(authors, str):
        authors = [authors]
    if not isinstance(authors, list) or not all(isinstance(author, str) for author in authors):
        raise Refused("well_formed", "the sidecar's authors are not a list of names")
    return Given(
        "sidecar",
        **texts,
        authors=tuple(author.strip() for author in authors if author.strip()),
        fetched_at=_moment(fields.get("fetched_at")),
    )


def _moment(value: object) -> datetime | None:
    if value is None or value == "":
        return None
    moment = moment_of(value)
    if moment is None:
        raise Refused("well_formed", "the sidecar's fetched_at is not an ISO 8601 time")
    return moment


def moment_of(value: object) -> datetime | None:
    """An ISO 8601 time with its zone, UTC where it names none; None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def merged(own: Given | None, beside: Given | None) -> Given | None:
    """A record's own metadata with what only the sidecar knows; the origin is that of the date, else of the record."""
    if own is None or beside is None:
        return own or beside
    origin = "sidecar" if own.published_at is None and beside.published_at is not None else own.origin
    return Given(
        origin,
        url=own.url or beside.url,
        title=own.title or beside.title,
        publisher=own.publisher or beside.publisher,
        published_at=own.published_at or beside.published_at,
        modified_at=own.modified_at or beside.modified_at,
        authors=own.authors or beside.authors,
        rights=beside.rights or own.rights,
        licence=beside.licence or own.licence,
        fetched_at=own.fetched_at or beside.fetched_at,
        tdm_reserved=own.tdm_reserved,
    )


def with_sidecar(
    raw_name: str,
    file_name: str,
    beside: Callable[[str], IO[bytes] | None],
    read_file: Callable[[Given | None], Iterator[RawRecord | Reject]],
) -> Iterator[RawRecord | Reject]:
    """A file's records with the metadata that its sidecar gives; a bad sidecar is a reject beside them."""
    given = None
    for name in sidecar_names(file_name):
        try:
            file = beside(name)
            if file is None:
                continue
            with file:
                given = parse_sidecar(whole(file, MAX_SIDECAR))  # type: ignore[arg-type]
        except (Refused, OSError) as error:
            place = raw_name[: raw_name.rfind(escaped(file_name))] + escaped(name)
            yield reject(error, place, column="sidecar")
        break
    yield from read_file(given)


def reject(error: Refused | OSError, raw_name: str, column: str | None = None) -> Reject:
    """The reject that says why something could not be read."""
    if isinstance(error, Refused):
        return Reject(error.check, error.reason, raw_name, column=column)
    return Reject("readable", f"it cannot be read: {error.strerror or type(error).__name__}", raw_name, column=column)
