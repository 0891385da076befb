"""Decode: raw bytes to characters, and characters back to the bytes they came from.

The order is byte-order mark, strict UTF-8, declared encoding, Windows-1252. Bytes that are sound UTF-8 are hardly
ever anything else, while nearly all bytes are sound in the single-byte encodings that pages wrongly declare. On English
news this is exact where statistical detectors are not; the encoding used and how it was found are recorded.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

#: Byte-order marks, the longer ones first: UTF-32's little-endian mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Encodings under this name are read as the superset that is meant (WHATWG Encoding Standard).
_MEANT = {
    "iso8859-1": "cp1252", "ascii": "utf-8", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030",
    "euc_kr": "cp949", "shift_jis": "cp932", "utf-16": "utf-16-le",
}  # fmt: skip
#: What a page or record may declare: encodings in which a text's bytes are the bytes of its parts, one after another.
_DECLARABLE = frozenset(
    {"utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "koi8-r", "koi8-u", "mac-roman", "cp874"}
    | {"gb18030", "gbk", "big5", "euc_jp", "euc_kr", "shift_jis", "cp932", "cp949"}
    | {f"cp125{number}" for number in range(9)}
    | {f"iso8859-{number}" for number in range(2, 17)}
)
#: A text in UTF-8 may hold one broken character in so many sound ones before it is taken for something else.
_SOUND_PER_BROKEN = 4
#: Encodings in which an ASCII character is one byte.
_ASCII_LIKE = _DECLARABLE - {"utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"}
_ESCAPE = re.compile("[\udc80-\udcff]")
_HIGH = bytes(range(0x80, 0x100))


@dataclass(frozen=True)
class Decoded:
    """A payload's characters. Where a byte stands for no character, `source` has U+FFFD, one for each such byte."""

    source: str
    encoding: str
    method: str  #: byte_order_mark | declared | strict | fallback
    undecodable: int = 0  #: bytes that stand for no character
    escaped: str | None = None  #: the source with those bytes as surrogate escapes (PEP 383), if there are any

    def raw(self, positions: Iterable[int]) -> list[int]:
        """The byte at which each of these characters begins; `positions` in rising order."""
        text = self.source if self.escaped is None else self.escaped
        errors = "strict" if self.escaped is None else "surrogateescape"
        found: list[int] = []
        characters = size = 0
        for position in positions:
            part = text[characters:position]
            is_short = part.isascii() and self.encoding in _ASCII_LIKE
            size += len(part) if is_short else len(part.encode(self.encoding, errors))
            characters = position
            found.append(size)
        return found

    def is_broken(self, position: int) -> bool:
        """Whether the character at `position` stands for an undecodable byte."""
        return self.escaped is not None and "\udc80" <= self.escaped[position] <= "\udcff"


def decode(payload: bytes, declared: str | None = None) -> Decoded:
    """The characters of `payload`; never fails: bytes that mean nothing become U+FFFD and are counted.

    `declared` is the encoding that a header or a page names, if any; one that is unknown or does not fit is ignored.
    """
    mark = next((encoding for mark, encoding in _MARKS if payload.startswith(mark)), None)
    tries = (
        (mark, "byte_order_mark"),
        (_unmarked(payload), "strict"),
        ("utf-8", "strict"),
        (_known(declared), "declared"),
    )
    for encoding, method in tries:
        if encoding is not None:
            try:
                source = payload.decode(encoding)
            except UnicodeDecodeError:
                continue
            if encoding.startswith("utf") or source.encode(encoding, "replace") == payload:
                return Decoded(source, encoding, method)
    tried = dict.fromkeys(("utf-8", _known(declared)))
    encoding = next((one for one in tried if one and _is_damaged(payload, one)), "cp1252")
    escaped = payload.decode(encoding, "surrogateescape")
    broken = len(_ESCAPE.findall(escaped))
    if not broken:
        return Decoded(escaped, encoding, "fallback")
    return Decoded(_ESCAPE.sub("\ufffd", escaped), encoding, "fallback", broken, escaped)


def _known(declared: str | None) -> str | None:
    """The codec of a declared encoding, by Python's name; None where it is unknown or may not be declared."""
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    name = _MEANT.get(name, name)
    return name if name in _DECLARABLE else None


def _unmarked(payload: bytes) -> str | None:
    """UTF-16 without a mark, told by the zero bytes that Latin letters have in it."""
    head = payload[:4096]
    zeros = (head[0::2].count(0), head[1::2].count(0))
    if max(zeros) < len(head) * 0.4 or min(zeros) > len(head) * 0.05 or len(payload) % 2:
        return None
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _is_damaged(payload: bytes, encoding: str) -> bool:
    """Whether the payload is in this encoding with a few broken characters, such as one cut off at the end."""
    if encoding not in _ASCII_LIKE:
        return False
    escaped = payload.decode(encoding, "surrogateescape")
    if escaped.encode(encoding, "surrogateescape") != payload:
        return False
    broken = len(_ESCAPE.findall(escaped))
    sound = len(escaped) - broken - len(payload.translate(None, _HIGH))
    return sound >= broken * _SOUND_PER_BROKEN
