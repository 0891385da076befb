"""The edit chain: characters copied, dropped or inserted, so that every one knows where it came from.

An `EditedText` starts as a whole source text and is edited step by step; every step names what it drops. However
many steps were taken, its pieces still cover the source from first to last character:

    >>> edited = EditedText.whole("&amp; now <b>this</b>").replace([Edit(0, 5, "html_entity", "&")])
    >>> edited = edited.replace([Edit(6, 9, "html_tag"), Edit(13, 17, "html_tag")])
    >>> edited.text
    '& now this'
    >>> [(piece.kind, piece.start, piece.end) for piece in edited.pieces][:4]
    [('copy', 0, 1), ('html_entity', 1, 5), ('copy', 5, 10), ('html_tag', 10, 13)]

A `Draft` is an edited text together with the blocks found in it; editing it moves the blocks along. HTML builds its
draft with `Draft.of_runs`: body blocks as runs of the page's characters, everything else dropped.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

COPY = "copy"
INSERT = "insert"


class Edit(NamedTuple):
    """Characters `start` to `end` of the text as it now stands are dropped as `kind`, and `insert` put in place."""

    start: int
    end: int
    kind: str
    insert: str = ""


class Piece(NamedTuple):
    """One run: source characters `start` to `end` copied, or dropped (no `text`), or `text` inserted at `start`.

    `kind` is COPY, INSERT, or the kind of what was dropped.
    """

    start: int
    end: int
    text: str
    kind: str


@dataclass(frozen=True)
class EditedText:
    """A text made from `source` by edits; its pieces cover the source in order, without gap or overlap."""

    source: str
    pieces: list[Piece]

    @classmethod
    def whole(cls, source: str) -> EditedText:
        """The source as it stands."""
        return cls(source, [Piece(0, len(source), source, COPY)] if source else [])

    @cached_property
    def text(self) -> str:
        """The text as it now stands."""
        return "".join(piece.text for piece in self.pieces)

    def replace(self, edits: Iterable[Edit], narrow: bool = True) -> EditedText:
        """Apply edits given in offsets of `text`, none overlapping another.

        What an inserted text shares with the dropped one, at either end, stays copied ("&amp;" to "&" drops "amp;")
        unless `narrow` is off. Raises ValueError where edits overlap or reach beyond the text.
        """
        queue = sorted(_narrowed(self.text, edits) if narrow else edits)
        if not queue:
            return self
        _check(queue, len(self.text))
        queue.reverse()
        pieces: list[Piece] = []
        position = last = 0
        for piece in self.pieces:
            size, done = len(piece.text), 0
            if not size:
                pieces.append(piece)
            while done < size:
                here = position + done
                if not queue or queue[-1].start >= position + size:
                    pieces.append(_part(piece, done, size))
                    break
                edit = queue[-1]
                if here < edit.start:
                    pieces.append(_part(piece, done, edit.start - position))
                    done = edit.start - position
                    continue
                if here == edit.start and edit.insert:
                    at = piece.start + done if piece.kind == COPY else piece.start
                    pieces.append(Piece(at, at, edit.insert, INSERT))
                stop = min(edit.end - position, size)
                if stop > done and piece.kind == COPY:
                    pieces.append(Piece(piece.start + done, piece.start + stop, "", edit.kind))
                done = stop
                if position + done >= edit.end:
                    queue.pop()
            position += size
            last = piece.end
        pieces.extend(Piece(last, last, edit.insert, INSERT) for edit in reversed(queue))
        return EditedText(self.source, pieces)


@dataclass(slots=True)
class DraftBlock:
    """Characters `start` to `end` of a draft's text; `kind` is None until the block is classified.

    Kinds that stay in the article: title, subtitle, paragraph, crosshead, list_item. Every other kind is taken out
    and becomes the kind of a removed run (and, for some, a note). `hint` is what markup said the block is.
    """

    start: int
    end: int
    kind: str | None = None
    hint: str | None = None


@dataclass(frozen=True)
class Draft:
    """An edited text and the blocks in it, in order; what lies between blocks is white space."""

    edited: EditedText
    blocks: list[DraftBlock] = field(default_factory=list)

    @classmethod
    def of_runs(
        cls,
        source: str,
        blocks: Sequence[tuple[str | None, Sequence[tuple[int, int] | str]]],
        label: Callable[[str], str],
    ) -> Draft:
        """A draft from blocks of `source`, each `(hint, runs)`: a run is a range of source characters or inserted text.

        `hint` is a kind of block (see `DraftBlock`) or None. What no run covers is dropped, as the kind that `label`
        gives it. A run that starts before the end of an earlier one cannot be aligned: it is inserted instead.
        """
        pieces: list[Piece] = []
        drafts: list[DraftBlock] = []
        done = position = 0
        for hint, runs in blocks:
            if drafts:
                pieces.append(Piece(done, done, "\n\n", INSERT))
                position += 2
            begin = position
            for run in runs:
                if isinstance(run, tuple) and run[0] < done:
                    run = source[run[0] : run[1]]
                if isinstance(run, str):
                    pieces.append(Piece(done, done, run, INSERT))
                    position += len(run)
                    continue
                start, end = run
                if start > done:
                    pieces.append(Piece(done, start, "", label(source[done:start])))
                pieces.append(Piece(start, end, source[start:end], COPY))
                position += end - start
                done = end
            drafts.append(DraftBlock(begin, position, hint=hint))
        if done < len(source):
            pieces.append(Piece(done, len(source), "", label(source[done:])))
        return cls(EditedText(source, pieces), drafts)

    @property
    def text(self) -> str:
        """The text as it now stands."""
        return self.edited.text

    def block_text(self, block: DraftBlock) -> str:
        """The text of one block."""
        return self.edited.text[block.start : block.end]

    def replace(self, edits: Iterable[Edit]) -> Draft:
        """Apply edits to the text and move the blocks along; a block left empty disappears."""
        listed = sorted(edits)
        if not listed:
            return self
        moves = _Moves(listed)
        moved = [DraftBlock(moves.start(one.start), moves.end(one.end), one.kind, one.hint) for one in self.blocks]
        return Draft(self.edited.replace(listed), [block for block in moved if block.start < block.end])


class _Moves:
    """Where a position goes when sorted edits are applied."""

    def __init__(self, edits: list[Edit]) -> None:
        self.edits = edits
        self.starts = [edit.start for edit in edits]
        self.shifts = [0]  #: by how much the first n edits move what follows them
        for edit in edits:
            self.shifts.append(self.shifts[-1] + len(edit.insert) - (edit.end - edit.start))

    def start(self, position: int) -> int:
        """A block's start: before what is put in place of its first characters, after anything put before it."""
        passed = bisect_left(self.starts, position)
        while passed < len(self.edits) and self.edits[passed].end == position:
            passed += 1
        if passed and self.edits[passed - 1].end > position:
            position = self.edits[passed - 1].end
        return position + self.shifts[passed]

    def end(self, position: int) -> int:
        """A block's end: after what is put in place of its last characters."""
        passed = bisect_left(self.starts, position)
        if passed and self.edits[passed - 1].end > position:
            passed -= 1
            position = self.edits[passed].start
        return position + self.shifts[passed]


def _narrowed(text: str, edits: Iterable[Edit]) -> Iterable[Edit]:
    """The edits without what the inserted text has in common with the dropped one at either end."""
    for edit in edits:
        start, end, kind, insert = edit
        if insert:
            while start < end and insert and text[start] == insert[0]:
                start, insert = start + 1, insert[1:]
            while start < end and insert and text[end - 1] == insert[-1]:
                end, insert = end - 1, insert[:-1]
        if start < end or insert:
            yield Edit(start, end, kind, insert)


def _check(edits: list[Edit], size: int) -> None:
    done = 0
    for edit in edits:
        if not done <= edit.start <= edit.end <= size:
            raise ValueError(f"edit {edit} overlaps another one or lies outside the text of {size} characters")
        done = edit.end


def _part(piece: Piece, start: int, end: int) -> Piece:
    """Characters `start` to `end` of a copied or inserted piece."""
    if start == 0 and end == len(piece.text):
        return piece
    if piece.kind == COPY:
        return Piece(piece.start + start, piece.start + end, piece.text[start:end], COPY)
    return Piece(piece.start, piece.start, piece.text[start:end], INSERT)
