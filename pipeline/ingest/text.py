"""Text: a plain-text or Markdown payload as a draft, its markup taken out and its blocks found."""

from __future__ import annotations

import re

from pipeline.ingest.decode import Decoded
from pipeline.ingest.edits import Draft, DraftBlock, EditedText
from pipeline.ingest.metadata import Metadata

_BLOCK = re.compile(r"\S(?:[^\n]|\n(?!\s*(?:\n|\Z)))*")


def draft_of_text(decoded: Decoded) -> tuple[Draft, Metadata]:
    """The draft of a text, and what it says about itself."""
    edited = EditedText.whole(decoded.source)
    blocks = []
    for match in re.finditer(r"[^\n]+", edited.text):
        line = match.group()
        if line.strip():
            start = match.start() + len(line) - len(line.lstrip())
            blocks.append(DraftBlock(start, start + len(line.strip())))
    return Draft(edited, blocks), Metadata()
