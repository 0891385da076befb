"""What the check-worthiness model sees of a sentence: hashed n-grams of words, characters and grammar.

Five groups of terms (`GROUPS`), each later weighted and brought to unit length by itself, and a handful of
counts (`COUNTS`). The terms of all sentences of an article are hashed together, in numpy.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pipeline.annotate.parse import Parse

#: Buckets of each group: a power of two.
BITS = 18
BUCKETS = 1 << BITS
#: words as they stand; lemmas with names and numbers as classes; characters; tags with function words as
#: themselves; dependencies between lemmas and tags.
GROUPS = ("words", "lemmas", "characters", "grammar", "dependencies")
WORD_SIZES = (1, 2, 3)
CHARACTER_SIZES = (2, 3, 4, 5)
GRAMMAR_SIZES = (1, 2, 3, 4)
COUNTS = ("length", "numbers", "names", "past", "first_person", "second_person", "modal", "question", "money")
#: Tags whose words say more than the tag.
_CLOSED = frozenset({"CC", "DT", "EX", "IN", "MD", "PDT", "PRP", "PRP$", "RP", "TO", "WDT", "WP", "WP$", "WRB"})
_LIGHT_VERBS = frozenset({"be", "have", "do"})
_MONEY = frozenset({"$", "percent", "%", "million", "billion", "trillion"})
_FIRST = frozenset({"i", "me", "my"})
_SECOND = frozenset({"you", "your"})
_DIGIT = re.compile(r"\d")
#: Odd 64-bit constant of Fibonacci hashing (Knuth, TAOCP 3, 6.4).
_MIX = np.uint64(0x9E3779B97F4A7C15)

Codes = NDArray[np.uint64]
Indices = NDArray[np.int64]
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Terms:
    """Sparse counts: sentence `rows[k]` has bucket `columns[k]` with the damped count `values[k]`."""

    rows: Indices
    columns: Indices
    values: Values


def features(parse: Parse, ranges: list[tuple[int, int]]) -> tuple[list[Terms], Values]:
    """The terms of the token ranges `ranges`, a `Terms` a group, and their counts, a row a range."""
    owners = np.repeat(np.arange(len(ranges), dtype=np.int64), [last - first for first, last in ranges])
    tokens = [index for first, last in ranges for index in range(first, last)]
    place = {token: position for position, token in enumerate(tokens)}
    heads = np.array([place.get(parse.heads[token], -1) for token in tokens], dtype=np.int64)
    low = [parse.lower[token] for token in tokens]
    lemmas = [parse.lemmas[token].lower() for token in tokens]
    tags = [parse.tags[token] for token in tokens]
    classes = _classes(parse)
    closed = [
        word if tag in _CLOSED or lemma in _LIGHT_VERBS else tag
        for word, lemma, tag in zip(low, lemmas, tags, strict=True)
    ]
    plain = [
        classes.get(token, "0" if tag == "CD" else lemma)
        for token, lemma, tag in zip(tokens, lemmas, tags, strict=True)
    ]
    pieces = [_DIGIT.sub("0", " ".join(["", *parse.lower[first:last], ""])) for first, last in ranges]
    letters = np.frombuffer("".join(pieces).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    letter_owners = np.repeat(np.arange(len(ranges), dtype=np.int64), [len(piece) for piece in pieces])
    terms = [
        _n_grams(_codes(low), owners, WORD_SIZES),
        _n_grams(_codes(plain), owners, WORD_SIZES),
        _n_grams(letters, letter_owners, CHARACTER_SIZES),
        _n_grams(_codes(closed), owners, GRAMMAR_SIZES),
        _dependencies(_codes(lemmas), _codes(tags), _codes([parse.labels[token] for token in tokens]), heads, owners),
    ]
    return terms, np.array([_counts(parse, first, last) for first, last in ranges]).reshape(-1, len(COUNTS))


@lru_cache(maxsize=65_536)
def _code(word: str) -> int:
    return zlib.crc32(_DIGIT.sub("0", word).encode("utf-8", "surrogatepass"))


def _codes(words: list[str]) -> Codes:
    return np.array([_code(word) for word in words], dtype=np.uint64)


def _classes(parse: Parse) -> dict[int, str]:
    return {index: f"<{name.label}>" for name in parse.names for index in range(name.start, name.end)}


def _n_grams(codes: Codes, owners: Indices, sizes: tuple[int, ...]) -> Terms:
    """Counts of the n-grams of `codes` that stay within one owner."""
    found_rows, found_terms = [], []
    rolling = np.zeros(len(codes), dtype=np.uint64)
    for size in range(1, max(sizes) + 1):
        usable = len(codes) - size + 1
        if usable <= 0:
            break
        rolling = rolling[:usable] * _MIX + codes[size - 1 :]
        if size in sizes:
            inside = owners[:usable] == owners[size - 1 :]
            found_rows.append(owners[:usable][inside])
            found_terms.append(rolling[inside] + np.uint64(size))
    return _counted(found_rows, found_terms)


def _dependencies(lemmas: Codes, tags: Codes, labels: Codes, heads: Indices, owners: Indices) -> Terms:
    """Counts of a word's lemma or tag with its label and its head's lemma or tag, and of paths of two labels."""
    rooted = heads == np.arange(len(heads))
    outside = heads < 0
    safe = np.where(outside, 0, heads)
    head_lemmas = np.where(rooted | outside, np.uint64(1), lemmas[safe]) if len(heads) else lemmas
    head_tags = np.where(rooted | outside, np.uint64(2), tags[safe]) if len(heads) else tags
    paths = [(lemmas, head_lemmas), (tags, head_tags), (lemmas, head_tags), (tags, head_lemmas)]
    terms = [
        (first * _MIX + labels) * _MIX + second + np.uint64(number) for number, (first, second) in enumerate(paths)
    ]
    if len(heads):
        above = terms[1][safe]
        terms.append((tags * _MIX + labels) * _MIX + above + np.uint64(len(paths)))
    return _counted([owners] * len(terms), terms)


def _counted(rows: list[Indices], terms: list[Codes]) -> Terms:
    if not rows:
        empty = np.zeros(0, dtype=np.int64)
        return Terms(empty, empty, np.zeros(0))
    columns = ((np.concatenate(terms) * _MIX) >> np.uint64(64 - BITS)).astype(np.int64)
    keys, counts = np.unique(np.concatenate(rows) * BUCKETS + columns, return_counts=True)
    return Terms(keys >> BITS, keys & (BUCKETS - 1), 1.0 + np.log(counts))


def _counts(parse: Parse, first: int, last: int) -> list[float]:
    tags, low = parse.tags[first:last], set(parse.lower[first:last])
    return [
        min(last - first, 60) / 20,
        float(min(3, tags.count("CD"))),
        min(4, sum(tag.startswith("NNP") for tag in tags)) / 2,
        min(3, tags.count("VBD") + tags.count("VBN")) / 2,
        float(not low.isdisjoint(_FIRST)),
        float(not low.isdisjoint(_SECOND)),
        float("MD" in tags),
        float(last > first and parse.lower[last - 1] == "?"),
        float(not low.isdisjoint(_MONEY)),
    ]
