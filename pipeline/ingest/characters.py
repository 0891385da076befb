"""Characters: those that cannot be seen, and white space that is not a plain space."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.edits import Edit

_LINE_END = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\u2028\u2029]")
_JOINERS = "\u200c\u200d"
_ZERO_WIDTH = "\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_SPACES = " \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_CONTROL = r"\x00-\x08\x0e-\x1b\x1f\x7f-\x9f"
_INVISIBLE = re.compile(f"([\xad{_ZERO_WIDTH}{_JOINERS}{_CONTROL}])\\1*")
_WIDE = re.compile(rf"[{_SPACES}]{{2,}}|[{_SPACES.replace(' ', '', 1)}]")


def line_ends(text: str) -> Iterator[Edit]:
    """The edits that make a line feed of whatever else ends a line or paragraph."""
    for match in _LINE_END.finditer(text):
        yield Edit(match.start(), match.end(), "space", "\n")


def invisible(text: str) -> Iterator[Edit]:
    """The edits that drop what cannot be seen: byte-order marks, soft hyphens, zero-width and control characters.

    A joiner between letters of scripts that use it, or in an emoji, stays.
    """
    for match in _INVISIBLE.finditer(text):
        character, start, end = match[1], match.start(), match.end()
        kind = "soft_hyphen" if character == "\xad" else "zero_width" if character > "\xff" else "control_character"
        if character in _JOINERS and end == start + 1:
            before, after = text[start - 1 : start], text[end : end + 1]
            if before >= "\u0590" and after >= "\u0590" and not (before + after).isspace():
                continue
        if start == 0 and match.group() == "\ufeff":
            kind = "byte_order_mark"
        yield Edit(start, end, kind)


def spaces(text: str) -> Iterator[Edit]:
    """The edits that make one plain space of every stretch of spaces inside a line."""
    for match in _WIDE.finditer(text):
        yield Edit(match.start(), match.end(), "space", " ")
