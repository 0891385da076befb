"""Duplicates: articles that repeat another's words, and how much of them."""

from __future__ import annotations

from pipeline.link.parts import Parts, write


def find(parts: Parts) -> None:
    """Write `links/copies.parquet`: `article_id`, `copy_of`, `copy_kind`, `copy_containment`."""
    with parts.connect() as connection:
        write(
            connection,
            """select ''::varchar article_id, ''::varchar copy_of, ''::varchar copy_kind,
                0.0::double copy_containment where false""",
            parts.link("copies"),
        )
