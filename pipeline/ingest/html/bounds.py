"""Bounds of pages: how much markup a page may hold before it is refused, counted before anything is parsed.

Parsers and extractors take time that grows with the square of some of these numbers, and no news page comes near
them: the largest of four hundred had 7,300 tags, 3,800 references, 1,100 blocks of text and 41 attributes on a tag.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.ingest.refusal import Refused

#: Character references; a text written in nothing else has some 20,000.
MAX_REFERENCES: Final = 200_000
#: Tags of all kinds.
MAX_TAGS: Final = 400_000
#: Attributes of one tag: each is compared with all before it.
MAX_ATTRIBUTES: Final = 1_000
#: Stretches of text between the tags of blocks: each is looked for in the page.
MAX_SEGMENTS: Final = 10_000
#: A start tag with more attributes than that; quoted values may hold anything (HTML, section 13.2.5).
_CROWDED = re.compile(
    r"<[a-zA-Z][^\s/>]*+(?:[\s/]++[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+))?+)"
    rf"{{{MAX_ATTRIBUTES + 1}}}"
)


def check_markup(source: str) -> None:
    """Count what a page's source holds, in time that grows with its length alone.

    Raises:
        Refused: more than the bounds allow (check `markup`).
    """
    for what, most, found in (
        ("character references", MAX_REFERENCES, source.count("&")),
        ("tags", MAX_TAGS, source.count("<")),
    ):
        if found > most:
            raise Refused("markup", f"the page has more than {most:,} {what}")
    if _CROWDED.search(source):
        raise Refused("markup", f"a tag of the page has more than {MAX_ATTRIBUTES:,} attributes")


def check_segments(found: int) -> None:
    """Count the stretches of text of a page.

    Raises:
        Refused: more than the bounds allow (check `markup`).
    """
    if found > MAX_SEGMENTS:
        raise Refused("markup", f"the page has more than {MAX_SEGMENTS:,} blocks of text")
