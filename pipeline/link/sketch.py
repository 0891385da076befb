"""Sketches: a sample of an article's five-word shingles, by which containment between articles is estimated.

Of the shingles' hashes those divisible by `EVERY` are kept (bottom-up sampling by hash value, Broder 1997), so
that the shared share of two sketches estimates the shared share of the texts, whatever their lengths.
"""

from __future__ import annotations

import re
import zlib
from functools import lru_cache

import numpy as np
import polars as pl

#: Words in a shingle.
WIDTH = 5
#: One shingle in so many is kept.
EVERY = 8
#: A paragraph shorter than this is too short to be told apart as boilerplate.
SHORTEST_PARAGRAPH = 20

_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"“[^”\n]*(?:”|$)|\"[^\"\n]*(?:\"|$)|«[^»\n]*(?:»|$)")
_MULTIPLIERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F],
                        dtype=np.uint64)  # fmt: skip

#: The columns of a sketch: a row a kept shingle.
SKETCH = {"shingle": pl.UInt64, "paragraph": pl.UInt64, "quoted": pl.Boolean}


@lru_cache(maxsize=200_000)
def _word_hash(word: str) -> int:
    data = word.encode()
    return zlib.crc32(data) | zlib.crc32(data[::-1] + b"\1") << 32


def _mixed(values: np.ndarray) -> np.ndarray:
    """The finaliser of SplitMix64: every bit of the result depends on every bit of the value."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: np.ndarray = values ^ (values >> np.uint64(31))
    return mixed


def sketch(text: str) -> pl.DataFrame:
    """The sketch of a clean text: kept shingles, once each, with the paragraph's hash and whether all of the
    shingle stands in quotation marks."""
    shingles: list[np.ndarray] = []
    paragraphs: list[np.ndarray] = []
    quoted: list[np.ndarray] = []
    for paragraph in text.split("\n"):
        words = [(match.start(), match.group().lower()) for match in _WORD.finditer(paragraph)]
        if len(words) < WIDTH:
            continue
        hashes = np.array([_word_hash(word) for _, word in words], dtype=np.uint64)
        windows = np.lib.stride_tricks.sliding_window_view(hashes, WIDTH)
        values = _mixed((windows * _MULTIPLIERS).sum(axis=1, dtype=np.uint64))
        kept = np.flatnonzero(values % np.uint64(EVERY) == 0)
        if not kept.size:
            continue
        inside = np.zeros(len(words), dtype=bool)
        for match in _QUOTED.finditer(paragraph):
            inside |= np.array([match.start() < start < match.end() for start, _ in words])
        whole = np.lib.stride_tricks.sliding_window_view(inside, WIDTH).all(axis=1)
        mark = 0
        if len(paragraph) > SHORTEST_PARAGRAPH:
            mark = int(_mixed(hashes * np.arange(1, len(hashes) + 1, dtype=np.uint64)).sum(dtype=np.uint64))
        shingles.append(values[kept])
        paragraphs.append(np.full(kept.size, mark, dtype=np.uint64))
        quoted.append(whole[kept])
    if not shingles:
        return pl.DataFrame(schema=SKETCH)
    found = pl.DataFrame(
        {
            "shingle": np.concatenate(shingles),
            "paragraph": np.concatenate(paragraphs),
            "quoted": np.concatenate(quoted),
        },
        schema=SKETCH,
    )
    return found.unique("shingle", keep="first", maintain_order=True)
