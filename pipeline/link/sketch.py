"""Sketches: a sample of an article's five-word shingles, by which containment between articles is estimated.

Of the shingles' hashes those divisible by `EVERY` are kept (bottom-up sampling by hash value, Broder 1997), so
that the shared share of two sketches estimates the shared share of the texts, whatever their lengths.
"""

from __future__ import annotations

import re
import zlib
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

#: Words in a shingle.
WIDTH = 5
#: One shingle in so many is kept.
EVERY = 8
#: A paragraph shorter than this is too short to be told apart as boilerplate.
SHORTEST_PARAGRAPH = 20

_WORD = re.compile(r"\w+")
_BREAK = re.compile(r"\n+")
_QUOTED = re.compile(r"“[^”\n]*(?:”|$)|\"[^\"\n]*(?:\"|$)|«[^»\n]*(?:»|$)")
_MULTIPLIERS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F],
    dtype=np.uint64,
)

Hashes: TypeAlias = npt.NDArray[np.uint64]

#: The columns of a sketch: a row a kept shingle.
SKETCH = {"shingle": pl.UInt64, "paragraph": pl.UInt64, "quoted": pl.Boolean}


@lru_cache(maxsize=200_000)
def _word_hash(word: str) -> int:
    data = word.encode()
    return zlib.crc32(data) | zlib.crc32(data[::-1] + b"\1") << 32


def _mixed(values: Hashes) -> Hashes:
    """The finaliser of SplitMix64: every bit of the result depends on every bit of the value."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Hashes = values ^ (values >> np.uint64(31))
    return mixed


def sketch(text: str) -> pl.DataFrame:
    """The sketch of a clean text: kept shingles, once each, with the paragraph's hash and whether all of the
    shingle stands in quotation marks. No shingle crosses a line break."""
    text = text.lower()
    words = _WORD.findall(text)
    if len(words) < WIDTH:
        return pl.DataFrame(schema=SKETCH)
    starts = np.fromiter((match.start() for match in _WORD.finditer(text)), np.int64, len(words))
    hashes = np.fromiter(map(_word_hash, words), np.uint64, len(words))
    breaks = np.array([match.start() for match in _BREAK.finditer(text)])
    paragraph = np.searchsorted(breaks, starts)
    windows = np.lib.stride_tricks.sliding_window_view(hashes, WIDTH)
    values = _mixed((windows * _MULTIPLIERS).sum(axis=1, dtype=np.uint64))
    kept = np.flatnonzero((values % np.uint64(EVERY) == 0) & (paragraph[: 1 - WIDTH] == paragraph[WIDTH - 1 :]))
    inside = np.zeros(len(words) + 1, dtype=np.int64)
    for match in _QUOTED.finditer(text):
        first, last = np.searchsorted(starts, match.span())
        inside[first:last] = 1
    covered = np.concatenate(([0], np.cumsum(inside)))
    first_words = np.flatnonzero(np.diff(paragraph, prepend=-1))
    positions = np.arange(len(words)) - np.repeat(first_words, np.diff(np.append(first_words, len(words))))
    marks = np.add.reduceat(_mixed(hashes * (2 * positions + 1).astype(np.uint64)), first_words, dtype=np.uint64)
    lengths = np.diff(np.append(starts[first_words], len(text)))
    marks[lengths <= SHORTEST_PARAGRAPH] = 0
    number = np.searchsorted(first_words, kept, side="right") - 1
    quoted = covered[kept + WIDTH] - covered[kept] == WIDTH
    shingles, first = np.unique(values[kept], return_index=True)
    return pl.DataFrame(
        {"shingle": shingles, "paragraph": marks[number[first]], "quoted": quoted[first]}, schema=SKETCH
    )


def shingles(text: str, width: int) -> list[int]:
    """The hashes of all shingles of `width` words (at most five) of a short text, once each, in order of value."""
    words = _WORD.findall(text.lower())
    if len(words) < width:
        return []
    hashes = np.fromiter(map(_word_hash, words), np.uint64, len(words))
    windows = np.lib.stride_tricks.sliding_window_view(hashes, width)
    found: list[int] = np.unique(_mixed((windows * _MULTIPLIERS[:width]).sum(axis=1, dtype=np.uint64))).tolist()
    return found
