"""Markdown: its markers taken out of a text, and what they say about blocks kept as hints.

Heading marks and paired double emphasis are unmistakable and go from any text; the rest only from a text that is
Markdown by its media type, or shows it by a heading mark or a link.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipeline.ingest.edits import Draft, Edit

_HEADING = re.compile(r"^[ ]{0,3}(#{1,6}[ \t]+)(?=\S)[^\n]{0,300}?([ \t]+#+[ \t]*)?$", re.MULTILINE)
_LINK = re.compile(
    r"(!?\[)([^\[\]\n]{0,500})(\]\((?:<[^<>\n]{0,2000}>|[^()\s]{0,2000})(?:[ \t]+\"[^\"\n]{0,300}\")?\))"
)
_REFERENCE_LINK = re.compile(r"(\[)([^\[\]\n]{1,300})(\]\[[^\[\]\n]{0,100}\])")
_DEFINITION = re.compile(r"^[ ]{0,3}\[[^\[\]\n]{1,100}\]:[ \t]+\S{1,2000}[^\n]{0,300}$", re.MULTILINE)
_AUTOLINK = re.compile(r"<(?=https?://[^<>\s]{1,2000}>)|(?<=[^\s<>])>")
_STRONG = re.compile(r"(?<![\w*])(\*\*)(?=[^\s*])([^*\n]{1,500}?)(?<=[^\s*])(\*\*)(?![\w*])")
_STRONG_LINE = re.compile(r"(?<![\w_])(__)(?=[^\s_])([^_\n]{1,500}?)(?<=[^\s_])(__)(?![\w_])")
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*)(?=[^\s*])([^*\n]{1,500}?)(?<=[^\s*\\])(\*)(?![\w*])")
_EMPHASIS_LINE = re.compile(r"(?<![\w_\\])(_)(?=[^\s_])([^_\n]{1,500}?)(?<=[^\s_\\])(_)(?![\w_])")
_CODE = re.compile(r"(?<!`)(`)(?=[^`\s])([^`\n]{1,300}?)(`)(?!`)")
_FENCE = re.compile(r"^[ ]{0,3}(?:`{3,}|~{3,})[^`\n]{0,100}$", re.MULTILINE)
_QUOTE_MARK = re.compile(r"^[ ]{0,3}(?:>[ ]?){1,5}", re.MULTILINE)
_SETEXT = re.compile(r"^(?=[^\n]*\w)[^\n]{1,300}\n([ ]{0,3}(?:={3,}|-{3,})[ \t]*)$", re.MULTILINE)
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,30}\](?!:)")
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!>|~])")
_SIGN = re.compile(r"^#{1,6}[ \t]+\S|\]\(https?://", re.MULTILINE)


def is_markdown(text: str) -> bool:
    """Whether a text of no declared kind shows marks of Markdown that no plain text has."""
    return bool(_SIGN.search(text))


def headings(text: str) -> list[tuple[int, int]]:
    """The first character and the level (1 to 6) of every heading, in order; setext headings have 1 and 2."""
    found = [(match.end(1), match[1].count("#")) for match in _HEADING.finditer(text)]
    found += [(match.start(), 1 if "=" in match[1] else 2) for match in _SETEXT.finditer(text)]
    return sorted(found)


def without_heading_marks(draft: Draft, is_marker: Callable[[str], bool]) -> Draft:
    """The draft without the number signs of its headings; those of a heading that `is_marker` stay part of it."""
    if "#" not in draft.text:
        return draft
    return draft.replace(
        Edit(match.start(group), match.end(group), "markdown_heading_marker")
        for match in _HEADING.finditer(draft.text)
        for group in (1, 2)
        if match[group] and not is_marker(match.group().lstrip("# \t"))
    )


def without_markers(draft: Draft) -> Draft:
    """The draft without any other Markdown marker."""
    for edits in (_lines, _links, _paired, _escapes):
        draft = draft.replace(edits(draft.text))
    return draft


def without_strong(draft: Draft) -> Draft:
    """The draft without paired double asterisks."""
    return draft.replace(_pairs(_STRONG, draft.text)) if "**" in draft.text else draft


def _lines(text: str) -> Iterator[Edit]:
    for match in _SETEXT.finditer(text):
        yield Edit(match.start(1), match.end(1), "markdown_heading_marker")
    for pattern, kind in ((_FENCE, "markdown_code_marker"), (_QUOTE_MARK, "markdown_quote_marker")):
        for match in pattern.finditer(text):
            yield Edit(match.start(), match.end(), kind)
    for match in _FOOTNOTE.finditer(text):
        yield Edit(match.start(), match.end(), "markdown_footnote")
    for match in _DEFINITION.finditer(text):
        yield Edit(match.start(), match.end(), "markdown_link_marker")


def _links(text: str) -> Iterator[Edit]:
    done = 0
    for match in sorted([*_LINK.finditer(text), *_REFERENCE_LINK.finditer(text)], key=re.Match.start):
        if match.start() < done:
            continue
        done = match.end()
        if match[1] == "![":
            yield Edit(match.start(), match.end(), "markdown_image")
        else:
            yield Edit(match.start(1), match.end(1), "markdown_link_marker")
            yield Edit(match.start(3), match.end(3), "markdown_link_marker")


def _paired(text: str) -> Iterator[Edit]:
    taken: set[int] = set()
    for pattern in (_STRONG, _STRONG_LINE, _EMPHASIS, _EMPHASIS_LINE, _CODE):
        for edit in _pairs(pattern, text):
            covered = range(edit.start, edit.end)
            if taken.isdisjoint(covered):
                taken.update(covered)
                yield edit


def _pairs(pattern: re.Pattern[str], text: str) -> Iterator[Edit]:
    for match in pattern.finditer(text):
        yield Edit(match.start(1), match.end(1), "markdown_emphasis_marker")
        yield Edit(match.start(3), match.end(3), "markdown_emphasis_marker")


def _escapes(text: str) -> Iterator[Edit]:
    for match in _ESCAPE.finditer(text):
        yield Edit(match.start(), match.end(), "markdown_escape")
