"""Channel: where something was said, as far as the words around the cue tell."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.annotate.quotes.cast import Speaker
from pipeline.annotate.quotes.context import Context
from pipeline.annotate.quotes.draft import Draft
from pipeline.knowledge.tables import HERE, rows

_BY_CUE = {
    "tweet": "social", "retweet": "social", "blog": "social", "post": "social",
    "testify": "court", "write": "document", "e-mail": "document", "email": "document", "read": "document",
}  # fmt: skip
#: Characters of narration that are read on each side of the cue.
_REACH = 160


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(row["channel"], re.compile(row["pattern"])) for _, row in rows(HERE / "quotes_channels.tsv")]


def channel(context: Context, row: Draft, speaker: Speaker) -> str | None:
    """interview | press | statement | social | speech | parliament | court | document, or None where nothing tells.

    Read are the words of the cue's sentence outside the quote itself.
    """
    if row.cue is not None and not row.carried:
        for name, pattern in _patterns():
            if pattern.search(_around(context, row, row.cue)):
                return name
    if row.cue_lemma in _BY_CUE and not row.carried:
        return _BY_CUE[row.cue_lemma]
    return "document" if speaker.kind == "document" else None


def _around(context: Context, row: Draft, cue: tuple[int, int]) -> str:
    parse, text = context.parse, context.parse.text
    token = min(parse.token_at(cue[0]), len(parse) - 1)
    first, last = parse.sentences[parse.sentence_of[token]]
    start, end = max(parse.starts[first], cue[0] - _REACH), min(parse.ends[last - 1], cue[1] + _REACH)
    kept = []
    position = start
    for span_start, span_end in [*row.spans, (end, end)]:
        if span_start > position:
            kept.append(text[position : min(span_start, end)])
        position = max(position, span_end)
    return " ".join(kept)
