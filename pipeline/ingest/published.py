"""Published: when an article appeared, from all the evidence there is; without evidence, no date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.ingest.dates import Moment, parse

_EXACTNESS = ("second", "minute", "day", "month")
#: Two pieces of evidence agree if they are no further apart: the day depends on the time zone.
_APART = timedelta(hours=38)


@dataclass(frozen=True, slots=True)
class Published:
    """The date, how exactly it is known, the evidence that agrees on it, strongest first, and flags."""

    at: datetime | None
    precision: str
    evidence: list[tuple[str, str]]
    flags: list[str]


def published(candidates: list[tuple[str, str]], fetched_at: datetime | None) -> Published:
    """Weigh candidates `(kind of evidence, text)`, strongest first: its day, as exactly as any that agrees tells it.

    What cannot be read or lies after the fetch is no evidence; what disagrees with the strongest is flagged.
    """
    flags: list[str] = []
    read: list[tuple[str, str, Moment]] = []
    for kind, text in dict.fromkeys(candidates):
        moment = parse(text)
        if moment is None:
            continue
        if fetched_at is not None and _is_after(moment, fetched_at):
            flags.append("date_after_fetch")
            continue
        read.append((kind, text, moment))
    if not read:
        return Published(None, "none", [], sorted({*flags, "no_date"}))
    best = read[0][2]
    agreeing = [one for one in read if _agree(best, one[2])]
    if len(agreeing) < len(read):
        flags.append("date_conflict")
    exact = min((one[2] for one in agreeing), key=lambda moment: _EXACTNESS.index(moment.precision))
    return Published(exact.at, exact.precision, [(kind, text) for kind, text, _ in agreeing], sorted(set(flags)))


def _is_after(moment: Moment, fetched_at: datetime) -> bool:
    """Whether a moment lies after the fetch; a bare day counts from its start in the earliest time zone."""
    slack = timedelta(hours=14) if moment.precision in {"day", "month"} else timedelta(0)
    return moment.at - slack > fetched_at


def _agree(one: Moment, other: Moment) -> bool:
    if "month" in {one.precision, other.precision}:
        return (one.at.year, one.at.month) == (other.at.year, other.at.month)
    if one.precision == other.precision == "day":
        return abs(one.at - other.at) <= timedelta(days=1)
    return abs(one.at - other.at) <= _APART
