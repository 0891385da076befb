"""All rules together, and the pass over a text that applies them: at each place the longest that reads."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.annotate.times import (
    clock,
    dates,
    days,
    distances,
    durations,
    grammar,
    named_days,
    quarters,
    recurrences,
    references,
    relative,
    written,
    years,
)
from pipeline.annotate.times.reading import Context, Reading

#: No expression has more tokens.
_LONGEST = 24
#: A reading with the range of tokens that it was read from.
Found = tuple[int, int, Reading]


@lru_cache(maxsize=1)
def compiled() -> list[tuple[re.Pattern[str], grammar.Rule]]:
    """Every rule with its compiled pattern; of two that match as much the first wins."""
    first = (dates, years, written, named_days, days, relative, quarters)
    modules = (*first, durations, distances, recurrences, clock, references)
    return grammar.compile_rules(rule for module in modules for rule in module.RULES)


def read(context: Context) -> list[Found]:
    """The readings of all time expressions of the context's tokens, in order and apart from each other."""
    alphabet = grammar.alphabet()
    classes = "".join([alphabet[token.kind] for token in context.tokens])
    found: list[Found] = []
    for run in grammar.runs().finditer(classes):
        place, stop = run.span()
        if grammar.core().search(classes, place, stop) is None:
            continue
        while place < stop:
            read = _longest(context, classes, place, min(stop, place + _LONGEST))
            if read is None:
                place += 1
                continue
            last, reading = read
            found.append((place, last, reading))
            if reading.period is not None and reading.type == "DATE":
                context.name(reading.period)
            place = last
    return found


def _longest(context: Context, classes: str, place: int, stop: int) -> tuple[int, Reading] | None:
    ends = [
        (-match.end(), number)
        for number, (pattern, _) in enumerate(compiled())
        if (match := pattern.match(classes, place, stop)) is not None
    ]
    for negative, number in sorted(ends):
        context.first, context.last = place, -negative
        try:
            reading = compiled()[number][1][1](context, context.tokens[place:-negative])
        except OverflowError:
            continue
        if reading is not None:
            return -negative, reading
    return None
