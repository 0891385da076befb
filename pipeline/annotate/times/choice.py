"""Which of the days, months or seasons of one name is meant: the one that the tense points to."""

from __future__ import annotations

from datetime import date
from itertools import islice

from pipeline.annotate.times import tense
from pipeline.annotate.times.lexicon import future_cues
from pipeline.annotate.times.periods import Period, covering, day_of
from pipeline.annotate.times.reading import Context

#: A day this near on the other side of today beats one that is `_FAR` away on the side of the tense.
_NEAR, _FAR = 45, 300
#: An infinitive or a present tense points to a weekday fewer days ahead than this, else to the one past.
_WEEK_AHEAD = 4


def weekday(context: Context, number: int) -> Period | None:
    """The day of the week `number` (Monday is 1) nearest to the publication on the side that the tense tells.

    The day of publication itself is on both sides; without a tense the past is taken, as news tells it.
    """
    if context.today is None:
        return None
    back = (context.today.isoweekday() - number) % 7
    if back and _is_ahead(context, 7 - back):
        back -= 7
    return Period("D", context.today).shifted(-back)


def _is_ahead(context: Context, days: int) -> bool:
    """Whether the weekday that is `days` ahead is meant. One far ahead would be told as next week's."""
    told = context.tense()
    if told == tense.PAST:
        return context.runs_until() and _grants(context)
    before = context.before()
    is_deadline = before is not None and before.lower == "by"
    return told == tense.FUTURE or (told in tense.AHEAD and (is_deadline or days < _WEEK_AHEAD))


def _grants(context: Context) -> bool:
    """Whether the verb before `until` gives time: extended the deadline until, gave them until."""
    parse = context.parse
    place = parse.token_at(context.tokens[context.first].start)
    if place >= len(parse):
        return False
    verb = next((above for above in islice(parse.ancestors(place), 8) if parse.tags[above][:2] == "VB"), None)
    return verb is not None and (parse.lemmas[verb] in future_cues() or parse.lemmas[verb] in {"give", "have"})


def of_year(
    context: Context, unit: str, month: int, day: int | None = None, number: int | None = None
) -> Period | None:
    """The day, month or season of a year not told: on the side of the tense, else the nearest.

    `number` is the day of the week it must be, where that is told too.
    """
    today = context.today
    if today is None:
        return None
    found = []
    for year in (today.year - 1, today.year, today.year + 1):
        period = (
            day_of(year, month, day) if day else covering(unit, date(year, month, 1)) if 1 <= year <= 9999 else None
        )
        if period is not None:
            found.append(period)
    if number is not None:
        found = [period for period in found if period.first.isoweekday() == number] or found
    return nearest(context, found)


def nearest(context: Context, found: list[Period]) -> Period | None:
    """Of periods in order, the one that the tense tells, else the nearest to the publication."""
    today = context.today
    if today is None or not found:
        return None
    past = [period for period in found if period.first <= today]
    future = [period for period in found if period.first > today or today < period.after]
    if not past or not future:
        return past[-1] if past else future[0]
    back, ahead = (today - past[-1].first).days, (future[0].first - today).days
    told = context.tense()
    is_day = found[0].unit == "D"
    if told == tense.PRESENT and (is_day or context.runs_until()) and ahead <= _FAR:
        return future[0]
    if told == tense.PAST:
        return future[0] if (is_day or context.runs_until()) and back > _FAR and ahead < _NEAR else past[-1]
    if told == tense.FUTURE:
        return past[-1] if is_day and ahead > _FAR and back < _NEAR else future[0]
    return past[-1] if back <= ahead else future[0]
