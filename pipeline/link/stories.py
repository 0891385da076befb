"""Stories: articles on the same event."""

from __future__ import annotations

from pipeline.link.parts import Parts, write


def find(parts: Parts) -> None:
    """Write `links/stories.parquet`: `article_id`, `story_id`."""
    with parts.connect() as connection:
        write(connection, "select ''::varchar article_id, ''::varchar story_id where false", parts.link("stories"))
