"""Index: `index.json`, which lists every release, and `latest`."""

from __future__ import annotations

import json
from typing import Any

from pipeline.release.durable import replace
from pipeline.release.layout import Dist
from pipeline.release.manifest import MANIFEST, listed_files
from pipeline.release.write import file_sha256


def index_of(dist: Dist) -> dict[str, Any]:
    """What `index.json` says where the releases that are there are as they are, newest first."""
    releases = []
    for version in dist.versions():
        release = dist.opened(version)
        manifest = release.manifest
        releases.append(
            {
                "version": version,
                "schema_version": manifest["schema_version"],
                "previous": manifest["previous"],
                "rows": {table: found["rows"] for table, found in manifest["tables"].items()},
                "bytes": sum(file["bytes"] for file in listed_files(manifest)),
                "manifest_sha256": file_sha256(release.folder / MANIFEST),
            }
        )
    return {"dataset": "onrecord", "latest": releases[0]["version"] if releases else None, "releases": releases}


def write_index(dist: Dist) -> None:
    """Write `index.json` and `latest`, each by replacement, where they do not say what is there already."""
    index = index_of(dist)
    replace(dist.root / "index.json", json.dumps(index, indent=1) + "\n")
    if index["latest"]:
        replace(dist.root / "latest", f"{index['latest']}\n")
