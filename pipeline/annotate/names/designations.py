"""Designations of weapons and equipment: letters, digits and hyphens, lookalike letters folded."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.annotate.names import gazetteer
from pipeline.annotate.names.spans import Span
from pipeline.annotate.parse import Parse
from pipeline.knowledge.tables import HERE, rows

#: Cyrillic letters that look like Latin ones.
_LOOKALIKES = str.maketrans("АВЕКМНОРСТХасеор", "ABEKMHOPCTXaceop")
_HYPHENS = re.compile(r"[\u2010-\u2015\u2212]")
_SHAPE = re.compile(r"[A-ZА-Я0-9][\w]{0,11}(?:[-/][\w]{1,8}){0,3}")
_VARIANT = re.compile(r"(?:[A-ZА-Я]{1,3}\d{0,3}|\d{1,3}[A-Z]{0,3}\d?)$")
#: Tokens that a designation may have.
_MOST_PARTS = 8


def fold(text: str) -> str:
    """A designation in Latin letters with plain hyphens; Pantsir-C1 is Pantsir-S1.

    In a variant of one letter and digits, the Latin C is a Cyrillic S read by its looks.
    """
    plain = _HYPHENS.sub("-", text.translate(_LOOKALIKES)).replace("’", "'")
    plain = " ".join(plain.split())
    known = gazetteer.lookup(plain)
    if not known:
        read = re.sub(r"(?<=-)C(?=\d)|^C(?=-\d{3}\b)", "S", plain)
        if read != plain and (gazetteer.lookup(read) or ("-" in plain[1:] and not plain.startswith("C-"))):
            plain = read
    return plain


@lru_cache(maxsize=1)
def _series() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(row["pattern"]), row["type"]) for _, row in rows(HERE / "names_designations.tsv") if row["pattern"]
    )


def find(parse: Parse) -> list[Span]:
    """The designations of a text: those of known series ("T-72B3", "9M133"), and known names with their variant."""
    found = []
    for index, word in enumerate(parse.words):
        if not (word[0].isupper() or word[0].isdigit()) or (word.isalpha() and not word.isupper()):
            continue
        end = _tight_end(parse, index)
        text = _HYPHENS.sub("-", parse.slice(index, end)).translate(_LOOKALIKES)
        if not _SHAPE.fullmatch(text) or not any(map(str.isdigit, text)):
            continue
        for pattern, kind in _series():
            if pattern.fullmatch(text):
                found.append(Span(index, end, kind, "pattern"))
                break
    return found


def extend(parse: Parse, spans: list[Span]) -> None:
    """Let known weapons take in the variant that follows them: "-S1", " TB2", " 2A6"."""
    for span in spans:
        if span.type != "WEAPON" or span.source not in {"gazetteer", "pattern"}:
            continue
        end = _tight_end(parse, span.end - 1)
        if end > span.end:
            tail = parse.slice(span.end, end).lstrip("-–")
            if _VARIANT.fullmatch(tail):
                span.end = end
        elif span.source == "gazetteer" and span.end < len(parse):
            word = parse.words[span.end]
            if any(map(str.isdigit, word)) and any(map(str.isalpha, word)) and _VARIANT.fullmatch(word):
                span.end += 1


def _tight_end(parse: Parse, index: int) -> int:
    """The end of the run of tokens from `index` on that no space parts, joined by hyphens or slashes."""
    end = index + 1
    limit = min(parse.segments[parse.segment_of[index]][1], index + _MOST_PARTS)
    while (
        end + 1 < limit
        and parse.words[end] in {"-", "–", "‑", "/"}
        and parse.ends[end - 1] == parse.starts[end]
        and parse.ends[end] == parse.starts[end + 1]
    ):
        end += 2
    return end
