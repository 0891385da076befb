"""Mojibake: characters that were decoded wrongly before the text came here, repaired run by run.

The repair is ftfy's, with everything else it does turned off: its default settings flatten curly quotation marks and
change most clean articles. It works on a line at a time, so that one broken line cannot change another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.ingest.edits import Edit

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

KIND = "mojibake"
_SUSPECT = re.compile(r"[\x80-\xff\u0152-\u0178\u0192\u02c6\u02dc\u2020-\u2022\u2030\u20ac\u2122]")
_RUN = re.compile(r"[^\x00-\x7f]+")
#: A longer line is left as it is: no paragraph is.
_LONGEST = 100_000


def repairs(text: str) -> Iterator[Edit]:
    """The edits that repair the mojibake in `text`, in order."""
    if text.isascii():
        return
    from ftfy import fix_text

    position = 0
    for line in text.split("\n"):
        if not line.isascii() and len(line) <= _LONGEST and _SUSPECT.search(line) and _is_suspect(line):
            fixed = fix_text(line, _configuration())
            for start, end, insert in _differences(line, fixed):
                yield Edit(position + start, position + end, KIND, insert)
        position += len(line) + 1


@lru_cache(maxsize=1)
def _configuration() -> TextFixerConfig:
    from ftfy import TextFixerConfig

    return TextFixerConfig(
        uncurl_quotes=False, fix_latin_ligatures=False, fix_character_width=False, normalization=None,
        unescape_html=False, fix_line_breaks=False, remove_terminal_escapes=False, remove_control_chars=False,
        fix_surrogates=False, fix_c1_controls=True,
    )  # fmt: skip


_C1 = re.compile(r"[\x80-\x9f]")


def _is_suspect(line: str) -> bool:
    """Whether ftfy's measure of badness finds anything, or the line has control characters of Latin-1."""
    from ftfy.badness import is_bad

    return bool(is_bad(line) or _C1.search(line))


def _differences(line: str, fixed: str) -> Iterator[tuple[int, int, str]]:
    """Where the two lines differ, in runs of characters beyond ASCII if their ASCII agrees."""
    if _RUN.sub("\x80", line) == _RUN.sub("\x80", fixed):
        for old, new in zip(_RUN.finditer(line), _RUN.findall(fixed), strict=True):
            if old.group() != new:
                yield old.start(), old.end(), new
        return
    for tag, start, end, new_start, new_end in SequenceMatcher(None, line, fixed, autojunk=False).get_opcodes():
        if tag != "equal":
            yield start, end, fixed[new_start:new_end]
