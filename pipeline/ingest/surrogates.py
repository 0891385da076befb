"""Surrogates: halves of characters, which JSON can escape one by one and no encoding has bytes for."""

from __future__ import annotations

import re

_SURROGATE = re.compile("[\ud800-\udfff]")


def paired(text: str) -> str:
    """A text with surrogates that are a pair as the character they are, and U+FFFD for each that stands alone."""
    if _SURROGATE.search(text) is None:
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
