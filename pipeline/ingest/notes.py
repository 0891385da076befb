"""Notes: what the newsroom says about the article itself, that it was updated or corrected."""

from __future__ import annotations

import re

_UPDATE = re.compile(
    r"\W{0,4}(?:"
    r"updates? (?:with|to|throughout|adds?|paragraphs?|headline|lead|throughout)\b"
    r"|(?:last )?updated?\s*(?::|at\b|on\b|\d|[(\[]|(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d)"
    r"|(?:adds|recasts|updates|rewrites|refiles|changes) (?:details?|quotes?|comments?|background|headline|"
    r"paragraphs?|lead|byline|with)\b"
    r"|(?:this|the) (?:story|article|post|report|piece|page|column|item)(?: has been| was| is being|[’']s been)? "
    r"(?:last |first |originally )?(?:updated|revised|amended)\b"
    r"|this is a (?:developing|breaking)(?: news)? story|(?:developing|breaking) story\b"
    r"|editor[’']s note: this (?:story|article|post|report|piece) (?:has been|was) updated"
    r"|(?:this (?:story|article|post|report) was )?(?:originally|first) published\b"
    r")",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"\W{0,4}(?:"
    r"(?:corrections?|clarifications?|corrected|erratum|correction appended)\s*(?:[:.;,(—–-]|\d|$|notice|"
    r"and clarification)"
    r"|\(?corrects (?:to|that|the|spelling|name|date|headline|paragraph|in|day|attribution)\b"
    r"|(?:an |a )?(?:earlier|previous|prior|original) versions? of this\b"
    r"|(?:this|the) (?:story|article|post|report|piece|column|headline|caption) (?:has been|was|originally|"
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
    if _UPDATE.match(text):
        return "update_note"
    return None
