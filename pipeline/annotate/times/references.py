"""Rules for the past, the present and the future, where no more is told: now, recently, the future."""

from __future__ import annotations

from pipeline.annotate.times.reading import Context, Reading
from pipeline.annotate.times.tokens import Token

#: Words after which `now` and `soon` join clauses rather than name a time.
_JOINING = frozenset({"that", "after", "as", "enough"})


def _reference(value: str) -> Reading:
    return Reading("DATE", value)


def now(context: Context, tokens: list[Token]) -> Reading | None:
    """`now`, unless it joins clauses (`now that`)."""
    following, before = context.after(), context.before()
    if following is not None and (following.lower == "that" and context.tag(following) == "IN"):
        return None
    if before is not None and before.kind == "FROM":
        return None
    return _reference(tokens[-1].value)


def adverb(context: Context, tokens: list[Token]) -> Reading | None:
    """`currently`, `recently`, `nowadays`."""
    return _reference(tokens[-1].value)


def soon(context: Context, tokens: list[Token]) -> Reading | None:
    """`soon`, unless it compares or joins (`as soon as`, `soon after`)."""
    following, before = context.after(), context.before()
    if following is not None and following.lower in _JOINING:
        return None
    if before is not None and before.lower in {"as", "too", "how", "so", "very"}:
        return None
    return _reference("FUTURE_REF")


def adjective(context: Context, tokens: list[Token]) -> Reading | None:
    """`recent`, `current` before a noun."""
    if context.tag(tokens[-1])[:2] != "JJ":
        return None
    before = context.before()
    if before is not None and before.lower in {"more", "as"}:
        return None
    return _reference(tokens[-1].value)


def future(context: Context, tokens: list[Token]) -> Reading | None:
    """`the future`, `the near future`, `in future`."""
    following = context.after()
    if context.tag(tokens[-1])[:2] != "NN" or context.tag(following)[:2] == "NN":
        return None
    if following is not None and following.kind == "OF":
        return None
    before = context.before()
    if len(tokens) == 1 and (before is None or before.kind != "IN"):
        return None
    return _reference("FUTURE_REF")


def past(context: Context, tokens: list[Token]) -> Reading | None:
    """`the past`, `the recent past`."""
    following = context.after()
    if context.tag(tokens[-1])[:2] != "NN" or context.tag(following)[:2] in {"NN", "CD"}:
        return None
    return _reference("PAST_REF")


def these_days(context: Context, tokens: list[Token]) -> Reading | None:
    """`these days`, `those days`."""
    return _reference("PRESENT_REF" if tokens[0].lower == "these" else "PAST_REF")


RULES = [
    ("THOSE DAYS", these_days),
    ("NOW", now),
    ("PRESENT", adverb),
    ("RECENTLY", adverb),
    ("SOON", soon),
    ("(?:RECENT|CURRENT)", adjective),
    ("THE NEAR? FUTURE", future),
    ("FUTURE", future),
    ("THE (?:RECENT|NEAR)? PASTWORD", past),
]
