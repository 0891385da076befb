"""Sketches: a sample of an article's five-word shingles, by which containment between articles is estimated.

Of the shingles' hashes those divisible by `EVERY` are kept (bottom-up sampling by hash value, Broder 1997), so
that the shared share of two sketches estimates the shared share of the texts, whatever their lengths. The hash of
a run of characters is Rabin and Karp's polynomial, modulo 2**64: all runs of a text come from one running sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

from pipeline.link.terms import stop_words

#: Words in a shingle.
WIDTH = 5
#: One shingle in so many is kept.
EVERY = 8
#: A paragraph shorter than this is too short to be told apart as boilerplate.
SHORTEST_PARAGRAPH = 20

_QUOTED = re.compile(r"“[^”\n]*(?:”|$)|\"[^\"\n]*(?:\"|$)|«[^»\n]*(?:»|$)")
_LINE_BREAK = 10
#: What contractions leave where words are letters: "don't" is "don" and "t".
_CONTRACTED = (
    "ain aren couldn d didn doesn don hadn hasn haven isn ll m mustn re s shouldn t ve wasn weren won wouldn".split()
)
#: Code points from here on are in no word.
_LAST_LETTER = 0x33000
#: Added to the first character of a word, so that "an other" and "another" differ.
_FIRST_OF_WORD = 1 << 21
#: The polynomial's base, an odd number, and its inverse modulo 2**64.
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)

Hashes: TypeAlias = npt.NDArray[np.uint64]
Places: TypeAlias = npt.NDArray[np.int64]

#: The columns of a sketch: a row a kept shingle.
SKETCH = {"shingle": pl.UInt64, "paragraph": pl.UInt64, "quoted": pl.Boolean}


class Sketch(NamedTuple):
    """The kept shingles of a text, once each, in order of value; the paragraph's hash of each (0: too short to tell
    apart) and whether all of it stands in quotation marks."""

    shingles: Hashes
    paragraphs: Hashes
    quoted: npt.NDArray[np.bool_]


class _Words(NamedTuple):
    """The words of a text: where each begins in it, its line, and what gives the hash of any run of them."""

    starts: Places
    lines: Places
    bounds: Places  #: of the words among all letters, one more than words
    sums: Hashes  #: of the polynomial's terms before each letter

    def hashed(self, first: Places, last: Places) -> Hashes:
        """The hashes of the runs from the words `first` to before the words `last`."""
        start, end = self.bounds[first], self.bounds[last]
        _, inverses = _powers(len(self.sums))
        return _mixed((self.sums[end] - self.sums[start]) * inverses[start])

    def each(self) -> Hashes:
        """The hash of each word."""
        first = np.arange(len(self.starts))
        return self.hashed(first, first + 1)


def sketch(text: str) -> Sketch:
    """The sketch of a clean text. No shingle crosses a line break."""
    text = text.lower()
    words = _words(text)
    count = len(words.starts)
    if count < WIDTH:
        return Sketch(np.empty(0, np.uint64), np.empty(0, np.uint64), np.empty(0, np.bool_))
    first = np.flatnonzero(words.lines[: 1 - WIDTH] == words.lines[WIDTH - 1 :])
    values = words.hashed(first, first + WIDTH)
    is_kept = values % np.uint64(EVERY) == 0
    shingles, index = np.unique(values[is_kept], return_index=True)
    kept = first[is_kept][index]

    begins = np.flatnonzero(np.diff(words.lines, prepend=-1))
    ends = np.append(begins[1:], count)
    marks = words.hashed(begins, ends)
    marks[np.diff(np.append(words.starts[begins], len(text))) <= SHORTEST_PARAGRAPH] = 0
    paragraphs = marks[np.searchsorted(begins, kept, side="right") - 1]

    spans = np.array([match.span() for match in _QUOTED.finditer(text)], np.int64).reshape(-1, 2)
    change = np.zeros(count + 1, np.int64)
    bounds = np.searchsorted(words.starts, spans)
    np.add.at(change, bounds[:, 0], 1)
    np.subtract.at(change, bounds[:, 1], 1)
    covered = np.concatenate(([0], np.cumsum(np.cumsum(change))))
    return Sketch(shingles, paragraphs, covered[kept + WIDTH] - covered[kept] == WIDTH)


def sketch_table(sketches: Iterable[tuple[int, str, Sketch]]) -> pl.DataFrame:
    """Sketches as one table: each with its article's `record` and `article_id`."""
    records, ids, found = tuple(zip(*sketches, strict=True)) or ((), (), ())
    sizes = [len(one.shingles) for one in found]
    none = Sketch(np.empty(0, np.uint64), np.empty(0, np.uint64), np.empty(0, np.bool_))
    columns = zip(SKETCH.items(), zip(none, *found, strict=True), strict=True)
    return pl.DataFrame(
        [
            pl.Series("record", np.repeat(np.array(records, np.int64), sizes), pl.Int64),
            pl.Series("article_id", ids, pl.String).gather(np.repeat(np.arange(len(ids)), sizes)),
            *(pl.Series(name, np.concatenate(values), dtype) for (name, dtype), values in columns),
        ]
    )


def shingles(text: str, width: int, telling: int = 0) -> list[int]:
    """The hashes of the shingles of `width` words of a short text, once each, in order of value.

    Args:
        telling: a shingle with fewer words that tell something (neither stop words nor parts of contractions) is left
            out: "I don't think it's" stands in very different sentences.
    """
    words = _words(text.lower())
    first = np.arange(max(0, len(words.starts) - width + 1))
    if telling:
        own, known = words.each(), _untelling()
        tells = known[np.minimum(np.searchsorted(known, own), len(known) - 1)] != own
        before = np.concatenate(([0], np.cumsum(tells)))
        first = first[before[first + width] - before[first] >= telling]
    found: list[int] = np.unique(words.hashed(first, first + width)).tolist()
    return found


@lru_cache(maxsize=1)
def _untelling() -> Hashes:
    """The hashes of words that tell nothing, each as a shingle of one word, in order."""
    return np.unique(_words(" ".join(sorted({*stop_words(), *_CONTRACTED}))).each())


def _words(text: str) -> _Words:
    """The words (`\\w+`) of a text in lower case."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    is_letter = _letters()[np.minimum(codes, _LAST_LETTER)]
    edges = np.flatnonzero(np.diff(is_letter, prepend=False, append=False))
    starts = edges[::2]
    bounds = np.concatenate(([0], np.cumsum(edges[1::2] - starts)))
    letters = codes[is_letter].astype(np.uint64)
    letters[bounds[:-1]] += np.uint64(_FIRST_OF_WORD)
    sums = np.zeros(len(letters) + 1, np.uint64)
    powers, _ = _powers(len(sums))
    np.cumsum(letters * powers[: len(letters)], out=sums[1:])
    lines = np.searchsorted(np.flatnonzero(codes == _LINE_BREAK), starts)
    return _Words(starts, lines, bounds, sums)


@lru_cache(maxsize=1)
def _letters() -> npt.NDArray[np.bool_]:
    """Whether each code point up to the last letter is one that words consist of."""
    is_letter = np.zeros(_LAST_LETTER + 1, np.bool_)
    for match in re.finditer(r"\w+", "".join(map(chr, range(_LAST_LETTER)))):
        is_letter[match.start() : match.end()] = True
    return is_letter


def _powers(least: int) -> tuple[Hashes, Hashes]:
    """The powers of the polynomial's base and of its inverse, at least so many."""
    return _powers_of_two(max(14, least.bit_length()))


@lru_cache(maxsize=2)
def _powers_of_two(bits: int) -> tuple[Hashes, Hashes]:
    both = np.ones((2, 1 << bits), np.uint64)
    both[:, 1:] = np.array([[_BASE], [_INVERSE]], np.uint64)
    np.multiply.accumulate(both, axis=1, out=both)
    return both[0], both[1]


def _mixed(values: Hashes) -> Hashes:
    """The finaliser of SplitMix64: every bit of the result depends on every bit of the value."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Hashes = values ^ (values >> np.uint64(31))
    return mixed
