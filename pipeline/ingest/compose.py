"""Compose: a draft whose blocks are classified, and what was learnt of it, to the finished article."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.ingest.decode import Decoded
from pipeline.ingest.edits import COPY, INSERT, Draft, Edit, Piece
from pipeline.ingest.records import Article, Block, Offset, RawRecord, Removed

#: Kinds of block that make up the text of an article.
KEPT = frozenset({"title", "subtitle", "paragraph", "crosshead", "list_item"})
SEPARATOR = "\n\n"
REPLACEMENT = "\ufffd"
_REPLACEMENTS = re.compile(REPLACEMENT)


def compose(record: RawRecord, decoded: Decoded, draft: Draft) -> Article:
    """The article of a draft: kept blocks joined by blank lines, the rest removed, offsets in raw bytes.

    Title, subtitle and body come in the order of the draft. Metadata is filled in by the caller.
    """
    final = draft.edited.replace(_removals(draft), narrow=False)
    blocks: list[Block] = []
    position = 0
    for block in draft.blocks:
        if block.kind in KEPT:
            position += len(SEPARATOR) if blocks else 0
            size = block.end - block.start
            blocks.append(Block(str(block.kind), position, position + size))
            position += size
    offsets, removed = _rows(final.pieces, decoded)
    return Article(
        final.text, blocks, offsets, removed, record.raw_name, hashlib.sha256(record.payload).hexdigest(),
        record.media_type, decoded.encoding,
    )  # fmt: skip


def _removals(draft: Draft) -> list[Edit]:
    """The edits that take out what is not kept, and put a blank line between what is."""
    edits: list[Edit] = []
    done, pending = 0, False
    for block in draft.blocks:
        is_kept = block.kind in KEPT
        insert = SEPARATOR if is_kept and pending else ""
        edits.extend(_dropped(draft, done, block.start, "space", insert))
        if not is_kept:
            edits.append(Edit(block.start, block.end, str(block.kind)))
        pending = pending or is_kept
        done = block.end
    edits.extend(_dropped(draft, done, len(draft.text), "space", ""))
    return edits


def _dropped(draft: Draft, start: int, end: int, kind: str, insert: str) -> list[Edit]:
    return [Edit(start, end, kind, insert)] if start < end or insert else []


def _rows(pieces: list[Piece], decoded: Decoded) -> tuple[list[Offset], list[Removed]]:
    """The rows of `offsets` and `removed`; neighbours of one kind are one row."""
    runs: list[_Run] = []
    for piece in _unbroken(pieces, decoded):
        last = runs[-1] if runs else None
        if last is not None and last.kind == piece.kind and last.end == piece.start:
            last.end, last.size = piece.end, last.size + len(piece.text)
        elif piece.text or piece.start < piece.end:
            runs.append(_Run(piece.kind, piece.start, piece.end, len(piece.text)))
    bounds = iter(decoded.raw(bound for run in runs for bound in (run.start, run.end)))
    offsets: list[Offset] = []
    removed: list[Removed] = []
    position = 0
    for run in runs:
        raw_start, raw_end = next(bounds), next(bounds)
        if run.size:
            offsets.append(Offset(position, position + run.size, raw_start, raw_end))
            position += run.size
        else:
            removed.append(Removed(run.kind, raw_start, raw_end))
    return offsets, removed


@dataclass(slots=True)
class _Run:
    """Neighbouring pieces of one kind, `size` characters of text in all."""

    kind: str
    start: int
    end: int
    size: int


def _unbroken(pieces: list[Piece], decoded: Decoded) -> Iterator[Piece]:
    """The pieces, where each undecodable byte is removed and its replacement character inserted."""
    for piece in pieces:
        if piece.kind != COPY or not decoded.undecodable or REPLACEMENT not in piece.text:
            yield piece
            continue
        done = 0
        for match in _REPLACEMENTS.finditer(piece.text):
            at = piece.start + match.start()
            if decoded.is_broken(at):
                yield Piece(piece.start + done, at, piece.text[done : match.start()], COPY)
                yield Piece(at, at, REPLACEMENT, INSERT)
                yield Piece(at, at + 1, "", "undecodable")
                done = match.end()
        yield Piece(piece.start + done, piece.end, piece.text[done:], COPY)
