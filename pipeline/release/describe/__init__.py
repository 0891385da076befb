"""Describe: what a release says of itself in the formats that others read."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def describe(folder: Path, manifest: dict[str, Any]) -> None:
    """Write the descriptions of a release into its folder."""
    from pipeline.release.views import views_sql

    (folder / "views.sql").write_text(views_sql(manifest["version"]), encoding="utf-8")
