"""Line wraps: line ends that a text editor put inside paragraphs, told from those between paragraphs.

A line end is a wrap where the next line's first word would not have fitted on the line, at the text's own width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.edits import Edit

#: Wider lines are paragraphs, not wrapped ones.
WIDEST = 120
_NARROWEST = 40
#: A text is wrapped where so many line ends inside its paragraphs are wraps, and at least this share of them.
_FEWEST = 3
_SHARE = 0.75
_LINE_END = re.compile(r"([^\n]+)(\n)(?=([^\n\S]*)(\S+))")
_MARKED = re.compile(r"(?:[-*+•>|#]|\d{1,3}[.)])(?:\s|$)")


def wraps(text: str, is_markdown: bool) -> Iterator[Edit]:
    """The edits that put a space in place of each wrap; none where the text is not wrapped.

    In Markdown every single line end inside a paragraph is a wrap, except before a list item, a quotation or a
    heading, and after two spaces.
    """
    ends = list(_LINE_END.finditer(text))
    if not ends:
        return
    width = max(map(len, text.split("\n")))
    if is_markdown:
        found = [end for end in ends if not end[1].endswith("  ") and not _MARKED.match(end[1].lstrip())]
        yield from (_wrap(text, end) for end in found if not _MARKED.match(text, end.end() + len(end[3])))
        return
    if not _NARROWEST <= width <= WIDEST:
        return
    found = [end for end in ends if len(end[1].rstrip()) + 1 + len(end[4]) > width and not end[3]]
    if len(found) >= max(_FEWEST, _SHARE * len(ends)):
        yield from (_wrap(text, end) for end in found)


def _wrap(text: str, end: re.Match[str]) -> Edit:
    """A word divided at a hyphen is joined to its other part, everything else by a space."""
    is_divided = text[end.end(1) - 1] == "-" and text[end.end(1) - 2 : end.end(1) - 1].isalpha() and end[4][0].islower()
    return Edit(end.start(2), end.end(2) + len(end[3]), "line_wrap", "" if is_divided else " ")
