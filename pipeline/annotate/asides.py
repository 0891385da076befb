"""Asides: paragraphs that are not the running text, such as picture captions and links to other stories."""

from __future__ import annotations

import re

_LINE = re.compile(r"[^\n]+")
#: "( Kerry Brown / Reuters )", "(Photo by ...)" at the end of a line.
_CREDIT = re.compile(
    r"\((?=[^()\n]{3,80}\)\s*$)(?:[^()\n]*/[^()\n]*|"
    r"(?:photo|image|file photo|picture|video|submitted|handout)\b[^()\n]*|"
    r"[^()\n]*\b(?:photo|getty images|via ap|the associated press|the canadian press))\)\s*$",
    re.IGNORECASE,
)  # fmt: skip
#: "READ MORE: ...", "WATCH: ...", "Related: ..."
_LINK = re.compile(
    r"\s*(?:(?:READ(?: MORE| ALSO| NEXT)?|WATCH(?: BELOW| NOW| LIVE)?|LISTEN|SEE(?: ALSO)?|MORE|RELATED|VIDEO|PHOTOS|"
    r"GALLERY|EXPLAINER|ALSO)\b[^a-z\n]{0,40}[:|»>]|"
    r"(?:Read more|Read also|Watch|Watch below|Listen|See also|Related|Related reading|Recommended|More)\s*[:|])",
)  # fmt: skip


def asides(text: str) -> list[tuple[int, int]]:
    """Characters of each paragraph that is a caption with its credit or a link line, in order."""
    return [line.span() for line in _LINE.finditer(text) if is_aside(line.group())]


def is_aside(line: str) -> bool:
    """Whether a paragraph is a caption with its credit, or a link to another story."""
    return bool(_LINK.match(line)) or (line.rstrip().endswith(")") and bool(_CREDIT.search(line[-120:].rstrip())))
