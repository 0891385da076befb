"""JSON Lines: an article a line; a bad line is rejected by its number and the rest goes on."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping

from pipeline.ingest.bounds import MAX_PAYLOAD
from pipeline.ingest.formats.fields import raw_record
from pipeline.ingest.names import record
from pipeline.ingest.records import RawRecord, Reject
from pipeline.ingest.refusal import Refused
from pipeline.ingest.streams import lines


def read_jsonl(
    stream: io.BufferedReader, raw_name: str, names: Mapping[str, tuple[str, ...]]
) -> Iterator[RawRecord | Reject]:
    """Every line of a `.jsonl` or `.ndjson` file.

    Raises:
        Refused: the stream breaks off.
    """
    for number, line in lines(stream):
        try:
            if line is None:
                raise Refused("size", f"line {number} is longer than {MAX_PAYLOAD:,} bytes")
            line = line.strip(b"\xef\xbb\xbf \t\r\n") if number == 1 else line.strip()
            if line:
                yield raw_record(json_object(line, f"line {number}"), raw_name, number, names)
        except Refused as refused:
            yield Reject(refused.check, refused.reason, record(raw_name, number))


def json_object(data: bytes, place: str) -> dict[str, object]:
    """The JSON object in `data`.

    Raises:
        Refused: it is not JSON, not UTF-8, not an object, or nested too deeply.
    """
    try:
        value = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Refused("well_formed", f"{place} is not UTF-8: byte {error.start}") from None
    except RecursionError:
        raise Refused("nesting", f"{place} is nested too deeply") from None
    except ValueError as error:
        raise Refused("well_formed", f"{place} is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise Refused("well_formed", f"{place} is not a JSON object")
    return value
