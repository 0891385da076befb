"""Markers: lines that a scraper put into a text to say what follows: an embedded post, the article's address."""

from __future__ import annotations

import re

_EMBED = re.compile(
    r"\[?embed(?:ded)?(?: (?:content|tweet|video|media|post))?(?P<colon>\s?:)?\]?(?P<target>\s*<?https?://\S+>?)?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?:(?:original|article|page|source|canonical|full)\s+(?:url|link|article|source|story|address)|url|permalink|source|"
    r"available (?:at|from)|read the (?:original|full) (?:article|story)(?: at| here)?)\s?:\s*(?P<target><?https?://\S+>?)?",
    re.IGNORECASE,
)
_URL = re.compile(r"<?(https?://[^\s<>]{4,2000})>?")
#: A longer line is no marker.
_LONGEST = 2100


def embed_marker(text: str, is_heading: bool) -> bool:
    """Whether a line is nothing but the place of an embedded post or video ("Embed:"), with its link or without."""
    match = _EMBED.fullmatch(text) if len(text) < _LONGEST else None
    return match is not None and bool(is_heading or match["colon"] or match["target"] or text.startswith("["))


def address_marker(text: str, is_heading: bool) -> tuple[int, tuple[int, int] | None] | None:
    """Where a line's marker of the article's address ("Original url:") ends, and where the address stands, if it does.

    None where the line is no such marker. A word such as "Source:" alone needs an address behind it.
    """
    match = _ADDRESS.fullmatch(text) if len(text) < _LONGEST else None
    if match is None:
        return None
    if match["target"]:
        start = match.start("target")
        place = address(text[start:])
        return None if place is None else (len(text[:start].rstrip()), (start + place[0], start + place[1]))
    return (len(text), None) if is_heading or "url" in text.lower() else None


def address(text: str) -> tuple[int, int] | None:
    """Where the address stands in a line that is nothing else, or None."""
    match = _URL.fullmatch(text)
    return match.span(1) if match else None


def is_marker(heading: str) -> bool:
    """Whether a heading's text is a marker and no heading."""
    return embed_marker(heading, True) or address_marker(heading, True) is not None
