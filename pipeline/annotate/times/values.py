"""What a TIMEX3 value may look like (TimeML 1.2.1, with the underspecified parts of ISO 24617-1)."""

from __future__ import annotations

import re

_YEAR = r"(?:\d{4}|XXXX)"
_DAY = rf"{_YEAR}(?:-(?:\d\d|XX)(?:-(?:\d\d|XX))?|-W(?:\d\d|XX)(?:-(?:[1-7]|WE))?|-(?:SP|SU|FA|WI)|-Q[1-4X]|-H[12X])?"
_CLOCK = r"T(?:MO|AF|EV|NI|XX|\d\d)(?::(?:\d\d|XX)(?::(?:\d\d|XX))?)?Z?"
_LENGTH = r"P(?=[\dTX])(?:X{1,2}|(?:(?:\d+(?:\.\d+)?|X)(?:WE|[YMWDQEC]))*(?:T(?:(?:\d+(?:\.\d+)?|X)[HMS])+)?)"
_VALUE = re.compile(rf"{_DAY}(?:{_CLOCK})?|\d\d\d?|XXX?|{_LENGTH}|(?:PAST|PRESENT|FUTURE)_REF")


def is_valid(value: str) -> bool:
    """Whether `value` is written as TIMEX3 has it."""
    return _VALUE.fullmatch(value) is not None
