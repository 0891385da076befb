"""Speech or not: what stands in marks without any cue may be a saying, a title, a coined term or irony."""

from __future__ import annotations

import re

from pipeline.annotate.quotes.context import Context
from pipeline.annotate.quotes.draft import Draft

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ENDS_SENTENCE = re.compile(r"[.!?…—–-][\"'”’)\]]*$")
_SMALL = frozenset(
    {"a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "is", "vs"}
)
#: Words before marks that name a thing rather than say something.
_NAMING = re.compile(
    r"\b(?:known as|called|dubbed|titled|entitled|billed as|termed|nicknamed|"
    r"(?:word|phrase|term|title|song|film|movie|book|show|hashtag|slogan|category|letter|acronym|album|episode|name)s?)"
    r"[\s,:]*$",
    re.IGNORECASE,
)  # fmt: skip
#: Words and marks that lead up to what is said.
_LEADING = frozenset({",", ":", "that", "as", "—", "–", "-", "said", "says", "and", "or", "..."})
#: A stretch of so many words may be a mere mention.
_LONGEST_MENTION = 3
#: The shortest fragment without a cue that is taken for speech, in words.
_SHORTEST_FRAGMENT = 5


def words(text: str) -> list[str]:
    """The words of a text."""
    return _WORD.findall(text)


def is_title(text: str) -> bool:
    """Whether every word but the small ones is capitalised, and there are two such words."""
    found = words(text)
    large = [word for word in found if word.lower() not in _SMALL]
    return len(large) >= 2 and all(word[0].isupper() or word[0].isdigit() for word in large)


def is_sentence(context: Context, number: int) -> bool:
    """Whether a quotation without a cue is made of whole sentences: speech whose speaker stands elsewhere."""
    quotation, text = context.quotations[number], context.parse.text
    inner = text[quotation.inner_start : quotation.inner_end].strip()
    line_end = text.find("\n", quotation.end)
    line_end = len(text) if line_end < 0 else line_end
    before = context.before(quotation.start).rstrip(" \t\xa0*_>")
    after = text[quotation.end : min(line_end, quotation.end + 10)].strip()
    if before and before[-1] not in '.!?:…”"»—':
        return False
    if len(words(inner)) < 2 and not inner.endswith(("!", "?")):
        return False
    ends = bool(_ENDS_SENTENCE.search(inner)) or not quotation.closed or after[:1] in {".", "!", "?"}
    if not ends and not (inner.endswith(",") and before == ""):
        return False
    return not is_title(inner)


def is_mention(context: Context, row: Draft) -> bool:
    """Whether the whole row is a name or term in marks that its sentence mentions rather than reports.

    So are the title of a work or programme behind a possessive or a preposition, marks around a modifier ("the
    'sinking' ship"), and one to three words in marks that neither a cue nor a comma or colon leads up to.
    """
    if len(row.quotations) != 1 or len(row.spans) != 1:
        return False
    quotation, parse = context.quotations[row.quotations[0]], context.parse
    if row.start < quotation.start or row.end > quotation.end:
        return False
    first = context.tokens[row.quotations[0]][0]
    if first == 0 or parse.sentence_of[first - 1] != parse.sentence_of[first]:
        return False
    inner = parse.text[quotation.inner_start : quotation.inner_end].strip()
    before = parse.lower[first - 1]
    if inner.startswith("The ") and inner == inner.title() and before not in _LEADING:
        return True
    if is_title(inner) and (parse.tags[first - 1] in {"POS", "IN", "NN", "DT", "PRP$"} and before not in _LEADING):
        return True
    led = before in _LEADING or (row.cue is not None and row.cue[0] <= parse.starts[first - 1] < row.cue[1])
    if led or len(words(inner)) > _LONGEST_MENTION:
        return False
    behind = row.cue is not None and row.cue[0] >= row.end and inner.endswith((",", "?", "!", "—"))
    return not (behind and _starts_sentence(context, first))


def _starts_sentence(context: Context, first: int) -> bool:
    before = context.before(context.parse.starts[first]).rstrip(" \t\xa0")[-1:]
    return before in {"", ".", "!", "?", ":", "”", '"'}


def is_fragment(context: Context, number: int) -> bool:
    """Whether a quoted part of a sentence without a cue is somebody's words, and no term, title or slogan."""
    quotation, parse = context.quotations[number], context.parse
    inner = parse.text[quotation.inner_start : quotation.inner_end].strip()
    if len(words(inner)) < _SHORTEST_FRAGMENT or is_title(inner):
        return False
    if _NAMING.search(context.before(quotation.start)):
        return False
    first, last = context.tokens[number]
    follows = (
        last < len(parse) and parse.tags[last] in {"NN", "NNS"} and parse.segment_of[last] == parse.segment_of[first]
    )
    return not follows
