"""JSON files: one object, a list of objects, or objects one after the other, read one at a time."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator, Mapping

from pipeline.ingest.bounds import CHUNK, MAX_PAYLOAD
from pipeline.ingest.formats.fields import raw_record
from pipeline.ingest.names import record
from pipeline.ingest.records import RawRecord, Reject
from pipeline.ingest.refusal import Refused

#: Keys under which files commonly keep their list of articles are not searched: the list is the top of the file.
_BETWEEN = re.compile(r"[\s,\ufeff]*")


def read_json(
    stream: io.BufferedReader, raw_name: str, names: Mapping[str, tuple[str, ...]]
) -> Iterator[RawRecord | Reject]:
    """Every object of a `.json` file.

    Raises:
        Refused: the file is not JSON from some place on, or breaks off; what came before has been given.
    """
    for number, value in enumerate(_values(stream), 1):
        try:
            if not isinstance(value, dict):
                raise Refused("well_formed", f"value {number} is not a JSON object")
            yield raw_record(value, raw_name, number, names)
        except Refused as refused:
            yield Reject(refused.check, refused.reason, record(raw_name, number))


def _values(stream: io.BufferedReader) -> Iterator[object]:
    """The values at the top of the file or of its list, holding no more than one and what was read ahead."""
    decode = codecs.getincrementaldecoder("utf-8")().decode
    scan = json.JSONDecoder().raw_decode
    buffer, in_list, ended, step = "", False, False, CHUNK
    while True:
        start = _BETWEEN.match(buffer).end()  # type: ignore[union-attr]  # matches the empty string
        if not in_list and buffer[start : start + 1] == "[":
            in_list, start = True, start + 1
            start = _BETWEEN.match(buffer, start).end()  # type: ignore[union-attr]
        if in_list and buffer[start : start + 1] == "]":
            in_list, buffer = False, buffer[start + 1 :]
            continue
        try:
            # Numbers at the very end of the buffer may go on; objects, which articles are, cannot.
            value, end = scan(buffer, start)
        except RecursionError:
            raise Refused("nesting", "values are nested too deeply") from None
        except ValueError as error:
            buffer = buffer[start:]
            if ended:
                if buffer or in_list:
                    raise Refused("well_formed", f"the file is not JSON, or cut off: {error}") from None
                return
            if len(buffer) > MAX_PAYLOAD:
                raise Refused("size", f"a value is longer than {MAX_PAYLOAD:,} characters, or not JSON") from None
            # Read as much again as is there: a long value is scanned a few times and not once a chunk.
            step = max(CHUNK, len(buffer))
            try:
                data = stream.read(step)
                buffer += decode(data, final=not data)
            except UnicodeDecodeError:
                raise Refused("well_formed", "the file is not UTF-8") from None
            ended = not data
        else:
            yield value
            buffer = buffer[end:]
