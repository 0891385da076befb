"""Terms: the words by which articles on the same event are found, names and figures above the others."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from functools import lru_cache
from typing import Any

import polars as pl

#: The columns of an article's terms: a row a term, with its weight before rarity is known.
TERMS: dict[str, Any] = {"term": pl.String, "weight": pl.Float64}
#: An article keeps so many terms, the heaviest.
MOST = 300
#: How much a capitalised word counts beside the same word as a common one.
NAME_WEIGHT = 1.5

_TOKEN = re.compile(r"[^\W_]+|[.!?\n]")
_ENDINGS = ("ing", "ed", "es", "s")


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    from spacy.lang.en.stop_words import STOP_WORDS

    return frozenset(STOP_WORDS)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A lower-case word without its commonest ending."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def terms(text: str) -> list[tuple[str, float]]:
    """The terms of an English text, each with 1 + ln(count), the heaviest first.

    A word that is capitalised within a sentence counts as a name (`=putin`) and as a word.
    """
    stop = _stop_words()
    counts: Counter[str] = Counter()
    opens = True
    for match in _TOKEN.finditer(text):
        word = match.group()
        if word in ".!?\n":
            opens = True
            continue
        low = word.lower()
        if low not in stop and (len(low) > 2 or low.isdigit()):
            counts[stem(low)] += 1
            if word[0].isupper() and not opens:
                counts["=" + low] += 1
        opens = False
    weights: dict[str, float] = defaultdict(float)
    for term, count in counts.items():
        weights[term] = round((NAME_WEIGHT if term[0] == "=" else 1.0) * (1 + math.log(count)), 6)
    return sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:MOST]
