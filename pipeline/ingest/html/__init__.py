"""HTML: the body of a page as runs of its characters, and what the page says about itself."""

from __future__ import annotations

from pipeline.ingest.html.page import draft_of_page

__all__ = ["draft_of_page"]
