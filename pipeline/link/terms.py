"""Terms: the words, names (`=name`) and figures (`#1,200`) by which articles on the same event are found."""

from __future__ import annotations

import math
import re
import runpy
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import polars as pl

#: The columns of an article's terms: a row a term, with its weight before rarity is known.
TERMS: dict[str, Any] = {"term": pl.String, "weight": pl.Float64}
#: An article keeps so many words and names, the heaviest, and so many figures.
MOST, MOST_FIGURES = 300, 60

_TOKEN = re.compile(r"[^\W_]+|[.!?\n]")
_ENDS = frozenset(".!?\n")
_NUMBER = re.compile(r"\b\d[\d,.]*\b")
_ENDINGS = ("ing", "ed", "es", "s")


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Words that tell nothing of a text's topic, in lower case: spaCy's, read without loading it, which is slow."""
    package = find_spec("spacy")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("spacy is not installed", name="spacy")
    path = Path(package.origin).parent / "lang" / "en" / "stop_words.py"
    return frozenset(runpy.run_path(str(path))["STOP_WORDS"])


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A lower-case word without its commonest ending."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def tokens(text: str) -> Iterator[tuple[str, bool]]:
    """The words of a text, and whether each opens a sentence."""
    opens = True
    for token in _TOKEN.findall(text):
        if token in _ENDS:
            opens = True
        else:
            yield token, opens
            opens = False


@lru_cache(maxsize=100_000)
def word_terms(word: str, opens: bool) -> tuple[str, ...]:
    """The terms of a word: none where it tells nothing, and one more where it is capitalised within a sentence."""
    low = word.lower()
    if low in stop_words() or (len(low) < 3 and not low.isdigit()):
        return ()
    return (stem(low), "=" + low) if word[0].isupper() and not opens else (stem(low),)


def figures(text: str) -> list[str]:
    """The figures of a text, as terms, in order."""
    return ["#" + figure for figure in sorted(set(_NUMBER.findall(text)))[:MOST_FIGURES]]


def terms(text: str) -> list[tuple[str, float]]:
    """The terms of an English text, each with 1 + ln(count): the heaviest first, figures last.

    A word that is capitalised within a sentence counts as a name (`=putin`) and as a word; a figure counts as such
    (`#1,200`), however often it stands.
    """
    counts = Counter(term for word, opens in tokens(text) for term in word_terms(word, opens))
    weights = [(term, round(1 + math.log(count), 6)) for term, count in counts.items()]
    heaviest = sorted(weights, key=lambda item: (-item[1], item[0]))[:MOST]
    return heaviest + [(figure, 1.0) for figure in figures(text)]
