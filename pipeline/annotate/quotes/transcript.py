"""Transcripts and interviews: lines that start with who speaks ("Q: ...", "ANN HILL: ...")."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.annotate.quotes.context import Context
from pipeline.annotate.quotes.draft import Draft
from pipeline.annotate.records import LocalEntity

_TITLES = r"(?:(?:Mr|Mrs|Ms|Dr|Rep|Sen|Gov|REP|SEN|GOV|DR|MR|MS|MRS)\.? )?"
_LABEL = re.compile(
    rf"^[ \t*_]*({_TITLES}(?:Q|A|[A-Z][\w.'’-]{{0,24}}(?: [A-Z][\w.'’-]{{0,24}}){{0,3}}))"
    r"(?: \([^()\n]{1,30}\))?[*_]*:[*_]*[ \t]+(?=\S)",
    re.MULTILINE,
)
#: Lines with a label that make a transcript, and how often each of two labels must stand.
_FEWEST_LINES, _FEWEST_EACH = 4, 2


def turns(context: Context, entities: list[LocalEntity]) -> list[tuple[Draft, int | None]]:
    """Each labelled line as a quote, with the entity of its speaker; nothing where the text is no transcript.

    It is one where two labels recur that are "Q" and "A" or the names of persons of the article.
    """
    text = context.parse.text
    found = [match for match in _LABEL.finditer(text) if not context.is_aside(match.start())]
    counts = Counter(match.group(1) for match in found)
    surnames: dict[str, set[int]] = {}
    for index, entity in enumerate(entities):
        if entity.type == "PERSON":
            for form in (entity.canonical_name, *entity.aliases):
                surnames.setdefault(_last(form), set()).add(index)
    known = {
        label for label, count in counts.items() if label in {"Q", "A"} or len(surnames.get(_last(label), ())) == 1
    }
    recurring = [label for label in sorted(known) if counts[label] >= _FEWEST_EACH]
    speakers = {min(surnames[_last(label)]) if label not in {"Q", "A"} else label for label in recurring}
    if len(speakers) < _FEWEST_EACH or sum(counts[label] for label in recurring) < _FEWEST_LINES:
        return []
    rows: list[tuple[Draft, int | None]] = []
    for match in found:
        label = match.group(1)
        start, end = match.end(), text.find("\n", match.end())
        end = len(text) if end < 0 else end
        end -= len(text[start:end]) - len(text[start:end].rstrip())
        if label not in known or start >= end:
            continue
        head = context.parse.token_at(match.end(1) - 1)
        row = Draft([(start, end)], "transcript", min(head, len(context.parse) - 1), match.span(1), verbatim=True)
        rows.append((row, None if label in {"Q", "A"} else min(surnames[_last(label)])))
    return rows


def _last(name: str) -> str:
    return name.rpartition(" ")[2].casefold().strip(".")
