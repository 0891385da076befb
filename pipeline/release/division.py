"""Division: which articles' rows of a large table stand together in a part, so that releases share most parts.

An article's rows stay in the part in which they first came. The articles that a release brings are cut, in the order of
publication, into parts of about the same number of rows. Where that leaves too many small parts they are joined and cut
anew, so that a table has few files however many releases it went through, and no row is written again often.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

#: How many parts may have fewer rows than half a full one before they are joined.
SMALL_PARTS = 16


def divided(rows: Mapping[str, int], before: Mapping[str, str], largest: int, version: str) -> dict[str, str]:
    """The part of each article's rows.

    Args:
        rows: how many rows each article has, in the order of publication.
        before: the part that each article's rows were in; others are new.
        largest: about how many rows a part may have.
        version: the release, by which new parts are named.
    """
    parts = {article: before[article] for article in rows if article in before}
    sizes: Counter[str] = Counter()
    for article, part in parts.items():
        sizes[part] += rows[article]
    small = {part for part, size in sizes.items() if 2 * size < largest}
    new = sum(count for article, count in rows.items() if article not in parts)
    if len(small) + (0 < 2 * new < largest) > SMALL_PARTS:
        parts = {article: part for article, part in parts.items() if part not in small}
    cut = [article for article in rows if article not in parts]
    total = sum(rows[article] for article in cut)
    pieces = max(1, -(-total // largest))
    numbers = [int(number) for part in sizes for at, _, number in [part.rpartition("-")] if at == version]
    first = max(numbers, default=-1) + 1
    done = 0
    for article in cut:
        parts[article] = f"{version}-{first + done * pieces // max(1, total):03d}"
        done += rows[article]
    return parts
