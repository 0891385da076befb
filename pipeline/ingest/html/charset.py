"""Charset: the encoding that a page names in its own head (WHATWG HTML, section 13.2.3.2, the prescan)."""

from __future__ import annotations

import re

#: Bytes of a page that are looked at: the standard has 1,024, real pages name it later.
_LOOKED_AT = 8_192
_COMMENT = re.compile(rb"<!--.*?-->", re.S)
_META = re.compile(rb"<meta\s[^>]{0,500}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_XML = re.compile(rb"\s*<\?xml\s[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")


def declared(payload: bytes) -> str | None:
    """The name that stands in the first `meta` with a charset, or in the XML declaration; None where none does.

    A name that can be read byte by byte is in no encoding of two or four bytes: such names are passed over.
    """
    head = payload[:_LOOKED_AT]
    found = _XML.match(head) or _META.search(_COMMENT.sub(b"", head))
    name = found[1].decode("ascii", "replace") if found else None
    return None if name is None or name.lower().startswith(("utf-16", "utf-32", "ucs-")) else name
