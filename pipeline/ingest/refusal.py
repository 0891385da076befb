"""Refusal: why a raw file or a part of it is not read; `read` turns it into a reject."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - a decision on hostile input, not an error of the program
    """A raw file or record is not read.

    `check` is the short name of the check that failed (`complete`, `size`, `ratio`, `media_type`, `well_formed`,
    `location`, `readable`, `encrypted`, `nesting`), `reason` says what was found, in words.
    """

    def __init__(self, check: str, reason: str) -> None:
        super().__init__(reason)
        self.check = check
        self.reason = reason


class Exhausted(Refused):
    """A compressed file gave more than the bounds allow; nothing more is read from it."""
