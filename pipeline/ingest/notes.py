"""Notes: what the newsroom says about the article itself, that it was updated or corrected."""

from __future__ import annotations

import re

_PIECE = r"(?:story|article|post|report|piece|page|column|item|file|copy|dispatch|blog)"
_UPDATE = re.compile(
    r"\W{0,4}(?:"
    r"updates? (?:with|to|throughout|adds?|paragraphs?|headline|lead)\b(?!:)"
    r"|(?:adds|recasts|updates|rewrites|refiles) (?:details?|quotes?|comments?|background|headline|paragraphs?|lead|"
    r"byline|with)\b"
    rf"|(?:update|updated|editor[’']s note|note)?\W{{0,3}}(?:\d\W{{0,3}})?(?:\([^()]{{1,60}}\)\W{{0,3}})?this {_PIECE}"
    r"(?: has been| was| is being|[’']s been)? (?:last |first |originally )?(?:updated|upated|revised|amended|edited)\b"
    rf"|the {_PIECE} (?:has been|was) (?:last )?updated\b"
    r"|this is a (?:developing|breaking)(?: news)? story\b|(?:developing|breaking) story\W*(?:please )?check back\b"
    rf"|(?:this {_PIECE} was )?(?:originally|first) published\b"
    r")",
    re.IGNORECASE,
)
_UPDATED_AT = re.compile(r"\W{0,4}(?:last )?updated?(?:\s(?:at|on))?\b\W{0,3}", re.IGNORECASE)
_MOMENT = re.compile(
    r"[\d:.,/\s–—()|-]+|\b(?:at|on|the|of|[ap]\.?m\.?|e[sd]?t|p[sd]?t|c[sd]?t|m[sd]?t|gmt|utc|bst|cet|eastern|pacific|"
    r"central|time|local|today|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|st|nd|rd|th|to (?:include|add) .{1,200})\b",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"\W{0,4}(?:"
    r"(?:corrections?|clarifications?|corrected|erratum|correction appended)\s*(?:[:.;,(—–-]|\d|$|notice|"
    r"and clarification)"
    r"|\(?corrects (?:to|that|the|spelling|name|date|headline|paragraph|in|day|attribution)\b"
    r"|(?:an |a )?(?:earlier|previous|prior|original) versions? of this\b"
    r"|this (?:story|article|post|report|piece|column|headline|caption) (?:has been|was|originally|"
    r"previously|initially)"
    r"\b[^.]{0,80}\b(?:correct\w*|misstated|incorrectly|mistakenly|misidentified|error|misspelled|clarif\w*)"
    r"|editor[’']s note: (?:this|an? (?:earlier|previous|original)) [^.]{0,80}\bcorrect\w*"
    r"|we (?:have|[’']ve) (?:corrected|updated|amended) this\b"
    r")",
    re.IGNORECASE,
)
#: A longer block is a paragraph about an update rather than a note.
_LONGEST = 800


def note(text: str) -> str | None:
    """Whether the block is a note on the article: update_note, correction, or None."""
    if len(text) > _LONGEST or text[0] in '"“‘':
        return None
    if _CORRECTION.match(text):
        return "correction"
    if _UPDATE.match(text) or _is_moment_of_update(text):
        return "update_note"
    return None


def _is_moment_of_update(text: str) -> bool:
    """Whether a line says when the article was updated and nothing else: a live report's entries say more."""
    match = _UPDATED_AT.match(text) if len(text) < 160 and not text.endswith(":") else None
    return match is not None and match.end() < len(text) and not _MOMENT.sub("", text[match.end() :]).strip(" .")
