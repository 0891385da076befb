"""Line wraps: line ends that a text editor put inside paragraphs, told from those between paragraphs.

A line end is a wrap where the next line's first word would not have fitted on the line, at the text's own width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise

from pipeline.ingest.edits import Edit

#: Wider lines are paragraphs, not wrapped ones.
WIDEST = 120
_NARROWEST = 40
#: A text is wrapped where so many line ends inside its paragraphs are wraps, and at least this share of them.
_FEWEST = 3
_SHARE = 0.75
_MARKED = re.compile(r"(?:[-*+•>|#]|\d{1,3}[.)])(?:\s|$)")


def wraps(text: str, is_markdown: bool) -> Iterator[Edit]:
    """The edits that put a space in place of each wrap; none where the text is not wrapped.

    In Markdown every single line end inside a paragraph is a wrap, except before a list item, a quotation or a
    heading, and after two spaces.
    """
    lines = text.split("\n")
    width = max(map(len, lines))
    if not is_markdown and not _NARROWEST <= width <= WIDEST:
        return
    ends: list[int] = []  #: lines whose end is a wrap
    inside = 0  #: ends of line inside paragraphs
    for number, (line, following) in enumerate(pairwise(lines)):
        first = following.split(None, 1)[0] if following.strip() else ""
        if not first or not line.strip():
            continue
        inside += 1
        if is_markdown:
            is_wrap = not (line.endswith("  ") or _MARKED.match(line.lstrip()) or _MARKED.match(following.lstrip()))
        else:
            is_wrap = len(line.rstrip()) + 1 + len(first) > width and not following[0].isspace()
        if is_wrap:
            ends.append(number)
    if is_markdown or len(ends) >= max(_FEWEST, _SHARE * inside):
        yield from _edits(lines, ends)


def _edits(lines: list[str], ends: list[int]) -> Iterator[Edit]:
    """A word divided at a hyphen is joined to its other part, everything else by a space."""
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    for number in ends:
        line, following = lines[number], lines[number + 1]
        indent = len(following) - len(following.lstrip())
        is_divided = line.endswith("-") and line[-2:-1].isalpha() and following[indent].islower()
        start = starts[number] + len(line)
        yield Edit(start, start + 1 + indent, "line_wrap", "" if is_divided else " ")
