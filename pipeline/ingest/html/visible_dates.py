"""Visible dates: the day that a page prints beside its headline, told from days in the text and of updates."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.ingest.dates import WRITTEN, parse
from pipeline.ingest.html.apart import apart, outside
from pipeline.ingest.html.visible import VisibleText

#: Dense characters around the headline in which a date line may stand.
_BEFORE = 300
_RIGHT_BEFORE = 150
_RIGHT_AFTER = 50
_AFTER = 900
#: Dense characters of the body, and of what follows it, that are looked at as well.
_INTO_BODY = 200
_BELOW = 600
_END_OF_BODY = 250
#: Characters of source that a line of the page may have, markup included, before it is passed over.
_MAX_SOURCE = 60_000
#: Characters of the line that a date stands in: a longer one is a sentence of the article.
_MAX_LINE = 90
_MAX_LABEL = 40
#: Characters beside a date in a line without a label.
_MAX_BESIDE = 60
_MARKUP = re.compile(
    r"<!--.{0,500}?-->|<(script|style|svg|noscript)\b[^<]*+(?:<(?!/?\1\b)[^<]*+)*+</\1\s*>", re.S | re.I
)
_TAG = re.compile(r"<[^<>]*>")
_NUMERIC = re.compile(
    r"(?<![\w./-])(?:(?:19|20)\d\d[-/.][01]?\d[-/.][0-3]?\d|[0-3]?\d[./-][0-3]?\d[./-](?:19|20)\d\d)(?![\w/-])"
)
_RANGE = re.compile(r"\s*(?:-|–|—|to|until)\s*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BLANK = re.compile(r"&nbsp;|&#160;|&ensp;|&emsp;|&thinsp;|\xa0", re.I)
_UPDATED = re.compile(r"\b(?:updated?|modified|revised|edited(?!\s+by\b)|changed|current as of|accessed|as of)\b", re.I)
_CHANGED = re.compile(r"\W{0,3}(?:last )?(?:updated|modified)\b[\w:, ]{0,20}\d", re.I)
_REVIEWED = re.compile(r"\b(?:reviewed|checked|accessed)\b(?!\s+by\b)", re.I)  # "Reviewed by" names a person
_PUBLISHED = re.compile(r"\b(?:publi(?:shed|cation)|posted|created|written)\b", re.I)
_EVENT = re.compile(
    r"\b(?:expires?|until|deadline|copyright|event|webinar|starts?|ends?|due|born|died|register|today|hours)\b|©",
    re.I,
)


_TIME = re.compile(r"<time\b[^<>]{0,500}?\bdatetime\s*=\s*[\"']?([^\"'<>]{8,40})[^<>]{0,500}>", re.I)
#: A mark for the machine-readable date of a time element, put in its place.
_MACHINE = re.compile(r"\x02([^\x02\x03]{8,40})\x03")


class VisibleDate(NamedTuple):
    """A date printed near the headline: its text as it stands, its label, and the kind of evidence it is.

    `label`: published, updated, reviewed, or empty where nothing is said. `kind`: visible_date or time_element.
    """

    text: str
    label: str
    kind: str = "visible_date"


def visible_dates(page: VisibleText, headline: tuple[int, int], body: tuple[int, int]) -> list[VisibleDate]:
    """Dates in the lines around a headline, those after it first; below the body only where they are labelled.

    `headline` and `body`: their dense characters, (-1, -1) where there is none.
    """
    start, end = headline
    others = apart(page, start, body)

    def dates(first: int, last: int) -> list[VisibleDate]:
        return _dates([line for part in outside(first, last, others) for line in _lines(page, *part)])

    stop = min(len(page.dense), end + _AFTER)
    if body[0] > end:
        stop = min(stop, body[0] + _INTO_BODY)
    found = dates(end, stop)
    bare = [one for one in found if not one.label]
    if bare and not _one_day(bare):  # a list of events or of other articles, unless the first stands apart from it
        near = [one for one in dates(end, min(stop, end + _RIGHT_AFTER)) if not one.label]
        found = [one for one in found if one.label or one in near]
    if not found:
        above = [one for one in dates(max(0, start - _BEFORE), start) if one.label]
        near = dates(max(0, start - _RIGHT_BEFORE), start)
        found = above if any(one.label == "published" for one in above) else near or above
    if any(one.label in {"published", ""} for one in found):
        return found
    found.extend(one for one in dates(max(end, body[1] - _END_OF_BODY), body[1] + _BELOW) if one.label == "published")
    return found + [one for one in dates(body[1], body[1] + _BELOW) if one.label and one not in found]


def dates_anywhere(page: VisibleText, headline: tuple[int, int], body: tuple[int, int]) -> list[VisibleDate]:
    """Dates that the page says are of its publication, or else its time elements, wherever in the article's part.

    Only where all of them tell one day: lists of other articles tell many.
    """
    parts = outside(0, len(page.dense), apart(page, headline[0], body))
    found = _dates([line for part in parts for line in _lines(page, *part, 10 * _MAX_SOURCE)])
    labelled = [one for one in found if one.label == "published"]
    elements = [one for one in found if one.kind == "time_element"]
    if labelled and _one_day(labelled):
        return labelled[:1]
    return elements[:1] if _one_day(elements) and not any(one.label for one in elements) else []


def _one_day(dates: list[VisibleDate]) -> bool:
    return len({moment.at.date() for one in dates if (moment := parse(one.text))}) == 1


def _lines(page: VisibleText, start: int, stop: int, most: int = _MAX_SOURCE) -> list[str]:
    """The lines of text between dense characters: what no tag interrupts."""
    stop = min(stop, len(page.dense))
    if start < 0 or start >= stop:
        return []
    first, last = page.places[start], page.places[stop - 1] + 1
    opening = page.source.rfind("<", max(0, first - 300), first)  # a tag right before belongs to what follows
    source = _MARKUP.sub("", page.source[opening if opening >= 0 else first : min(last, first + most)])
    source = _TIME.sub("\n\x02\\1\x03", source)
    text = _BLANK.sub(" ", _TAG.sub("\n", source))
    return [line for line in (" ".join(line.split()) for line in text.split("\n")) if line]


def _dates(lines: list[str]) -> list[VisibleDate]:
    found: list[VisibleDate] = []
    lines = _joined(lines)
    for number, line in enumerate(lines):
        marked = _MACHINE.search(line)
        line = _MACHINE.sub("", line)
        if len(line) > _MAX_LINE + _MAX_LABEL:
            continue
        if marked and parse(marked[1]) is not None:
            found.append(VisibleDate(marked[1], _label(line), "time_element"))
        matches = [*WRITTEN.finditer(line), *_NUMERIC.finditer(line)]
        if len(matches) == 2 and _RANGE.fullmatch(line[matches[0].end() : matches[1].start()]):
            continue
        for match in matches:
            before = line[: match.start()]
            label = _label(before[-_MAX_LABEL:])
            if not label and _is_changed(lines[number + 1 : number + 2]):
                label = "published"  # "March 4, 2022. Updated: March 5, 2022"
            is_sentence = len(line) - len(match[0]) > _MAX_BESIDE and not label
            if not is_sentence and not _EVENT.search(before[-_MAX_LABEL:]) and parse(match[0]) is not None:
                found.append(VisibleDate(match[0], label))
    return found


def _label(before: str) -> str:
    """What the words before a date say it is."""
    updated, published = _last(_UPDATED, before), _last(_PUBLISHED, before)
    if _last(_REVIEWED, before) > max(updated, published):
        return "reviewed"
    return "updated" if updated > published else "published" if published >= 0 else ""


def _is_changed(following: list[str]) -> bool:
    """Whether the next line begins by saying when the article was changed."""
    return any(bool(_CHANGED.match(line)) and bool(_YEAR.search(line)) for line in following)


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def _joined(lines: list[str]) -> list[str]:
    """Lines with the label that stands in a line of its own before them."""
    joined: list[str] = []
    for line in lines:
        before = joined[-1] if joined else ""
        is_label = len(before) <= _MAX_LABEL and bool(_label(before))
        if (is_label and not _YEAR.search(before)) or _MACHINE.fullmatch(before):
            joined[-1] = f"{before} {line}"
        else:
            joined.append(line)
    return joined
