"""Raw names: `archive!member#record`, printable and unambiguous."""

from __future__ import annotations

import unicodedata

#: Longest record id that goes into a name.
MAX_PART = 300


def escaped(part: str) -> str:
    """A part of a raw name with control characters, undecodable bytes, `!`, `#` and `%` percent-encoded."""
    if part.isascii() and part.isprintable() and not any(mark in part for mark in "!#%"):
        return part[:MAX_PART]
    return "".join(map(_escaped, part[:MAX_PART]))


def _escaped(character: str) -> str:
    if character in "!#%" or unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
        # surrogateescape: bytes of file names that are not UTF-8; lone surrogates of JSON strings are kept as well.
        raw = character.encode("utf-8", "surrogatepass")
        if "\udc80" <= character <= "\udcff":
            raw = character.encode("utf-8", "surrogateescape")
        return "".join(f"%{byte:02X}" for byte in raw)
    return character


def member(archive: str, name: str) -> str:
    """The raw name of a member of an archive."""
    return f"{archive}!{escaped(name)}"


def record(container: str, key: str | int) -> str:
    """The raw name of a record (a line, row, item or WARC record) of a file."""
    return f"{container}#{escaped(str(key))}"
