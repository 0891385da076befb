"""Identity: the only place where an id is minted.

An id is a letter for its table and 80 bits of a BLAKE2b hash over what does not change when a row is
corrected: an article's address, a quote's words in their article. The same thing therefore gets the same
id in every build, on every machine and in any order, and no id is ever reused for another thing.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from urllib.parse import urlsplit, urlunsplit

_SPACE = re.compile(r"\s+")
_TRACKING = re.compile(r"(?:^|&)(?:utm_[a-z]+|fbclid|gclid|ref|cmpid|smid|partner)=[^&]*", re.IGNORECASE)


def mint(prefix: str, *parts: str) -> str:
    """An id: `prefix`, an underscore, and 16 characters that depend on `parts` alone."""
    total = hashlib.blake2b(digest_size=10)
    for part in parts:
        data = part.encode("utf-8", errors="surrogatepass")
        total.update(len(data).to_bytes(8, "big") + data)
    return f"{prefix}_{base64.b32encode(total.digest()).decode().lower()}"


def source(name: str) -> str:
    """The id of a publisher, by its name without case and spacing."""
    return mint("s", _SPACE.sub(" ", name.strip()).casefold())


def article(url: str | None, source_id: str | None, text_sha256: str) -> str:
    """The id of an article: by its address, else by its publisher and words."""
    if url:
        return mint("a", "url", canonical_url(url))
    return mint("a", "text", source_id or "", text_sha256)


def canonical_url(url: str) -> str:
    """An address without scheme, `www.`, tracking parameters, fragment and trailing slash; what is none, as it is."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url.strip()
    host = parts.netloc.lower().removeprefix("www.").removesuffix(":80").removesuffix(":443")
    query = _TRACKING.sub("", parts.query).lstrip("&")
    return urlunsplit(("", host, parts.path.rstrip("/"), query, ""))


def entity(key: str) -> str:
    """The id of an entity, by the key under which it was first resolved."""
    return mint("e", key)


def story(article_id: str) -> str:
    """The id of a story, by its first article."""
    return mint("z", article_id)


def quote_cluster(quote_id: str) -> str:
    """The id of a cluster of the same words, by its first quote."""
    return mint("x", quote_id)


def claim_cluster(claim_id: str) -> str:
    """The id of a cluster of the same claim, by its first claim."""
    return mint("y", claim_id)


class Rows:
    """Mints the ids of the rows of one article: by their words, and which time the words stand there."""

    def __init__(self, article_id: str) -> None:
        self.article_id = article_id
        self._seen: Counter[tuple[str, str]] = Counter()

    def mint(self, prefix: str, *words: str) -> str:
        """The id of the next row with these words; call in the order of the text."""
        key = "\x1f".join(_SPACE.sub(" ", part).strip().casefold() for part in words)
        self._seen[prefix, key] += 1
        return mint(prefix, self.article_id, key, str(self._seen[prefix, key]))
