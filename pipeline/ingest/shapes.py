"""Shapes: what a block looks like, before it is known what it is: a headline, a sentence, a date line, a byline."""

from __future__ import annotations

import re

from pipeline.ingest.dates import WRITTEN

#: Characters at the end of a block in which its last stop stands.
_TAIL = 12
_ENDS_SENTENCE = re.compile(r"(?:[.!?…]|\.\.\.)[\"'”’»)\]]*$|:$")
_STOP = re.compile(r"[.;:,…][\"'”’»)\]]*$|[.,;:—–-]$")
_INNER_STOP = re.compile(r"[a-z0-9)”\"’][.!?][\"”’)]*\s+[\"“‘(]?[A-Z]")
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|vs|v|No|Gov|Sen|Rep|Gen|Jr|Sr|Lt|Col|Sgt|Rev|Prof|Inc|Co|Ltd)\.\s")
_START = re.compile(r"[\"'“‘«(\[$£€#@]{0,2}[A-Z0-9ÀÁÂÄÅÆÇÈÉÊËÍÎÑÓÔÖØÚÜŠŽ]")
_ADDRESS = re.compile(r"https?://|www\.|\S@\S+\.\w|[|•]")
_WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
_PARTICLES = frozenset(
    {"de", "da", "del", "van", "von", "der", "den", "al", "bin", "el", "la", "le", "and", "di", "du", "&"}
)


def words(text: str) -> list[str]:
    """The words of a text, as written."""
    return _WORD.findall(text)


def letters(text: str) -> str:
    """Letters and figures of a text, in one case: what two versions of one headline share."""
    return "".join(character for character in text.casefold() if character.isalnum())


def ends_sentence(text: str) -> bool:
    """Whether a block ends as a sentence does, inside quotation marks or not."""
    return bool(_ENDS_SENTENCE.search(text, max(0, len(text) - _TAIL)))


def is_headline(text: str, most_words: int = 22) -> bool:
    """Whether a block may be a headline: one short line that begins with a capital and ends in no full stop."""
    if (
        len(text) > 180
        or _STOP.search(text, max(0, len(text) - _TAIL))
        or not _START.match(text)
        or _ADDRESS.search(text)
    ):
        return False
    if not 1 <= len(words(text)) <= most_words:
        return False
    return not _INNER_STOP.search(_ABBREVIATION.sub("", text))


def is_paragraph(text: str) -> bool:
    """Whether a block is surely running text: it ends a sentence and has more words than most headlines."""
    return ends_sentence(text) and len(words(text)) >= 12


_LABEL = re.compile(
    r"\b(?:(?:first |originally |last )?(?:published|posted|updated|modified|created|issued|released|filed|written)|"
    r"publication date|date|on|at|am|pm|gmt|utc|edt|est|et|pdt|pst|pt|cdt|cst|ct|mdt|mst|bst|cet|cest|eet|ist|msk|"
    r"a\.m\.?|p\.m\.?|local time|moscow time|kyiv time)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b[0-2]?\d[:.h][0-5]\d(?::[0-5]\d)?\s?(?:[ap]\.?m\.?)?|\b1?\d\s?[ap]\.?m\b\.?|[+-][01]\d:?[0-5]\d", re.IGNORECASE
)
_FIGURES = re.compile(r"\b(?:(?:19|20)\d\d([-/.])[01]?\d\1[0-3]?\d|[0-3]?\d([-/.])[0-3]?\d\2(?:19|20)\d\d)(?=\D|$)T?")


def is_date_line(text: str) -> bool:
    """Whether a block consists of nothing but dates with a year, times of day, and words such as "Published"."""
    if len(text) > 120 or not any(map(str.isdigit, text)):
        return False
    rest, found = WRITTEN.subn(" ", text)
    rest, figures = _FIGURES.subn(" ", rest)
    if not found + figures:
        return False
    rest = _LABEL.sub(" ", _CLOCK.sub(" ", rest))
    return not _WORD.search(rest)


def is_updated(text: str) -> bool:
    """Whether a date line gives the date of a change only."""
    return bool(re.match(r"\W*(?:last\s)?(?:updated|modified)\b", text, re.IGNORECASE))


def is_name(text: str) -> bool:
    """Whether a text looks like a person's name: two to five capitalised words, initials and particles among them."""
    parts = text.split()
    if (
        not 2 <= len(parts) <= 5
        or not text.replace(".", "").replace("-", "").replace(" ", "").replace("’", "").replace("'", "").isalpha()
    ):
        return False
    return all(part[0].isupper() or part in _PARTICLES for part in parts) and parts[0][0].isupper()
