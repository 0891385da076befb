"""Whether words are part of a name rather than a time: Theresa May, the Sunday Times."""

from __future__ import annotations

from pipeline.annotate.times.reading import Context
from pipeline.annotate.times.tokens import Token

#: Labels of names that a month, weekday or season may be part of without naming a time.
_OTHER_NAMES = frozenset({"PERSON", "WORK_OF_ART", "PRODUCT", "LAW", "FAC", "ORG", "GPE"})


def is_other_name(context: Context, tokens: list[Token]) -> bool:
    """Whether the words stand in the name of somebody or something."""
    if context.label(tokens[0]) not in _OTHER_NAMES:
        return False
    following = context.after()
    return context.tag(following)[:3] == "NNP" or context.tag(context.before())[:3] == "NNP"
