"""Quotation marks: which stretches of a text stand between them, whatever marks are used and however badly."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

#: Marks that can only mean a double quotation mark: straight, typewriter and double prime, full width.
_STRAIGHT = '"″＂'
_OPENING = "“„‟«"
_CLOSING = "”»"
#: A doubled single mark ('' or ``) is one double mark; straight and curly singles may be mixed.
_DOUBLE = re.compile(r"[\"″＂“„‟«”»]|``|''|’’|‘‘|´´")
_SINGLE = re.compile(r"(?<!['‘’`´])['‘’‹›‚](?!['‘’`´])")
_LINE = re.compile(r"[^\n]+")
_BOUNDARY_BEFORE = frozenset(" \t\xa0\u2028([{—–-/:;>…*_")
_BOUNDARY_AFTER = frozenset(" \t\xa0\u2028)]}—–-/:;,.!?<…*_’'‘”“\"")
#: Words that start with an apostrophe.
_CLIPPED = re.compile(r"['‘’](?:\d0s|\d\ds?|em|til|tis|twas|cause|bout|round|n|cuz|s|re|ll|ve|d|m)\b", re.IGNORECASE)
#: What each reading of a mark costs: the reading of a line is the cheapest one.
_AGAINST_SHAPE, _UNCLEAR, _AGAINST_KIND, _SKIPPED, _UNCLOSED, _NESTED = 3.0, 0.5, 2.0, 2.6, 1.2, 1.5
#: How far before a mark the end of a sentence is looked for, in characters.
_NEAR = 40
#: More marks than this in one line are not read (a table, or noise).
_MOST_MARKS = 2000


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between quotation marks: `start` and `end` with the marks, `inner` offsets without them.

    `closed` is False where the line ends before a closing mark; `continues` is True where the stretch
    takes up one that the line before left open. `double` is False for single marks.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    double: bool
    closed: bool = True
    continues: bool = False


def quotations(text: str) -> list[Quotation]:
    """All outermost stretches between quotation marks, in order, read line by line.

    A line that leaves a quotation open hands it on to the next line if that one starts with an opening mark
    (the convention for speeches of several paragraphs). Stretches between single marks are found outside
    double ones; apostrophes, plural possessives and clipped words ('em, '90s) are no marks.
    """
    found: list[Quotation] = []
    is_open = False
    for line in _LINE.finditer(text):
        if not line.group().strip():
            continue
        doubles = _double(text, line.start(), line.end())
        opens_line = bool(doubles) and not text[line.start() : doubles[0].start].strip(" \t\xa0>*_")
        if is_open and opens_line:
            doubles[0] = replace(doubles[0], continues=True)
        singles: list[Quotation] = []
        position = line.start()
        for stretch in [*doubles, None]:
            singles += _single(text, position, stretch.start if stretch else line.end())
            position = stretch.end if stretch else position
        found += sorted([*doubles, *singles], key=lambda quotation: quotation.start)
        is_open = bool(doubles) and not doubles[-1].closed
    return found


def _shape(text: str, start: int, end: int, first: int, last: int) -> tuple[bool, bool]:
    """Whether the mark at `start` to `end` may open and may close by its neighbours within the line."""
    before = text[start - 1] if start > first else " "
    after = text[end] if end < last else " "
    opens = (before in _BOUNDARY_BEFORE or before in "'‘’") and not after.isspace()
    closes = not before.isspace() and (after in _BOUNDARY_AFTER or not after.isalnum())
    return opens, closes


def _ends_sentence(text: str, start: int, first: int) -> bool:
    """Whether a sentence ends right before the mark at `start`."""
    return text[max(first, start - _NEAR) : start].rstrip()[-1:] in {".", "!", "?", "…"}


def _is_measure(text: str, start: int, first: int) -> bool:
    """Whether a straight mark stands for inches or seconds (6'2", 5.5")."""
    return start > first and text[start] in '"″' and text[start - 1].isdigit()


def _double(text: str, first: int, last: int) -> list[Quotation]:
    """Stretches between double marks of one line: the reading of its marks, as openers, closers or neither,
    that costs least by direction of the mark, by its neighbours and by what it leaves open."""
    marks = [match.span() for match in _DOUBLE.finditer(text, first, last)]
    if not marks or len(marks) > _MOST_MARKS:
        return []
    # best[depth] = cost and the readings that led there: ( opens, ) closes, / opens anew, - neither;
    # depth 2 is a quotation in another
    best: dict[int, tuple[float, str]] = {0: (0.0, "")}
    for start, end in marks:
        opens, closes = _shape(text, start, end, first, last)
        mark = text[start]
        directed = mark not in _STRAIGHT and end - start == 1
        cost_open = (0.0 if opens and not closes else _UNCLEAR if opens else _AGAINST_SHAPE) + (
            _AGAINST_KIND if directed and mark in _CLOSING else 0.0
        )
        cost_close = (0.0 if closes and not opens else _UNCLEAR if closes else _AGAINST_SHAPE) + (
            _AGAINST_KIND if directed and mark in _OPENING else 0.0
        )
        if directed and opens != closes and (opens if mark in _CLOSING else closes):
            # a mark that points the wrong way but stands at the right place
            cost_open, cost_close = cost_open - 1.0 * opens, cost_close - 1.0 * closes
        skip = 0.2 if _is_measure(text, start, first) else _SKIPPED
        following: dict[int, tuple[float, str]] = {}
        for depth, (cost, path) in best.items():
            options = [(depth, cost + skip, "-")]
            if depth < 2:
                options.append((depth + 1, cost + cost_open + (_NESTED if depth else 0.0), "("))
            if depth > 0:
                options.append((depth - 1, cost + cost_close, ")"))
            if depth == 1 and opens and _ends_sentence(text, start, first):
                options.append((1, cost + cost_open + _UNCLOSED + 0.2, "/"))
            for new, total, letter in options:
                if new not in following or total < following[new][0] - 1e-9:
                    following[new] = (total, path + letter)
        best = following
    _, path = min((round(cost + _UNCLOSED * depth, 6), path) for depth, (cost, path) in best.items())
    found: list[Quotation] = []
    depth, opened = 0, (0, 0)
    for (start, end), letter in zip(marks, path, strict=True):
        if letter == "(":
            if depth == 0:
                opened = (start, end)
            depth += 1
        elif letter == "/":
            # the quotation before was never closed: it ends where this one starts
            end_before = opened[1] + len(text[opened[1] : start].rstrip())
            found.append(Quotation(opened[0], end_before, opened[1], end_before, double=True, closed=False))
            opened = (start, end)
        elif letter == ")":
            depth -= 1
            if depth == 0:
                found.append(Quotation(opened[0], end, opened[1], start, double=True))
    if depth:
        found.append(Quotation(opened[0], last, opened[1], last, double=True, closed=False))
    return [quotation for quotation in found if text[quotation.inner_start : quotation.inner_end].strip()]


def _single(text: str, first: int, last: int) -> list[Quotation]:
    """Stretches between single marks from `first` to `last`, where no double mark stands."""
    found: list[Quotation] = []
    opened: tuple[int, int] | None = None
    marks = [match.span() for match in _SINGLE.finditer(text, first, last)]
    if len(marks) > _MOST_MARKS:
        return []
    for number, (start, end) in enumerate(marks):
        before = text[start - 1] if start > 0 else " "
        after = text[end] if end < len(text) else " "
        if before.isalnum() and after.isalnum():
            continue
        opens = (before in _BOUNDARY_BEFORE or before == "\n") and (after.isalnum() or after in "[($£€…")
        if opens and not _CLIPPED.match(text, start) and opened is None:
            opened = (start, end)
        elif opened is not None and not before.isspace() and not after.isalnum():
            if before in "sS" and after == " " and _closes_later(text, marks[number + 1 :]):
                continue  # a plural possessive: the workers' rights
            found.append(Quotation(opened[0], end, opened[1], start, double=False))
            opened = None
    return [quotation for quotation in found if text[quotation.inner_start : quotation.inner_end].strip()]


def _closes_later(text: str, marks: list[tuple[int, int]]) -> bool:
    """Whether, before any other single mark opens, one closes."""
    for start, end in marks:
        before, after = text[start - 1], text[end] if end < len(text) else " "
        if before in _BOUNDARY_BEFORE and after.isalnum():
            return False
        if not before.isspace() and not after.isalnum():
            return True
    return False
