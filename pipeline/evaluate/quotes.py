"""Quotes: spans of speech, the words in them, and who speaks."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.evaluate.gold import Document, Row
from pipeline.evaluate.measures import Count, Figure, Share, Span, overlap, paired
from pipeline.evaluate.speakers import mention_right, resolved_right

#: Share of characters from which two trimmed quotes are the same.
SAME = 0.8
#: Share of letters inside quotation marks from which a quote is direct.
DIRECT = 0.95

_EDGE = " \t\r\n\"'`.,;:!?()[]-“”‘’…–—\u2028\xa0«»"
_OPENING, _CLOSING = "“«„", "”»"
_PARAGRAPH = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w+")


def trimmed(text: str, start: int, end: int) -> Span:
    """A span without marks and white space at its edges and without a leading "that"."""

    def opened(start: int) -> int:
        while start < end and text[start] in _EDGE:
            start += 1
        return start

    start = opened(start)
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    if text[start : min(start + 5, end)].lower() == "that ":
        start += 5
    return opened(start), end


def inside_marks(text: str) -> bytearray:
    """For each character whether it stands inside double quotation marks, the marks included.

    Marks are paired within a paragraph; one that is not closed runs to its end. Doubled single marks are one mark, and
    a closing mark before a word, where none is open, opens.
    """
    inside = bytearray(len(text))
    for paragraph in _PARAGRAPH.finditer(text):
        place, end = paragraph.span()
        first, opened = place, -1
        while place < end:
            mark = text[place]
            width = 2 if text[place : place + 2] in ("''", "``") else 1
            either = mark == '"' or width == 2
            if opened < 0:
                misused = (
                    mark == "”"
                    and place + 1 < end
                    and text[place + 1].isalnum()
                    and (place == first or not (text[place - 1].isalnum() or text[place - 1] in ".,!?"))
                )
                if mark in _OPENING or either or misused:
                    opened = place
            elif mark in _CLOSING or either:
                inside[opened : place + width] = b"\x01" * (place + width - opened)
                opened = -1
            place += width
        if opened >= 0:
            inside[opened:end] = b"\x01" * (end - opened)
    return inside


def _is_direct(text: str, inside: bytearray, span: Span) -> bool:
    letters = [place for place in range(*span) if text[place].isalnum()]
    return bool(letters) and sum(inside[place] for place in letters) / len(letters) >= DIRECT


def _rows(quotes: list[Row], wanted: list[Span], text: str) -> list[Row]:
    """Quotes as rows of one span: the whole of one that matches a gold row, else each of its parts; none twice."""
    rows: dict[Span, Row] = {}
    for quote in quotes:
        whole = trimmed(text, quote["start"], quote["end"])
        spans = quote["spans"]
        if len(spans) == 1 or any(overlap(span, whole) >= SAME for span in wanted):
            spans = [(quote["start"], quote["end"])]
        for start, end in spans:
            span = trimmed(text, start, end)
            if span[0] < span[1]:
                rows.setdefault(span, {**quote, "start": start, "end": end, "trimmed": span})
    return list(rows.values())


class _Scores:
    """The counts of one kind of quotes."""

    def __init__(self) -> None:
        self.exact, self.near, self.by_mention, self.by_name = Count(), Count(), Count(), Count()
        self.mention, self.name, self.named = Share(), Share(), Share()

    def add(self, wanted: list[Row], found: list[Row], ignored: list[Span]) -> None:
        """Count one document. What lies on an ignored span and matches nothing is no false alarm."""
        gold, own = [row["trimmed"] for row in wanted], [row["trimmed"] for row in found]
        same = paired(gold, own, lambda one, other: float(one == other), 1)
        near = paired(gold, own, overlap, SAME)
        hits = {other for _, other in (*same, *near)}
        n_found = sum(
            place in hits or not any(_covered(span, other) for other in ignored) for place, span in enumerate(own)
        )
        self.exact.add(len(same), n_found, len(gold))
        self.near.add(len(near), n_found, len(gold))
        right_mention = right_name = nameless = 0
        for one, other in near:
            mention, name = self._speaker(wanted[one], found[other])
            right_mention += mention
            right_name += bool(name)
            nameless += name is None
        self.by_mention.add(right_mention, n_found, len(gold))
        self.by_name.add(right_name, n_found - nameless, sum(bool(row.get("speaker")) for row in wanted))

    def _speaker(self, gold: Row, own: Row) -> tuple[bool, bool | None]:
        if gold.get("speaker") or gold.get("speaker_mention"):
            mention = mention_right(own, gold)
            self.mention.add(mention)
        else:
            mention = not (own["speaker_name"] or own["speaker_text"])
        if not gold.get("speaker"):
            return mention, None
        name = resolved_right(own, gold)
        self.name.add(name)
        if own["speaker_name"]:
            self.named.add(name)
        return mention, name


def _covered(span: Span, other: Span) -> bool:
    return 2 * (min(span[1], other[1]) - max(span[0], other[0])) >= span[1] - span[0]


def score(dataset: str, documents: list[Document], found: Mapping[str, Row]) -> list[Figure]:
    """The figures of a data set of quotes. Gold rows that are no speech, and discarded regions, do not count."""
    every, direct, words = _Scores(), _Scores(), Count()
    for document in documents:
        text = document.text
        gold = [{**row, "trimmed": trimmed(text, row["start"], row["end"])} for row in document.gold["quotes"]]
        gold = [row for row in gold if row["trimmed"][0] < row["trimmed"][1]]
        speech = [row for row in gold if row.get("speech", True)]
        other = [row for row in gold if not row.get("speech", True)]
        discarded: list[Span] = [(region[0], region[1]) for region in document.gold.get("discard") or ()]
        rows = _rows(found[document.name]["quotes"], [row["trimmed"] for row in speech], text)
        ignored = [row["trimmed"] for row in other] + discarded
        every.add(speech, rows, ignored)
        inside = inside_marks(text)
        direct.add(
            [row for row in speech if row["type"] == "direct"],
            [row for row in rows if _is_direct(text, inside, row["trimmed"])],
            ignored + [row["trimmed"] for row in speech if row["type"] != "direct"],
        )
        _count_words(words, text, speech, rows, [(row["start"], row["end"]) for row in other] + discarded)
    lines: list[tuple[str, Count | Share]] = [
        ("spans F1, IoU 0.8", every.near),
        ("spans F1, exact", every.exact),
        ("direct spans F1, IoU 0.8", direct.near),
        ("direct spans F1, exact", direct.exact),
        ("words F1", words),
        ("speaker accuracy, mention", every.mention),
        ("end-to-end F1, mention", every.by_mention),
    ]
    if dataset != "polnear":  # its speakers are known as printed alone
        lines += [
            ("speaker accuracy, resolved", every.name),
            ("speaker precision where named", every.named),
            ("end-to-end F1, resolved", every.by_name),
            ("direct end-to-end F1, resolved", direct.by_name),
        ]
    return [
        Figure("quotes", dataset, name, line.f1, line.wanted)
        if isinstance(line, Count)
        else Figure("quotes", dataset, name, line.value, line.tries)
        for name, line in lines
    ]


def _count_words(words: Count, text: str, wanted: list[Row], found: list[Row], unclear: list[Span]) -> None:
    marked = [
        _marked(len(text), spans)
        for spans in (
            [(row["start"], row["end"]) for row in wanted],
            [(row["start"], row["end"]) for row in found],
            unclear,
        )
    ]
    for word in _WORD.finditer(text):
        gold, own, ignored = (side[word.start()] for side in marked)
        if gold or not ignored:
            words.add(gold & own, own, gold)


def _marked(length: int, spans: list[Span]) -> bytearray:
    marked = bytearray(length)
    for start, end in spans:
        marked[start:end] = b"\x01" * (end - start)
    return marked
