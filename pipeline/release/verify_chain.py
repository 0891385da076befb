"""Verify the chain: previous releases, the index, `latest`, and that nothing withdrawn is left."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pipeline.link.parts import quoted
from pipeline.release.index import index_of
from pipeline.release.layout import Dist, Release, ReleaseError, version_order
from pipeline.release.manifest import MANIFEST
from pipeline.release.withdrawals import tombstones
from pipeline.release.write import file_sha256, rows_of


def check_chain(dist: Dist, release: Release) -> Iterator[tuple[str, str]]:
    """Whether the previous release is the one that this one was made from, and the next one names this one's hash."""
    versions = sorted(dist.versions(), key=version_order)
    own = file_sha256(release.folder / MANIFEST)
    previous = release.manifest.get("previous")
    if previous is not None:
        if previous not in versions:
            yield MANIFEST, f"the previous release {previous} is not there"
        elif file_sha256(dist.release(previous) / MANIFEST) != release.manifest.get("previous_manifest_sha256"):
            yield MANIFEST, f"the manifest of the previous release {previous} is not the one that this one names"
    later = versions[versions.index(release.version) + 1 :]
    if not later:
        return
    following = dist.opened(later[0]).manifest
    if following.get("previous") != release.version:
        yield MANIFEST, f"the next release {later[0]} does not name it as its previous one"
    elif following.get("previous_manifest_sha256") != own:
        yield MANIFEST, f"it is not the manifest that the next release {later[0]} names"


def check_index(dist: Dist) -> Iterator[tuple[str, str]]:
    """Whether `index.json` and `latest` say what is there."""
    try:
        wanted = index_of(dist)
    except (ReleaseError, KeyError, TypeError) as error:
        yield "index.json", f"a release cannot be listed: {error}"
        return
    try:
        found = json.loads((dist.root / "index.json").read_text(encoding="utf-8"))
        listed = {entry["version"]: entry for entry in found["releases"]}
    except FileNotFoundError:
        yield "index.json", "the file is missing"
        return
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield "index.json", f"it cannot be read: {error}"
        return
    there = {entry["version"]: entry for entry in wanted["releases"]}
    for version in sorted(set(there) | set(listed), key=version_order, reverse=True):
        if version not in listed:
            yield "index.json", f"it does not list release {version}"
        elif version not in there:
            yield "index.json", f"it lists release {version}, which is not there"
        elif listed[version] != there[version]:
            keys = [key for key in there[version] if listed[version].get(key) != there[version][key]]
            yield "index.json", f"it is wrong on release {version}: {', '.join(keys)}"
    if found.get("latest") != wanted["latest"]:
        yield "index.json", f"it says that the latest release is {found.get('latest')}, not {wanted['latest']}"
    latest = dist.root / "latest"
    said = latest.read_text(encoding="utf-8").strip() if latest.is_file() else None
    if said != wanted["latest"]:
        yield "latest", f"it says {said}, not {wanted['latest']}"


def check_withdrawals(dist: Dist, release: Release) -> Iterator[tuple[str, str]]:
    """Whether anything that was withdrawn is still there."""
    import duckdb

    withdrawn = [entry.article_id for entry in tombstones(dist)]
    if not withdrawn or not all(path.is_file() for path in release.paths("articles")):
        return
    ids = ", ".join(quoted(article) for article in withdrawn)
    with duckdb.connect() as connection:
        found = connection.execute(
            f"select article_id from ({rows_of(release.paths('articles'), 'articles')})"
            f" where article_id in ({ids}) order by 1"
        ).fetchall()
    for (article,) in found:
        yield "articles", f"{article} was withdrawn and is still there"
