"""Spelling: whether two written names may be one person's, across romanisations, titles, initials and order.

`skeleton` folds what romanisations of Cyrillic, Arabic and Persian names differ in to one form, so that equal
skeletons can be a key; `similarity` aligns the words of two names and grades how well they agree. The folding
follows the tables of BGN/PCGN, ISO 9, GOST and the passports' one: where they disagree on a letter, the letter's
forms become one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pipeline.knowledge.words import spelling_words

#: Letters that have no decomposition into a base letter and a mark.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ə": "a"}
)
_CYRILLIC = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "e", "ж": "zh", "з": "z",
        "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
        "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
        "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj",
        "ћ": "c", "џ": "dz",
    }
)  # fmt: skip
_GENERATION = {"junior": "jr", "jnr": "jr", "iunior": "jr", "senior": "snr", "ii": "ii", "iii": "iii"}
_WORD = re.compile(r"[a-z']+")
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"'", ""),
        (r"shch|sch?tsch|szcz|sch|sz|sh", "s"),
        (r"tsch|tch|cz|ch(?=[aeiouy])|ch$|tj(?=[aeiou])", "c"),
        (r"dzh|dsch|dj|dz|gj", "j"),
        (r"zh|rz(?=[aeiou])", "z"),
        (r"ph", "f"),
        (r"kh|ch|gh(?![aeiou])", "h"),
        (r"gh", "g"),
        (r"th", "t"),
        (r"ck|qu|q", "k"),
        (r"c(?=[aou]|[klrt]|$)", "k"),
        (r"tz|ts|cz|c(?=[eiy])", "s"),
        (r"ks", "x"),
        (r"w", "v"),
        (r"ff$", "v"),
        (r"(?<=[aeiou])v$|(?<=[eo])f$", "v"),
        (r"oo|ou|u", "u"),
        (r"ee|ea|ie|[iyj]e|ey|ei", "e"),
        (r"[yj]", "i"),
        (r"ai|ay", "ai"),
        (r"i+", "i"),
        (r"(.)\1", r"\1"),
        (r"(?<=[a-z]{3})h(?=[^aeiou]|$)", ""),
        (r"g(?=[aeiou])", "g"),
    )
)


#: Skeletons of the endings of East and South Slavic, Armenian and Georgian surnames.
_ROMANISED = re.compile(
    r"(?:[aeiou]va?|sk(?:a|aia|oi)?|enk[oa]|i[au]k|[cs]uk|vic|idze|svil|(?<=..)[ai]ian|(?<=.[lr])n(?:a|aia)?|"
    r"(?<=..)[aeiou]ts)$"
)


def plain(name: str) -> str:
    """A name in lower-case ASCII letters: Cyrillic romanised, accents dropped.

    >>> plain("Олександр Łukasz")
    'oleksandr lukasz'
    """
    if name.isascii():
        return name.lower().replace("`", "'")
    text = unicodedata.normalize("NFC", name.lower()).translate(_CYRILLIC).translate(_LETTERS)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return text.replace("’", "'").replace("‘", "'").replace("`", "'")


@lru_cache(maxsize=65536)
def words(name: str) -> tuple[str, ...]:
    """The words of a name in order, without titles, what stands in brackets and what follows a comma as a degree.

    "Surname, Given" is turned round.
    """
    text = re.sub(r"\([^()]{0,80}\)|\"[^\"]{0,40}\"", " ", plain(name))
    parts = [part for part in text.split(",") if part.strip()]
    found = [part for part in map(_split, parts) if part] or [_WORD.findall(parts[0])[:1]] if parts else []
    if len(found) == 2 and len(found[0]) <= 2 and len(found[1]) <= 3 and "jr" not in found[1]:
        found = [found[1], found[0]]
    flat = [word for part in found[:2] for word in part]
    return tuple(flat)


def _split(text: str) -> list[str]:
    found = [word.strip("'") for word in _WORD.findall(text.replace("-", " "))]
    found = [_GENERATION.get(word, word) for word in found if word]
    return [word for word in found if word not in spelling_words("title")]


@lru_cache(maxsize=262144)
def skeleton(word: str) -> str:
    """One word with what romanisations disagree on folded away.

    >>> skeleton("podoliak") == skeleton("podolyak") and skeleton("mikhailo") == skeleton("mykhailo")
    True
    """
    folded = word
    for pattern, replacement in _RULES:
        folded = pattern.sub(replacement, folded)
    folded = folded.replace("ii", "i")
    return folded.rstrip("i") if len(folded) > 3 else folded


def key(name: str) -> str | None:
    """The skeletons of a person's given name and surname (and what tells a junior), as a key for equality.

    Only names that look romanised are folded: Brian and Bryan Cox are two people. Middle initials are left out.
    None where fewer than two words are left: a surname alone is no key.
    """
    found = [word for word in words(name) if len(word) > 1]
    if len(found) < 2:
        return None
    folded = [skeleton(word) for word in found]
    if _ROMANISED.search(folded[-1]) or any(word in spelling_words("arabic") for word in (*found[:-1], *folded)):
        return " ".join(folded)
    return " ".join(found)


@lru_cache(maxsize=65536)
def _consonants(word: str) -> str:
    folded = skeleton(word)
    return folded[:1] + re.sub(r"[aeiou]", "", folded[1:])


def similarity(one: str, other: str) -> float:
    """How well two names agree, from 0 to 1.

    The words of the shorter name are aligned one to one with words of the longer (the best alignment by greedy
    choice; a word may equal two joined ones); words that find no partner, disagreeing initials and a surname without
    partner cost.
    """
    left, right = _content(one), _content(other)
    if not left or not right:
        return 0.0
    left, right = sorted((left, right), key=lambda found: (len(found), found))
    pairs = sorted(
        (
            (word_similarity(a, b), -abs(i / max(1, len(left) - 1) - j / max(1, len(right) - 1)), -i, -j)
            for i, a in enumerate(left)
            for j, b in enumerate(right)
        ),
        reverse=True,
    )
    taken_left: dict[int, float] = {}
    taken_right: set[int] = set()
    for score, _, i, j in pairs:
        if -i not in taken_left and -j not in taken_right and score > 0:
            taken_left[-i] = score
            taken_right.add(-j)
    weights = [_weight(word) for word in left]
    total = sum(weight * taken_left.get(i, 0.0) for i, weight in enumerate(weights)) / sum(weights)
    unmatched = len(right) - len(left)
    joined = _joined("".join(left), "".join(right))
    worst = (
        min(taken_left.get(i, 0.0) for i, word in enumerate(left) if len(word) > 1 or len(left) == 1)
        if any(len(word) > 1 for word in left)
        else 0.5
    )
    graded = 0.75 * total + 0.25 * worst
    single = 0.1 if len(left) == 1 and len(right) > 1 else 0.0
    return round(max(joined, graded - 0.02 * unmatched - single), 6)


def _content(name: str) -> list[str]:
    found = list(words(name))
    kept = [word for word in found if word not in spelling_words("particle")]
    return kept if len(kept) >= 1 else found


def _weight(word: str) -> float:
    return 0.4 if len(word) == 1 else min(len(word), 8) ** 0.5


def _joined(one: str, other: str) -> float:
    from rapidfuzz.distance import Levenshtein

    if skeleton(one) == skeleton(other):
        return 1.0
    return max(0.0, Levenshtein.normalized_similarity(skeleton(one), skeleton(other)) * 1.02 - 0.02)


@lru_cache(maxsize=262144)
def word_similarity(one: str, other: str) -> float:
    """How well two words of names agree, from 0 to 1: letters, skeletons, consonants, initials."""
    from rapidfuzz.distance import JaroWinkler, Levenshtein

    if one == other:
        return 1.0
    if len(one) == 1 or len(other) == 1:
        return 0.8 if one[0] == other[0] else 0.0
    folded, folded_other = skeleton(one), skeleton(other)
    if folded == folded_other:
        return 0.98
    edits = max(Levenshtein.normalized_similarity(one, other), Levenshtein.normalized_similarity(folded, folded_other))
    score = max(edits, JaroWinkler.normalized_similarity(folded, folded_other) - 0.12)
    bones, bones_other = _consonants(one), _consonants(other)
    if bones == bones_other and len(bones) >= 2:
        score = max(score, 0.9 if len(bones) >= 3 else 0.8)
    short, long = sorted((folded, folded_other), key=len)
    if len(short) >= 3 and long.startswith(short):
        score = max(score, 0.8)
    return score if score > 0.5 else score * 0.5
