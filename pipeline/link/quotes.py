"""Quote clusters: the same words in other articles."""

from __future__ import annotations

from pipeline.link.parts import Parts, write


def find(parts: Parts) -> None:
    """Write `links/quotes.parquet`: `quote_id`, `cluster_id`."""
    with parts.connect() as connection:
        write(connection, "select ''::varchar quote_id, ''::varchar cluster_id where false", parts.link("quotes"))
