"""Metadata: what a page or text says about itself, as found, before it is weighed."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Metadata:
    """Candidates found in the payload itself, strongest first; values as they stand there, not yet parsed.

    `published` is a list of (kind of evidence, text): kinds json_ld, meta, time_element, visible_date, url_path.
    HTML fills it from JSON-LD and meta elements; text adds visible dates, bylines and footers.
    """

    title: str | None = None
    subtitle: str | None = None
    authors: list[str] = field(default_factory=list)  #: people and organisations, told apart later
    publisher: str | None = None
    url: str | None = None
    published: list[tuple[str, str]] = field(default_factory=list)
    modified_at: str | None = None
    tdm_reserved: bool | None = None
    agencies: list[tuple[str, str]] = field(default_factory=list)  #: (name, role: whole | contributed | photo)
    flags: list[str] = field(default_factory=list)
