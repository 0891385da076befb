"""`CITATION.cff`: how to cite a release (https://citation-file-format.github.io/, 1.2.0)."""

from __future__ import annotations

import json

from pipeline.release.describe.facts import DESCRIPTION, LICENCE_NAME, TITLE, Facts


def citation(version: str) -> str:
    """One line to cite a release by."""
    return f"The onrecord maintainers ({version[:4]}). {TITLE}. Version {version}."


def citation_file(version: str, facts: Facts) -> str:
    """The text of `CITATION.cff`."""
    lines = [
        "cff-version: 1.2.0",
        "message: If you use this dataset, please cite it as below, and name the sources of the texts you use.",
        "type: dataset",
        f"title: {json.dumps(TITLE)}",
        f"abstract: {json.dumps(DESCRIPTION)}",
        "authors:",
        '  - name: "The onrecord maintainers"',
        f"version: {json.dumps(version)}",
        f"date-released: {facts.date}",
        f"license: {LICENCE_NAME}",
        "keywords: [news, quotations, claims, entities, events]",
    ]
    return "\n".join(lines) + "\n"
