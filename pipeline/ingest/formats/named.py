"""Named: HTML's named characters as numbers, in XML that uses them without declaring them, as many feeds do."""

from __future__ import annotations

import re
from html.entities import html5
from typing import Protocol

#: The names that XML knows by itself.
_OWN = frozenset({"lt", "gt", "amp", "quot", "apos"})
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
#: Bytes of the longest reference.
_LONGEST = 33


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class Numbered:
    """A stream whose references to HTML's characters are numeric; in CDATA, which holds HTML, they mean the same."""

    def __init__(self, stream: _Readable) -> None:
        self._stream = stream
        self._held = b""  #: the beginning of a reference whose end has not been read

    def read(self, size: int = -1) -> bytes:
        """About `size` bytes; empty at the end."""
        while data := self._stream.read(size):
            data = self._held + data
            start = data.rfind(b"&", max(0, len(data) - _LONGEST))
            cut = start if start >= 0 and b";" not in data[start:] else len(data)
            self._held = data[cut:]
            if cut:
                return _NAMED.sub(_numeric, data[:cut])
        data, self._held = self._held, b""
        return data


def _numeric(match: re.Match[bytes]) -> bytes:
    name = match[1].decode("ascii")
    characters = None if name in _OWN else html5.get(f"{name};")
    return match[0] if characters is None else "".join(f"&#{ord(one)};" for one in characters).encode("ascii")
