"""Classify: every block of a draft gets its kind, and what it tells of the article goes to the metadata."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.ingest.agencies import credit, dateline
from pipeline.ingest.asides import aside
from pipeline.ingest.body import with_body
from pipeline.ingest.captions import caption_parts, gallery_parts, photo_agencies
from pipeline.ingest.edits import Draft, DraftBlock
from pipeline.ingest.head import with_head
from pipeline.ingest.markers import address, address_marker, embed_marker
from pipeline.ingest.metadata import Metadata
from pipeline.ingest.notes import note
from pipeline.ingest.shapes import is_date_line, is_headline

#: The kind of note that a removed block becomes.
NOTES = {
    "update_note": "update", "correction": "correction", "caption": "caption", "caption_credit": "credit",
    "contributor_credit": "credit", "copyright": "credit", "agency_credit": "agency", "dateline": "agency",
    "url": "url",
}  # fmt: skip
#: What markup calls them, to the kinds they get.
_HINTED = {"caption": "caption", "credit": "caption_credit"}
#: A page's label before the first of the points that sum the article up.
_HIGHLIGHTS = re.compile(r"(Story highlights|STORY HIGHLIGHTS|Story Highlights)\s+(?=\S)")


def classify(draft: Draft, metadata: Metadata) -> Draft:
    """The draft with every block classified: the head, asides and notes, the body."""
    for block in draft.blocks:
        block.hint = None if block.hint == "paragraph" else block.hint
    draft = Draft(draft.edited, _without_asides(draft, metadata))
    draft = with_head(draft, metadata)
    draft = Draft(draft.edited, _without_datelines(draft, metadata))
    draft, joined = with_body(draft)
    if joined:
        metadata.flags.append("joined_broken_paragraph")
    return draft


def notes(draft: Draft) -> list[tuple[str, str]]:
    """What the classified draft holds beside its text, in order: (kind, text)."""
    return [(NOTES[block.kind], draft.block_text(block)) for block in draft.blocks if block.kind in NOTES]


def _without_asides(draft: Draft, metadata: Metadata) -> list[DraftBlock]:
    """The blocks, those set apart whose words alone tell what they are."""
    found: list[DraftBlock] = []
    marker: DraftBlock | None = None  #: the embed or address marker just passed
    for block in draft.blocks:
        text = draft.block_text(block)
        if block.kind is not None or block.hint in {"title", "subtitle", "byline", "date_line"}:
            found.append(block)
            marker = None
            continue
        parts = _parts(text, block, marker)
        marker = None
        for kind, start, end in parts:
            part = DraftBlock(block.start + start, block.start + end, kind, block.hint if len(parts) == 1 else None)
            found.append(part)
            _learn(kind, text[start:end], metadata)
            if kind in {"embed_marker", "url_marker"}:
                marker = part
    _flag_embeds(found, metadata)
    _more_highlights(draft, found)
    return found


def _more_highlights(draft: Draft, blocks: list[DraftBlock]) -> None:
    """The lines after the first of a page's highlights that look like it are highlights too."""
    inside = False
    for before, block in pairwise(blocks):
        inside = inside or (before.kind == "interface" and block.kind == "list_item")
        if inside and block.kind is None:
            if not is_headline(draft.block_text(block)):
                return
            block.kind = "list_item"


def _parts(text: str, block: DraftBlock, marker: DraftBlock | None) -> list[tuple[str | None, int, int]]:
    """The kinds of a block's parts, each with its place in the block's text; None where it stays open."""
    whole = len(text)
    line = text.lstrip("# ")
    shift = whole - len(line)
    is_heading = bool(shift or (block.hint and block.hint.startswith("heading")))
    target = address(text) if marker is not None and marker.kind == "url_marker" else None
    if target:
        return [("url", *target)]
    marked = address_marker(line, is_heading)
    if marked:
        end, target = marked
        found: list[tuple[str | None, int, int]] = [("url_marker", 0, end + shift)]
        return [*found, ("url", target[0] + shift, target[1] + shift)] if target else found
    if embed_marker(line, is_heading):
        return [("embed_marker", 0, whole)]
    if block.hint in _HINTED:
        return list(caption_parts(text)) or [(_HINTED[block.hint], 0, whole)]
    highlights = _HIGHLIGHTS.match(text)
    if highlights:
        return [("interface", 0, highlights.end(1)), ("list_item", highlights.end(), whole)]
    if gallery := gallery_parts(text):
        return list(gallery)
    kind = aside(text)
    if kind is not None and not (is_heading and kind == "rule"):
        return [(kind, 0, whole)]
    if is_heading:
        return [(None, 0, whole)]
    kind = note(text)
    if kind is not None:
        return [(kind, 0, whole)]
    credited = credit(text)
    if credited is not None:
        return [(credited[0], 0, whole)]
    return list(caption_parts(text)) or [(None, 0, whole)]


def _learn(kind: str | None, text: str, metadata: Metadata) -> None:
    """Take over what a part says: agencies, the address."""
    if kind == "agency_credit":
        credited = credit(text)
        _add(metadata, credited[1] if credited else [])
    elif kind == "caption_credit":
        _add(metadata, photo_agencies(text))
    elif kind == "update_note" and is_date_line(text):
        metadata.modified_at = metadata.modified_at or text
    elif kind == "url":
        metadata.url = metadata.url or text


def _add(metadata: Metadata, credited: list[tuple[str, str]]) -> None:
    metadata.agencies.extend(one for one in credited if one not in metadata.agencies)


def _flag_embeds(blocks: list[DraftBlock], metadata: Metadata) -> None:
    """Flag an embed marker with nothing behind it: what was embedded is lost, and the next paragraph is not it."""
    for block, after in zip(blocks, [*blocks[1:], None], strict=False):
        if block.kind == "embed_marker" and (after is None or after.kind != "embed"):
            metadata.flags.append("empty_embed")


def _without_datelines(draft: Draft, metadata: Metadata) -> list[DraftBlock]:
    """The blocks, an agency's dateline before one of the first two paragraphs a block of its own."""
    found: list[DraftBlock] = []
    seen = 0
    for block in draft.blocks:
        line = dateline(draft.block_text(block)) if block.kind is None and seen < 2 else None
        seen += block.kind is None
        if line is None:
            found.append(block)
            continue
        _add(metadata, [(agency.name, "whole") for agency in line.agencies])
        found.append(DraftBlock(block.start, block.start + len(line.text), "dateline"))
        found.append(DraftBlock(block.start + line.end, block.end, hint=block.hint))
    return found
