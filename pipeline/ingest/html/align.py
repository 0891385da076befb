"""Align: blocks of extracted text to the characters of the page they came from.

Blocks of some length that occur once in the page are fixed first; what lies between them is then looked for between
them, so that a short line is not taken for its double in a menu. What is not found whole is matched piece by piece.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.ingest.html.body import CELL
from pipeline.ingest.html.visible import WORD, VisibleText, dense

#: Dense characters that make a block or piece worth looking for by itself.
_ANCHOR = 32
_SEED = 10
#: Pieces looked for in one block.
_MAX_PIECES = 400
#: What is put between two cells of a table's row.
_BETWEEN_CELLS = " | "

#: A run of a block: characters of the source, or inserted text.
Run = tuple[int, int] | str


@dataclass(frozen=True, slots=True)
class Aligned:
    """A block's place: for its dense characters the index in the page's dense characters, or -1."""

    indices: Sequence[int]

    @property
    def start(self) -> int:
        """The first dense character of the page that is in the block; -1 if there is none."""
        return next((index for index in self.indices if index >= 0), -1)

    @property
    def end(self) -> int:
        """One behind the last."""
        return next((index + 1 for index in reversed(self.indices) if index >= 0), -1)


def align(page: VisibleText, texts: Sequence[str], first: int = 0) -> list[Aligned]:
    """The place of each text in the page, in rising order; `first`: dense characters to leave out at the start."""
    keys = [dense(text) for text in texts]
    fixed = _anchors(page.dense, keys, first)
    found: list[Aligned] = []
    low = first
    starts = [(number, fixed[number]) for number in range(len(keys)) if fixed[number] >= 0]
    numbers = [number for number, _ in starts]
    for number, key in enumerate(keys):
        place = fixed[number]
        if place < 0:
            after = bisect_left(numbers, number)
            high = starts[after][1] if after < len(starts) else len(page.dense)
            aligned = _between(page.dense, key, low, high)
        else:
            aligned = Aligned(range(place, place + len(key)))
        found.append(aligned)
        low = max(low, aligned.end)
    return found


def _anchors(page: str, keys: Sequence[str], first: int) -> list[int]:
    """Places of long texts that occur once, as far as they stand in the same order; -1 for the others."""
    places = [-1] * len(keys)
    for number, key in enumerate(keys):
        if len(key) >= _ANCHOR:
            place = page.find(key, first)
            if place >= 0 and page.find(key, place + 1) < 0:
                places[number] = place
    kept = set(_rising([(number, place) for number, place in enumerate(places) if place >= 0]))
    done = first
    for number, place in enumerate(places):
        if number not in kept or place < done:
            places[number] = -1
        else:
            done = place + len(keys[number])
    return places


def _rising(pairs: list[tuple[int, int]]) -> list[int]:
    """Numbers of the longest series of pairs in which places rise."""
    tails: list[int] = []
    best: list[int] = []
    before = [-1] * len(pairs)
    for index, (_, place) in enumerate(pairs):
        spot = bisect_left(tails, place)
        before[index] = best[spot - 1] if spot else -1
        tails[spot : spot + 1] = [place]
        best[spot : spot + 1] = [index]
    series = []
    index = best[-1] if best else -1
    while index >= 0:
        series.append(pairs[index][0])
        index = before[index]
    return series


def _between(page: str, key: str, low: int, high: int) -> Aligned:
    """A text's place between two others: whole if it stands there, else in pieces."""
    place = page.find(key, low, high) if key else -1
    if place >= 0:
        return Aligned(range(place, place + len(key)))
    indices: list[int] = []
    done = pieces = 0
    while done < len(key):
        seed = key[done : done + _SEED]
        place = page.find(seed, low, high) if len(seed) == _SEED or done == 0 else -1
        pieces += 1
        if place < 0 or pieces > _MAX_PIECES:
            step = 1 if pieces <= _MAX_PIECES else len(key) - done
            indices.extend([-1] * step)
            done += step
            continue
        size = _common(page, place, key, done, high)
        indices.extend(range(place, place + size))
        done += size
        low = place + size
    return Aligned(indices)


def _common(page: str, place: int, key: str, done: int, high: int) -> int:
    size = 0
    most = min(high - place, len(key) - done)
    while size < most and page[place + size] == key[done + size]:
        size += 1
    return size


def runs_of(page: VisibleText, text: str, aligned: Aligned) -> list[Run]:
    """The runs of a block: its words copied from the source, references and what is not there inserted."""
    runs: list[Run] = []
    indices = aligned.indices
    done, count = 0, 0
    for match in WORD.finditer(text):
        size = match.end() - match.start()
        word = indices[count : count + size]
        if match.start() > done:
            _add_space(page, runs, text[done : match.start()], word[0])
        _add_word(page, runs, match[0], word)
        done, count = match.end(), count + size
    return runs


def _add_word(page: VisibleText, runs: list[Run], text: str, indices: Sequence[int]) -> None:
    first, last = indices[0], indices[-1]
    if first >= 0 and last - first == len(text) - 1:
        start, end = page.places[first], page.places[last]
        if end - start == len(text) - 1 and end not in page.entities:
            _copy(runs, start, end + 1)
            return
    for character, index in zip(text, indices, strict=True):
        if index < 0 or page.places[index] in page.entities:
            _insert(runs, character)
        else:
            _copy(runs, page.places[index], page.places[index] + 1)


def _add_space(page: VisibleText, runs: list[Run], space: str, following: int) -> None:
    """White space between two words: copied where the source has the same one next to either word."""
    source = page.source
    last = runs[-1] if runs else None
    if isinstance(last, tuple) and following >= 0 and source[last[1] : page.places[following]] == space:
        _copy(runs, last[1], page.places[following])
        return
    if CELL in space:
        _insert(runs, _BETWEEN_CELLS)
        return
    if not any(map(str.isspace, space)):  # characters without width that the source has not
        return
    space = " "
    if isinstance(last, tuple) and last[1] < len(source) and source[last[1]] == space:
        _copy(runs, last[1], last[1] + 1)
        return
    if following >= 0:
        start = page.places[following]
        if start and source[start - 1] == space and (not isinstance(last, tuple) or last[1] < start):
            _copy(runs, start - 1, start)
            return
    _insert(runs, space)


def _copy(runs: list[Run], start: int, end: int) -> None:
    last = runs[-1] if runs else None
    if isinstance(last, tuple) and last[1] == start:
        runs[-1] = (last[0], end)
    else:
        runs.append((start, end))


def _insert(runs: list[Run], text: str) -> None:
    if runs and isinstance(runs[-1], str):
        runs[-1] += text
    else:
        runs.append(text)
