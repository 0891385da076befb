"""Zstandard (RFC 8878): any number of frames one after the other, bounded, and never cut short without a word."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.ingest.refusal import Refused

#: Largest window a frame may ask for: what `zstd` itself accepts unless told otherwise.
MAX_WINDOW = 2**27
#: Compressed bytes unpacked at a time. A block of 4 bytes can hold 128 KiB of one byte, so that this many bytes
#: give 32 MiB at most.
STEP = 1024


def unzstd(compressed: Iterator[bytes]) -> Iterator[bytes]:
    """The unpacked chunks.

    Raises:
        Refused: the data are damaged, ask for a larger window than `MAX_WINDOW`, or end before the last frame does.
    """
    import zstandard

    frame = None
    for chunk in compressed:
        for start in range(0, len(chunk), STEP):
            piece = chunk[start : start + STEP]
            while piece:
                if frame is None:
                    frame = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW).decompressobj()
                try:
                    unpacked = frame.decompress(piece)
                except zstandard.ZstdError as error:
                    raise Refused("well_formed", f"the zstd data are damaged: {error}") from None
                if unpacked:
                    yield unpacked
                piece = b""
                if frame.eof:
                    piece = frame.unused_data
                    frame = None
    if frame is not None:
        raise Refused("complete", "the zstd data end before their end: the file is cut off")
