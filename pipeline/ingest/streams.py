"""Streams: chunks of unpacked bytes as a buffered stream, counted against the bounds."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.ingest.bounds import CHUNK, MAX_PAYLOAD, MAX_RATIO, MAX_UNPACKED, RATIO_FREE
from pipeline.ingest.refusal import Exhausted, Refused


@dataclass(slots=True)
class Budget:
    """What has been taken from a compressed file and what has come out, over all layers of containers."""

    outer: Budget | None = None
    taken: int = 0
    given: int = 0

    def take(self, size: int) -> None:
        """Count compressed bytes read."""
        self.taken += size

    def give(self, size: int) -> None:
        """Count bytes unpacked.

        Raises:
            Exhausted: more than the bounds allow; a decompression bomb.
        """
        self.given += size
        outermost = self
        while outermost.outer is not None:
            outermost = outermost.outer
        if self.given > MAX_UNPACKED:
            raise Exhausted("size", f"more than {MAX_UNPACKED:,} bytes come out of it")
        if self.given > max(RATIO_FREE, MAX_RATIO * outermost.taken):
            raise Exhausted("ratio", f"more than {MAX_RATIO} bytes come out of each byte: a decompression bomb")


class _Unpacked(io.RawIOBase):
    """Chunks as a raw stream."""

    def __init__(self, chunks: Iterator[bytes], budget: Budget) -> None:
        self._chunks = chunks
        self._budget = budget
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with what is there, at most one chunk."""
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._budget.give(len(chunk))
            self._rest = memoryview(chunk)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def buffered(chunks: Iterator[bytes], budget: Budget) -> io.BufferedReader:
    """A stream of unpacked chunks; reading it raises `Refused` where the bounds are passed or the chunks break off."""
    return io.BufferedReader(_Unpacked(chunks, budget), CHUNK)


def chunks_of(stream: io.BufferedIOBase, budget: Budget) -> Iterator[bytes]:
    """The compressed bytes of a stream, counted."""
    while chunk := stream.read1(CHUNK):
        budget.take(len(chunk))
        yield chunk


def as_utf8(stream: io.BufferedIOBase, outer: Budget | None) -> io.BufferedReader:
    """A stream of UTF-16 with its byte-order mark, as UTF-8; reading it raises `Refused` where it is none."""
    budget = Budget(outer)

    def recoded() -> Iterator[bytes]:
        decoder = codecs.getincrementaldecoder("utf-16")()
        try:
            for chunk in chunks_of(stream, budget):
                if text := decoder.decode(chunk):
                    yield text.encode()
            yield decoder.decode(b"", final=True).encode()
        except UnicodeDecodeError as error:
            raise Refused("well_formed", f"it begins as UTF-16 and is none: {error.reason}") from None

    return buffered(recoded(), budget)


def whole(stream: io.BufferedIOBase, most: int = MAX_PAYLOAD) -> bytes:
    """All bytes of a stream.

    Raises:
        Refused: there are more than `most`.
    """
    data = stream.read(most + 1)
    if len(data) > most:
        raise Refused("size", f"longer than {most:,} bytes")
    return data


class UntilBroken(io.RawIOBase):
    """A stream that ends where it breaks, for parsers that must hand over what came before; `broken` says why.

    `ended`: its end has been reached.
    """

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._position = 0
        self.broken: Refused | None = None
        self.ended = False

    def readable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """Bytes read."""
        return self._position

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes; empty at the end and where the stream breaks."""
        if self.broken is not None:
            return b""
        try:
            data = self._stream.read1(min(size, CHUNK) if size > 0 else CHUNK)
        except Refused as refused:
            self.broken = refused
            return b""
        self._position += len(data)
        self.ended = not data
        return data


def lines(stream: io.BufferedReader) -> Iterator[tuple[int, bytes | None]]:
    """The lines of a stream with their numbers from 1; None for a line longer than an article may be."""
    number = 0
    while line := stream.readline(MAX_PAYLOAD + 1):
        number += 1
        if len(line) <= MAX_PAYLOAD:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(CHUNK)
        yield number, None
