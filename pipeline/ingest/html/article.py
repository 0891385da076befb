"""Article: the blocks of a page's article with their places, from what the extractor took and the page's own blocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.ingest.html.align import Aligned
from pipeline.ingest.html.blocks import PageSegment, missed, segments_of, taken_of
from pipeline.ingest.html.body import BodyBlock
from pipeline.ingest.html.visible import VisibleText, page_text

#: Dense characters and segments of a block that is a whole page without its paragraphs.
_DUMP = 1_500
_DUMP_SEGMENTS = 4


class Placed(NamedTuple):
    """A block of the article and its place in the page."""

    block: BodyBlock
    place: Aligned


def article_blocks(
    page: VisibleText, blocks: Sequence[BodyBlock], places: Sequence[Aligned], headline: tuple[int, int]
) -> list[Placed]:
    """The article's blocks in the order of the page: those extracted, without what stands apart, and those missed.

    `headline`: its dense characters, (-1, -1) where the page does not print it; it is left out.
    """
    segments = segments_of(page, taken_of(len(page.dense), (place.indices for place in places)))
    dropped = bytearray(len(page.dense))
    for one in segments:
        if one.is_dropped:
            dropped[one.segment.start : one.segment.end] = b"\x01" * one.size
    kept: list[Placed] = []
    for block, place in zip(blocks, places, strict=True):
        inside = [index for index in place.indices if index >= 0]
        if inside and 2 * sum(dropped[index] for index in inside) > len(inside):
            continue
        kept.extend(_parted(page, segments, block, place))
    kept = [one for one in kept if not _overlaps(one.place, headline)]
    found = [whole(page, one) for one in missed(page, segments, max(0, headline[1]))]
    return _in_order(kept, found)


def whole(page: VisibleText, one: PageSegment) -> Placed:
    """A segment of the page as a block."""
    start, end = one.segment.start, one.segment.end
    return Placed(BodyBlock(one.kind, page_text(page, start, end)), Aligned(range(start, end)))


def _parted(page: VisibleText, segments: Sequence[PageSegment], block: BodyBlock, place: Aligned) -> list[Placed]:
    """A block, or the page's blocks that it runs over where it is a page without its paragraphs."""
    if len(place.indices) >= _DUMP and place.start >= 0:
        inside = [one for one in segments if one.segment.start < place.end and one.segment.end > place.start]
        if len(inside) >= _DUMP_SEGMENTS:
            return [whole(page, one) for one in inside if one.is_taken and not one.is_dropped]
    return [Placed(block, place)]


def _overlaps(place: Aligned, headline: tuple[int, int]) -> bool:
    return place.start >= 0 and place.start < headline[1] and place.end > headline[0]


def _in_order(kept: Sequence[Placed], found: Sequence[Placed]) -> list[Placed]:
    """Both lists as one, in the order of the page; a block without a place stays behind the one before it."""
    merged: list[Placed] = []
    waiting = list(reversed(found))
    for one in kept:
        while waiting and 0 <= waiting[-1].place.start < one.place.start:
            merged.append(waiting.pop())
        merged.append(one)
    return [*merged, *reversed(waiting)]
