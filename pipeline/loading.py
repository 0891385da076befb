"""Loading: what a worker loads before its first shard is there, so that both take the time of one."""

from __future__ import annotations

#: A text that every annotator has something to find in, and so loads what it needs.
_WARMING = (
    "Officials Meet in London on Monday\n\n"
    "“We will not wait until 5 May 2024,” said Maria Keller, the minister. She told reporters that the bank in the"
    " capital, which appeared to be closed, had lost $2 million, according to The Times.\n"
)


def load() -> None:
    """Load the program, the parser's model and the tables that shards need.

    Raises:
        ModelError: the model is missing or not the recorded one.
    """
    from pipeline import shard  # noqa: F401 - loaded for what comes next
    from pipeline.annotate.article import annotate
    from pipeline.ingest import clean  # noqa: F401 - loaded for what comes next
    from pipeline.ingest.language import detect

    detect(_WARMING)
    annotate(_WARMING, None, headline_end=_WARMING.index("\n"))
