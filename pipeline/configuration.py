"""Configuration: what a build is told, from `onrecord.toml` and the command line, checked at once."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field

from pipeline.errors import OnrecordError


class ConfigurationError(OnrecordError):
    """A setting is wrong; the message is one line that says what to do."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """Everything that may change what a build does. Paths are as given, relative to the working folder."""

    sources: str | None = None  #: a `sources.csv`; None: the one beside the raw files
    fields: dict[str, str] = field(default_factory=dict)  #: names of record fields: text, title, url, ...
    gazetteers: tuple[str, ...] = ()  #: files of one's own, in the format of `pipeline/knowledge`
    excerpt_share: float = 0.15  #: of an article's characters that a release may show
    excerpt_characters: int = 1_500  #: and how many at most
    shard_articles: int = 64  #: raw records in a shard
    longest_text: int = 1_000_000  #: characters above which an article is rejected
    row_drop: float = 0.2  #: share of rows that may go missing without the gate closing
    fill_drop: float = 0.2  #: fall of a column's fill rate that closes the gate
    memory_limit: str = "1GB"  #: for DuckDB, which spills to disk above it

    def sha256(self) -> str:
        """Hash of the settings that decide bytes."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()
