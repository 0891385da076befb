"""Gzip (RFC 1952): any number of members one after the other, bounded, and never cut short without a word."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from pipeline.ingest.bounds import CHUNK
from pipeline.ingest.refusal import Refused


def gunzip(compressed: Iterator[bytes]) -> Iterator[bytes]:
    """The unpacked chunks, at most `CHUNK` bytes each.

    Raises:
        Refused: the data are damaged, or end before the last member does.
    """
    member = None
    for chunk in compressed:
        while chunk:
            if member is None:
                # After a member, blocks of zero bytes are padding (tapes, and some WARC writers).
                chunk = chunk.lstrip(b"\x00")
                if not chunk:
                    break
                member = zlib.decompressobj(wbits=31)
            try:
                unpacked = member.decompress(chunk, CHUNK)
            except zlib.error as error:
                raise Refused("well_formed", f"the gzip data are damaged: {error}") from None
            if unpacked:
                yield unpacked
            chunk = member.unconsumed_tail
            if member.eof:
                chunk = member.unused_data
                member = None
    if member is not None:
        raise Refused("complete", "the gzip data end before their end: the file is cut off")
