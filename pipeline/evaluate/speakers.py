"""Speakers: whether two names are the same person's, and whether a quote's speaker is the right one."""

from __future__ import annotations

import difflib
import re

from pipeline.evaluate.gold import Row

_POSSESSIVE = re.compile(r"['’]s\b")
_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_TITLES = frozenset(
    _WORD.findall("""mr mrs ms miss dr prof professor sen senator rep representative gov governor president vice former
    ex sir dame lord lady king queen prince princess judge justice minister prime secretary chief officer director
    ceo cfo chairman chairwoman chair spokesman spokeswoman spokesperson analyst expert coach captain capt sgt
    sergeant const constable det detective lt gen general col colonel mayor premier attorney lawyer pastor rev
    reverend the a an of for and in at his her their its on to by""")
)
PRONOUNS = frozenset(
    _WORD.findall("""he she they it i we you who him her them his their this that these those himself herself
    themselves which""")
)


def _words(name: str) -> list[str]:
    words: list[str] = _WORD.findall(_POSSESSIVE.sub("", name.lower()))
    return [word for word in words if word not in _TITLES] or words


def agree(one: str | None, other: str | None) -> bool:
    """Whether two names have a head word in common, or half of the shorter one's words, titles and articles aside.

    Two full names of one surname with first names that are no form of each other do not agree; pronouns agree with
    themselves alone.
    """
    first, second = _words(one or ""), _words(other or "")
    if not first or not second:
        return False
    if PRONOUNS.issuperset(first) or PRONOUNS.issuperset(second):
        return first == second
    if _other_first_name(first, second):
        return False
    first, second = ([_singular(word) for word in words] for words in (first, second))
    if first[-1] in second or second[-1] in first:
        return True
    return 2 * len({*first} & {*second}) >= min(len({*first}), len({*second}))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") else word


def _other_first_name(one: list[str], other: list[str]) -> bool:
    if min(len(one), len(other)) < 2 or one[-1] != other[-1]:
        return False
    first, second = one[0], other[0]
    if first in other or second in one or first.startswith(second) or second.startswith(first):
        return False
    if 1 in (len(first), len(second)) and first[0] == second[0]:
        return False
    return first[:2] != second[:2] and difflib.SequenceMatcher(None, first, second).ratio() < 0.5


def mention_right(found: Row, gold: Row) -> bool:
    """Whether the speaker as printed is the gold one: the places overlap, or the names agree."""
    start, wanted = found["speaker_start"], gold.get("speaker_start")
    placed = start is not None and wanted is not None
    if placed and max(start, wanted) < min(found["speaker_end"], gold["speaker_end"]):
        return True
    for name in filter(None, (gold.get("speaker"), gold.get("speaker_mention"))):
        for own in filter(None, (found["speaker_name"], found["speaker_text"])):
            if name.lower() in PRONOUNS and own.lower() in PRONOUNS:
                # The same pronoun far away need not be the same person.
                if name.lower() == own.lower() and placed and abs(start - wanted) < 300:
                    return True
            elif agree(name, own):
                return True
    return False


def resolved_right(found: Row, gold: Row) -> bool:
    """Whether the speaker's name is the gold one or an alias of it."""
    own = found["speaker_name"] or found["speaker_text"]
    return any(agree(own, name) for name in (gold["speaker"], *gold.get("speaker_aliases", ())))
