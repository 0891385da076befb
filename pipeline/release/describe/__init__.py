"""Describe: what a release says of itself in the formats that others read, all of it derived from the schemas."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def describe(folder: Path, manifest: dict[str, Any]) -> None:
    """Write the descriptions of a release into its folder, whose tables are written already.

    Args:
        manifest: lists the files of each table, with paths relative to the folder.
    """
    from pipeline.release.describe.card import card
    from pipeline.release.describe.citation import citation_file
    from pipeline.release.describe.croissant import croissant
    from pipeline.release.describe.datapackage import datapackage, schemas_of
    from pipeline.release.describe.facts import facts_of
    from pipeline.release.views import views_sql

    facts = facts_of(folder, manifest)
    texts = {
        "README.md": card(manifest, facts),
        "CITATION.cff": citation_file(manifest["version"], facts),
        "croissant.json": croissant(manifest, facts),
        "datapackage.json": datapackage(manifest, facts),
        "views.sql": views_sql(manifest),
        **schemas_of(manifest),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
