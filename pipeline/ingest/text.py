"""Text: a plain-text or Markdown payload as a draft, its markup taken out and its lines found."""

from __future__ import annotations

import re

from pipeline.ingest import markdown
from pipeline.ingest.characters import invisible, line_ends, spaces
from pipeline.ingest.decode import Decoded
from pipeline.ingest.edits import Draft, DraftBlock, EditedText
from pipeline.ingest.front_matter import front_matter
from pipeline.ingest.markers import is_marker
from pipeline.ingest.markup import without_markup
from pipeline.ingest.metadata import Metadata
from pipeline.ingest.mojibake import repairs
from pipeline.ingest.wraps import wraps

#: Characters of a given title that are used.
_LONGEST_LINE = 1000
_LINE = re.compile(r"[^\n]+")


def draft_of_text(decoded: Decoded, media_type: str) -> tuple[Draft, Metadata]:
    """The draft of a text, a block for each of its lines, and what its front matter says."""
    draft = Draft(EditedText.whole(decoded.source))
    draft = draft.replace(line_ends(draft.text))
    draft = draft.replace(repairs(draft.text))
    draft = draft.replace(invisible(draft.text))
    end, metadata = front_matter(draft.text)
    fixed = [DraftBlock(0, len(draft.text[:end].rstrip()), "front_matter")] if end else []
    draft = without_markup(Draft(draft.edited, fixed))
    is_markdown = media_type == "text/markdown" or markdown.is_markdown(draft.text)
    draft = draft.replace(line_ends(draft.text))
    draft = _with_headings(draft, is_markdown)
    draft = markdown.without_heading_marks(draft, is_marker)
    draft = markdown.without_markers(draft) if is_markdown else markdown.without_strong(draft)
    draft = draft.replace(invisible(draft.text))
    draft = draft.replace(spaces(draft.text))
    draft = draft.replace(wraps(draft.text, media_type == "text/markdown"))
    return _with_lines(draft), metadata


def clean_line(text: str) -> str:
    """One given line, such as a title, through the same steps: tags, references, mojibake, white space."""
    draft = Draft(EditedText.whole(text[:_LONGEST_LINE]))
    draft = draft.replace(repairs(draft.text))
    draft = without_markup(draft)
    draft = draft.replace(invisible(draft.text))
    return " ".join(draft.text.split())


def _with_headings(draft: Draft, is_markdown: bool) -> Draft:
    """The draft with a block for each Markdown heading, hinting at its level: heading_1 to heading_6."""
    if not is_markdown:
        return draft
    first = draft.blocks[-1].end if draft.blocks else 0
    found = []
    for start, level in markdown.headings(draft.text):
        if start >= first:
            end = draft.text.find("\n", start)
            found.append(DraftBlock(start, len(draft.text) if end < 0 else end, hint=f"heading_{level}"))
    return Draft(draft.edited, draft.blocks + found)


def _with_lines(draft: Draft) -> Draft:
    """The draft with a block for each line; those that were known before lend it their kind and hint."""
    text = draft.text
    known = {block.start: block for block in draft.blocks if not block.kind}
    blocks = [block for block in draft.blocks if block.kind]
    done = blocks[-1].end if blocks else 0
    for match in _LINE.finditer(text, done):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        end = match.end() - (len(line) - len(line.rstrip()))
        if start < end:
            hint = next((known[at].hint for at in range(match.start(), start + 1) if at in known), None)
            blocks.append(DraftBlock(start, end, hint=hint))
    return Draft(draft.edited, blocks)
