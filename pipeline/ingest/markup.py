"""Markup in plain text: left-over HTML tags, comments and character references."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from pipeline.ingest.edits import Draft, Edit

#: Elements inside a line (HTML Living Standard, text-level semantics, and obsolete ones that old pages use).
_INLINE = (
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|nobr|q|s|samp|small|span|strike|"
    "strong|sub|sup|time|tt|u|var|wbr"
)
#: Elements that break the line.
_BLOCK = (
    "address|article|aside|blockquote|body|br|caption|center|dd|details|div|dl|dt|figcaption|figure|footer|form|"
    "h[1-6]|head|header|hr|html|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
#: Elements whose tags go and that leave nothing behind.
_EMBEDDED = "amp-[a-z-]+|audio|button|canvas|embed|iframe|img|input|link|meta|noscript|object|picture|source|svg|video"
_TAG = re.compile(
    rf"<(?P<close>/?)(?:(?P<inline>{_INLINE})|(?P<block>{_BLOCK})|(?P<embedded>{_EMBEDDED}))"
    r"(?:[\s/][^<>]{0,2000})?>",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"<!--|<(script|style|template)\b[^<>]{0,2000}>", re.IGNORECASE)
_ENDS = {
    name: re.compile(rf"</{name}\s*>" if name else "-->", re.IGNORECASE) for name in ("", "script", "style", "template")
}
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
#: Text that was escaped more than once is unescaped this many times at most.
_ROUNDS = 4


def without_markup(draft: Draft) -> Draft:
    """The draft without tags and comments, character references resolved, until neither is left."""
    for _ in range(_ROUNDS):
        before = draft
        if "<" in draft.text:
            draft = draft.replace(_hidden(draft.text))
            draft = draft.replace(_tags(draft.text))
        if "&" in draft.text:
            draft = draft.replace(_references(draft.text))
        if draft is before or draft.text == before.text:
            break
    return draft


def _hidden(text: str) -> Iterator[Edit]:
    """Comments, scripts and styles, from their start to their end; one without an end is left as it is."""
    done = 0
    unended: set[str] = set()
    while match := _HIDDEN.search(text, done):
        name = (match[1] or "").lower()
        end = None if name in unended else _ENDS[name].search(text, match.end())
        if end is None:
            unended.add(name)
            done = match.end()
            continue
        done = end.end()
        yield Edit(match.start(), done, f"html_{name}" if name else "html_comment")


def _tags(text: str) -> Iterator[Edit]:
    """Tags of known elements. An inline one goes only where its element is both opened and closed.

    So a text that speaks of "the <b> tag" keeps it.
    """
    matches = list(_TAG.finditer(text))
    opened = {match["inline"].lower() for match in matches if match["inline"] and not match["close"]}
    closed = {match["inline"].lower() for match in matches if match["inline"] and match["close"]}
    paired = (opened & closed) | {"wbr"}
    for match in matches:
        if match["inline"]:
            if match["inline"].lower() in paired:
                yield Edit(match.start(), match.end(), "html_tag")
        else:
            yield Edit(match.start(), match.end(), "html_tag", "\n\n" if match["block"] else "")


def _references(text: str) -> Iterator[Edit]:
    """Character references, resolved as HTML does; unknown names stay."""
    for match in _REFERENCE.finditer(text):
        character = html.unescape(match.group())
        if character != match.group():
            yield Edit(match.start(), match.end(), "html_entity", character)
