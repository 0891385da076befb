"""Head: the title of an article, its versions, its subtitle, and the lines between them and the text."""

from __future__ import annotations

import re

from pipeline.ingest.authors import byline, is_signature
from pipeline.ingest.edits import Draft, DraftBlock, Edit
from pipeline.ingest.metadata import Metadata
from pipeline.ingest.shapes import ends_sentence, is_date_line, is_headline, is_paragraph, is_updated, letters, words

#: Blocks from the top among which the lines of the head are sought.
_DEEP = 8
#: Share of the shorter headline's letters that two versions of it begin with in common.
_SAME = 0.8
_FEWEST_LETTERS = 15
_INSERTED = "inserted"  #: hint of a title that is given and does not stand in the text
_SUBTITLE_WORDS = 50
_FEWEST_DECK_WORDS = 8  #: of a line that no title stands above
#: Share of a deck's content words that the paragraph after it says again; of two plain paragraphs it is half that.
_AGAIN = 0.4
_SHORT_WORD = 3
_FEWEST_TITLE_WORDS = 4
#: Lines and words that a section's name above the title has at most.
_KICKERS = 2
_KICKER_WORDS = 5
#: So many headline-like lines below the first one make a list of them.
_LIST = 3
#: "Washington (CNN) What was known": the beginning of a text, not a headline.
_PLACED = re.compile(r"[A-Z][\w .,]{1,40}\([A-Z][\w ]{1,20}\)\s")


def with_head(draft: Draft, metadata: Metadata) -> Draft:
    """The draft with its title, subtitle, date lines and bylines classified; what they say goes to `metadata`.

    `metadata.title` is the title where it is given; it is put first where the text does not begin with it.
    """
    _lines(draft, metadata)
    draft = _with_title(draft, metadata)
    _subtitle(draft, metadata)
    return draft


def _open(draft: Draft) -> list[DraftBlock]:
    return [block for block in draft.blocks if block.kind is None]


def _lines(draft: Draft, metadata: Metadata) -> None:
    """Date lines and bylines above the text; date lines also below it, unless the text is a timeline."""
    dates = [one for one in draft.blocks if one.kind in {None, "list_item"} and is_date_line(draft.block_text(one))]
    is_timeline = len({draft.block_text(block) for block in dates if block.hint in {None, "list_item"}}) > 2
    candidates = _open(draft)
    first = next((index for index, block in enumerate(candidates) if is_paragraph(draft.block_text(block))), _DEEP)
    first = min(first, _DEEP)
    for index, block in enumerate(candidates):
        text = draft.block_text(block)
        in_head, in_tail = index < first + 2, index >= len(candidates) - 3
        if block.hint == "date_line" or (block in dates and (in_head or in_tail) and not is_timeline):
            block.kind = "dateline_date"
            if is_updated(text):
                metadata.modified_at = metadata.modified_at or text
            else:
                metadata.published.append(("visible_date", text))
        elif in_head or block.hint == "byline":
            names = byline(text)
            if names is None and block.hint == "byline":
                names = [text]
            if names is not None:
                block.kind = "byline"
                metadata.authors.extend(names)


def _with_title(draft: Draft, metadata: Metadata) -> Draft:
    known = metadata.title
    candidates = _open(draft)
    if known:
        return _with_known_title(draft, metadata, known, candidates)
    title = next((block for block in candidates if block.hint == "title"), None) or _first_heading(draft, candidates)
    title = title or _first_line(draft, candidates)
    if title is None:
        return draft
    for version in candidates[candidates.index(title) + 1 :][:_DEEP]:
        if not _is_version(draft.block_text(title), draft.block_text(version)):
            break
        metadata.flags.append("duplicate_title_line")
        if letters(draft.block_text(title)) == letters(draft.block_text(version)):
            version.kind = "duplicate_title"
        else:  # the page's title, stripped of its punctuation or cut, stands above the headline
            title.kind, title = "page_title", version
    title.kind = "title"
    metadata.title = draft.block_text(title)
    return draft


def _with_known_title(draft: Draft, metadata: Metadata, known: str, candidates: list[DraftBlock]) -> Draft:
    """Find the given title among the first blocks; put it first where it does not stand first."""
    is_there = False
    for index, block in enumerate(candidates[:_DEEP]):
        text = draft.block_text(block)
        if letters(text) == letters(known) and (text[0].isalnum() or text[0] == known[0]):
            is_first = not any(one.kind in {None, "title"} for one in candidates[:index])
            block.kind = "title" if is_first and not is_there else "duplicate_title"
            is_there = is_there or is_first
            if block.kind == "duplicate_title":
                metadata.flags.append("duplicate_title_line")
        elif block.hint == "title":  # the page's own, where another one is given beside it
            block.kind = "page_title"
        elif is_paragraph(text) or not (text[0].isalnum() or text[0] in "\"'“‘"):
            break
        elif index < 2 and not is_there and _is_version(text, known):
            block.kind = "page_title"
            metadata.flags.append("duplicate_title_line")
    if is_there:
        metadata.title = next(draft.block_text(block) for block in candidates if block.kind == "title")
        return draft
    draft = draft.replace([Edit(0, 0, "title", known + "\n\n")])
    return Draft(draft.edited, [DraftBlock(0, len(known), "title", _INSERTED), *draft.blocks])


def _first_heading(draft: Draft, candidates: list[DraftBlock]) -> DraftBlock | None:
    """The first heading, where nothing but a kicker of one or two short lines stands above it, which is set apart."""
    for place, block in enumerate(candidates[: _KICKERS + 1]):
        if block.hint and block.hint.startswith("heading"):
            for kicker in candidates[:place]:
                kicker.kind = "kicker"
            return block
        text = draft.block_text(block)
        if not is_headline(text, _KICKER_WORDS):
            return None
    return None


def _first_line(draft: Draft, candidates: list[DraftBlock]) -> DraftBlock | None:
    """The first line, where it looks like a headline and running text follows, another line between at most.

    More such lines in a row are a list, of highlights or names. A name alone is a byline's.
    """
    kept = [block for block in draft.blocks if block.kind in {None, "list_item"}]
    if len(candidates) < 2 or candidates[0].hint or candidates[0] is not kept[0]:
        return None
    text = draft.block_text(candidates[0])
    if len(words(text)) < _FEWEST_TITLE_WORDS or not is_headline(text) or _PLACED.match(text) or is_signature(text):
        return None
    following = [draft.block_text(block) for block in candidates[1:6]]
    body = next((index for index, text in enumerate(following) if is_paragraph(text)), None)
    lines = following[:body]
    return candidates[0] if body is not None and sum(map(is_headline, lines)) < _LIST else None


def _is_version(one: str, other: str) -> bool:
    """Whether two lines are versions of one headline: the shorter one begins as the longer one does."""
    if not (is_headline(one, 30) and is_headline(other, 30)):
        return False
    short, long = sorted((letters(one), letters(other)), key=len)
    common = next(
        (index for index, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short)
    )
    return len(short) >= _FEWEST_LETTERS and common >= _SAME * len(short)


def _subtitle(draft: Draft, metadata: Metadata) -> None:
    """Classify the block after the title as its subtitle, where it is one."""
    blocks = draft.blocks
    hinted = next((block for block in _open(draft)[:_DEEP] if block.hint == "subtitle"), None)
    if hinted is None and metadata.subtitle:
        hinted = next(
            (one for one in _open(draft)[:3] if letters(draft.block_text(one)) == letters(metadata.subtitle)), None
        )
    title = next((index for index, block in enumerate(blocks) if block.kind == "title"), None)
    if hinted is None and title is not None and title + 2 < len(blocks):
        block, after = blocks[title + 1], blocks[title + 2]
        is_printed = blocks[title].hint != _INSERTED
        if block.kind is None and after.kind is None and _is_deck(draft, block, after, is_printed):
            hinted = block
    if hinted is not None:
        hinted.kind = "subtitle"
        metadata.subtitle = draft.block_text(hinted)


def _is_deck(draft: Draft, block: DraftBlock, after: DraftBlock, is_printed: bool) -> bool:
    """A line without a full stop above running text, or sentences whose words the next paragraph says again.

    Where the title is not printed above it (`is_printed`), sentences are the article's own first paragraph.
    """
    text, following = draft.block_text(block), draft.block_text(after)
    count = len(words(text))
    if not is_paragraph(following) or not 5 <= count <= _SUBTITLE_WORDS or text[0] in '"“‘(':
        return False
    if is_headline(text, 40):
        return count >= _FEWEST_DECK_WORDS or (is_printed and not (block.hint or "").startswith("heading"))
    if not is_printed or not ends_sentence(text) or len(text) >= len(following):
        return False
    content = {word.casefold()[:6] for word in words(text) if len(word) > _SHORT_WORD}
    again = {word.casefold()[:6] for word in words(following)}
    return len(content) >= 5 and len(content & again) >= _AGAIN * len(content)
