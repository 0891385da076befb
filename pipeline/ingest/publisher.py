"""Publisher: who published an article, from what is given or from the domain of its address."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from pipeline.ingest.dates import MONTHS

_DATE_IN_PATH = re.compile(
    rf"/(?P<slashed>(?:19|20)\d\d/(?:[01]?\d|{'|'.join(MONTHS)})/[0-3]?\d)(?=/|-|$)"
    r"|(?<!\d)(?P<dashed>(?:19|20)\d\d-[01]\d-[0-3]\d)(?!\d)|/(?P<solid>(?:19|20)\d\d[01]\d[0-3]\d)(?!\d)"
)
#: A scheme before a colon; not the host of "example.org:8080/page".
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+\-]*):(?!\d)")


def domain(url: str) -> str | None:
    """The host of an address without `www.`, or None where it has none."""
    try:
        host = urlsplit(url if "//" in url else "//" + url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host and "." in host else None


def web_address(text: str) -> str | None:
    """An address as given, without invisible characters; None where nobody should follow it, as with `javascript:`, or
    could, as with half an IPv6 address."""
    address = "".join(character for character in text if character.isprintable()).strip()
    try:
        urlsplit(address)
    except ValueError:
        return None
    scheme = _SCHEME.match(address)
    return address if address and (scheme is None or scheme[1].lower() in {"http", "https"}) else None


def publisher_of(url: str) -> str | None:
    """The medium whose homepage is the address's domain or a domain above it; None where it is not known."""
    host = domain(url)
    while host and "." in host:
        found = _homepages().get(host)
        if found:
            return found
        host = host.partition(".")[2]
    return None


def date_in_path(url: str) -> str | None:
    """The day in the path of an address, as it stands there ("2023/01/20"), or None."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    match = _DATE_IN_PATH.search(path[:2000])
    return match[match.lastgroup or 0] if match else None


@lru_cache(maxsize=1)
def _homepages() -> dict[str, str]:
    """The domain of each known medium to its name."""
    from pipeline.knowledge import entries

    found: dict[str, str] = {}
    for entry in entries():
        if entry.type == "MEDIA" and entry.homepage:
            host = domain(entry.homepage)
            with_article = f"The {entry.canonical_name}"  # what the outlet calls itself, where that has an article
            if host:
                found.setdefault(host, with_article if with_article in entry.aliases else entry.canonical_name)
    return found
