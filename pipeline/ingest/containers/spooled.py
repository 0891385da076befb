"""Spool: a stream put aside, bounded, where a reader must seek (Parquet and zip inside compression)."""

from __future__ import annotations

import io
import tempfile
from typing import cast

from pipeline.ingest.bounds import CHUNK, MAX_SPOOL, SPOOL_IN_MEMORY
from pipeline.ingest.refusal import Refused


def spooled(stream: io.BufferedReader) -> io.BufferedIOBase:
    """The stream's bytes in a temporary file without a name, gone when it is closed.

    Raises:
        Refused: it is longer than `MAX_SPOOL`.
    """
    file = tempfile.SpooledTemporaryFile(max_size=SPOOL_IN_MEMORY)  # noqa: SIM115 - closed by the reader
    size = 0
    try:
        while chunk := stream.read1(CHUNK):
            size += len(chunk)
            if size > MAX_SPOOL:
                raise Refused("size", f"longer than {MAX_SPOOL:,} bytes inside a compressed file")
            file.write(chunk)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return cast(io.BufferedIOBase, file)
