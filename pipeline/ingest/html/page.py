"""Page: a web page to the draft of its article, every character of it traced to the page's source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pipeline.ingest.edits import Draft
from pipeline.ingest.html.align import Aligned, Run, align, runs_of
from pipeline.ingest.html.article import Placed, article_blocks
from pipeline.ingest.html.body import BodyBlock
from pipeline.ingest.html.visible import VisibleText, visible_text
from pipeline.ingest.metadata import Metadata

if TYPE_CHECKING:
    from pipeline.ingest.decode import Decoded
    from pipeline.ingest.records import RawRecord

#: Share of the page's prose under which what was taken is little, and hardly any.
_LITTLE = 0.75
_HARDLY = 0.4
#: How much longer a second try must be to count.
_LONGER = 1.1
#: Characters of a body under which a page prints no article, and how much longer is what its JSON-LD holds then.
_HARDLY_ANY = 300
_FULLER = 3
_ENTITIES = re.compile(r"(?:&#?\w{1,32};?)+")
_MARKUP = re.compile(r"(?:<[^<>]*>|\s|&nbsp;|&#160;|&#xa0;)+", re.I)


def draft_of_page(decoded: Decoded, record: RawRecord) -> tuple[Draft, Metadata]:
    """The draft and the metadata of a page, or of a fragment of one as feeds have it.

    Raises:
        Refused: the page holds more markup than the bounds of pages allow.
    """
    from pipeline.ingest.html import page_metadata as told
    from pipeline.ingest.html.body import parsed
    from pipeline.ingest.html.bounds import check_markup, check_segments
    from pipeline.ingest.html.head import head_of
    from pipeline.ingest.html.json_ld import article_data
    from pipeline.ingest.html.titles import title_of
    from pipeline.ingest.html.visible_dates import dates_anywhere, visible_dates

    check_markup(decoded.source)
    page = visible_text(decoded.source)
    check_segments(len(page.segments))
    tree = parsed(decoded.source)
    if tree is None:
        return Draft.of_runs(decoded.source, [], label), Metadata()
    head = head_of(tree)
    data = article_data(head.scripts, [*head.meta.get("og:title", []), *head.titles])
    blocks, places = _body(page, tree)
    printed = sum(index >= 0 for place in places for index in place.indices)
    if printed < min(_HARDLY_ANY, sum(map(len, data.body)) / _FULLER):
        blocks = [BodyBlock("paragraph", one) for one in data.body]  # the page is drawn by scripts
        places = align(page, [block.text for block in blocks])
    body_start = next((place.start for place in places if place.start >= 0), -1)
    title = title_of(page, head, data, body_start)
    around = (title.start, title.end) if title and title.start >= 0 else (max(0, body_start), max(0, body_start))
    body = (body_start, next((place.end for place in reversed(places) if place.end >= 0), -1))
    dates = visible_dates(page, around, body)
    url = told.url_of(head, data, record.given.url if record.given else None)
    published = told.published_of(head, data, dates, url or (record.given.url if record.given else None))
    if not published:
        published = told.published_of(head, data, dates_anywhere(page, around, body), None) or told.date_in_state(
            page.source
        )
    flags = []
    if not published:
        published = [(one.kind, one.text) for one in dates if one.label == "updated"][:1]
        flags = ["date_of_update"] * len(published)
    metadata = Metadata(
        title=title.text if title else None,
        authors=told.authors_of(head, data),
        publisher=told.publisher_of(head, data),
        url=url,
        published=published,
        modified_at=told.modified_of(head, data, dates),
        tdm_reserved=told.reserved(head),
        flags=flags,
    )
    placed = article_blocks(page, blocks, places, (title.start, title.end) if title else (-1, -1))
    if title is not None and title.start >= 0:
        placed.insert(0, Placed(BodyBlock("title", title.text), Aligned(range(title.start, title.end))))
    drafted: list[tuple[str | None, list[Run]]] = [
        (one.block.kind, runs_of(page, one.block.text, one.place)) for one in placed
    ]
    missing = sum(index < 0 for one in placed for index in one.place.indices)
    if missing:
        metadata.flags.append(f"unaligned_characters={missing}")
    return Draft.of_runs(decoded.source, [one for one in drafted if one[1]], label), metadata


def _body(page: VisibleText, tree: Any) -> tuple[list[BodyBlock], list[Aligned]]:
    """The body as extracted, with its places; where that is little of the page's prose, second tries may take more."""
    from pipeline.ingest.html.article import whole
    from pipeline.ingest.html.blocks import prose, segments_of, share_taken, taken_of
    from pipeline.ingest.html.body import blocks_of, is_too_deep

    too_deep = is_too_deep(tree)
    blocks = [] if too_deep else blocks_of(tree)
    places = align(page, [block.text for block in blocks])
    taken = taken_of(len(page.dense), (place.indices for place in places))
    share = share_taken(segments_of(page, taken))
    if share < _LITTLE and not too_deep:
        more = blocks_of(tree, favour_recall=True)
        if sum(len(block.text) for block in more) > _LONGER * sum(len(block.text) for block in blocks):
            blocks, places = more, align(page, [block.text for block in more])
            taken = taken_of(len(page.dense), (place.indices for place in places))
            share = share_taken(segments_of(page, taken))
    if share < _HARDLY:
        own = [whole(page, one) for one in prose(page, segments_of(page, bytearray(len(page.dense))), 0)]
        if sum(len(one.block.text) for one in own) > _LONGER * sum(len(block.text) for block in blocks):
            return [one.block for one in own], [one.place for one in own]
    return blocks, places


def label(dropped: str) -> str:
    """The kind of a stretch of source that is left out."""
    if dropped.isspace():
        return "space"
    if _ENTITIES.fullmatch(dropped):
        return "html_entity"
    return "html_tag" if _MARKUP.fullmatch(dropped) else "boilerplate"
