"""`README.md` of a release: the dataset card, with counts, rights, changes and the data dictionary."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from unicodedata import category

from pipeline.release.describe.citation import citation
from pipeline.release.describe.dictionary import Column, columns, type_name
from pipeline.release.describe.facts import DESCRIPTION, LICENCE_NAME, LICENCE_URL, TITLE, Facts, Source
from pipeline.release.views import VIEWS
from schemas import TABLES

#: Kinds of characters that print nothing, move a terminal's cursor or turn the direction of writing.
UNSEEN = {"Cc", "Cf", "Cs"}


def card(manifest: dict[str, Any], facts: Facts) -> str:
    """The text of the dataset card. The front matter is that of Hugging Face dataset cards."""
    version = manifest["version"]
    sections = [
        _front_matter(manifest, facts),
        f"# {TITLE}\n\n{DESCRIPTION}\n",
        _overview(manifest, facts),
        _use(version),
        _rights(manifest, facts),
        _corrections(manifest),
        _changes(manifest),
        _gate(manifest),
        f"## How to cite\n\n{citation(version)} See `CITATION.cff`.\n",
        *(_dictionary(table, manifest, facts) for table in TABLES),
    ]
    return "\n".join(sections)


def plain(text: object) -> str:
    """A text that stands in Markdown and in its tables as it is, on one line."""
    line = " ".join("".join(mark for mark in str(text) if mark.isspace() or category(mark) not in UNSEEN).split())
    return "".join(f"\\{mark}" if mark in "\\|*_`[]<>#" else mark for mark in line)


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    heads = list(head)
    lines = [f"| {' | '.join(heads)} |", f"|{'|'.join(' --- ' for _ in heads)}|"]
    lines += [f"| {' | '.join(str(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def _front_matter(manifest: dict[str, Any], facts: Facts) -> str:
    lines = ["---", f"license: {LICENCE_NAME.lower()}", f"pretty_name: onrecord {manifest['version']}"]
    languages = [language for language in facts.languages if language != "und"]
    if languages:
        lines += ["language:", *(f"- {language}" for language in languages)]
    lines.append("configs:")
    for table in TABLES:
        lines += [f"- config_name: {table}", "  data_files:"]
        lines += [f"  - {file['path']}" for file in manifest["tables"][table]["files"]]
    return "\n".join([*lines, "---", ""])


def _overview(manifest: dict[str, Any], facts: Facts) -> str:
    rows = [
        (f"`{table}`", f"{manifest['tables'][table]['rows']:,}", len(manifest["tables"][table]["files"]),
         TABLES[table].summary())
        for table in TABLES
    ]  # fmt: skip
    days = f"Articles published from {facts.first_day} to {facts.last_day}. " if facts.first_day else ""
    return (
        f"Release {manifest['version']}, schema {manifest['schema_version']}. {days}"
        f"Previous release: {manifest.get('previous') or 'none'}.\n\n{_table(('table', 'rows', 'files', ''), rows)}"
    )


def _use(version: str) -> str:
    views = _table(("view", "what it shows"), ((f"`{view.name}`", view.comment) for view in VIEWS))
    return f"""## How to use it

Every file is plain Parquet: pandas, polars, R's arrow and DuckDB read it as it is. `views.sql` makes views with
comments on every table and column, from any folder:

```sql
SET file_search_path = 'FOLDER OF {version}';
.read 'FOLDER OF {version}/views.sql'
```

{views}
`CHECKSUMS` can be checked with `sha256sum -c CHECKSUMS`, everything else with `onrecord verify`.
`datapackage.json` (Data Package) and `croissant.json` (Croissant) describe the same files for programs.
"""


def _rights(manifest: dict[str, Any], facts: Facts) -> str:
    head = ("source", "articles", "rights", "licence", "mining reserved", "attribution")
    rows = [_source(source) for source in facts.sources]
    sources = _table(head, rows) if rows else "No article names its source.\n"
    if manifest.get("include_text"):
        edition = "This edition holds every text, whatever its source's rights: it is for those who have the rights."
    else:
        edition = (
            f"The texts of {facts.withheld:,} articles are withheld. Of a text whose source is neither open nor "
            "licensed the release shows a share of the characters at most, and a number at most: the headline, then "
            "quotations, then claims, then the standfirst, each whole or not at all; a character counts once, over "
            "all tables, changes and earlier releases. Names, dates, cues and hedges are free. Of a source that "
            "reserves text and data mining nothing is shown but these. With your own copy of the raw files, "
            "`onrecord rehydrate` fills the texts in and checks them by their hashes."
        )
    return f"""## Rights and licences

The annotations (everything but words of the articles) are under [{LICENCE_NAME}]({LICENCE_URL}). The software that
makes them has a licence of its own, MIT, which does not cover the data. The articles belong to their publishers; a
source whose rights nobody looked into is treated as closed. {edition}

{sources}"""


def _source(source: Source) -> tuple[object, ...]:
    return (
        plain(source.name), f"{source.articles:,}", source.rights, plain(source.licence or ""),
        "yes" if source.tdm_reserved else "no", plain(source.attribution or source.name),
    )  # fmt: skip


def _corrections(manifest: dict[str, Any]) -> str:
    contact = manifest.get("contact")
    where = f"Write to {plain(contact)}" if contact else "Write to the person or site that gave you this release"
    return f"""## Corrections and removal

You are named here, or you published an article, and something is wrong or should go? {where}, with the id of the row
or of the article (`article_id`) and what is wrong. An article that is withdrawn goes from every release with all that
rests on it, and stays out of later ones; `withdrawals.json` beside the releases keeps its ids and the reason, not its
content. Quotes and claims say what an article reports, not what is true; `factuality` is the claimant's commitment.
"""


def _changes(manifest: dict[str, Any]) -> str:
    changes: dict[str, Any] = manifest.get("changes") or {}
    if not manifest.get("previous") or not changes:
        return "## Changes\n\nThis is the first release.\n"
    rows = [
        (f"`{table}`", *(f"{found.get(kind, 0):,}" for kind in ("added", "changed", "removed")))
        for table, found in changes.items()
    ]
    counts = _table(("table", "added", "changed", "removed"), rows)
    return f"## Changes since {manifest['previous']}\n\n{counts}\nEvery changed cell is in `changes/`.\n"


def _gate(manifest: dict[str, Any]) -> str:
    gate: dict[str, Any] = manifest.get("gate") or {}
    if not gate.get("accepted"):
        return ""
    found = "".join(
        f"- {plain(finding['table'])} {plain(finding['column'] or '')}: {plain(finding['what'])}\n"
        for finding in gate.get("findings", [])
    )
    return f"## Accepted by a person\n\n{plain(gate['accepted'])}\n\n{found}"


def _dictionary(table: str, manifest: dict[str, Any], facts: Facts) -> str:
    total, filled = manifest["tables"][table]["rows"], facts.filled[table]
    rows = [
        (f"`{column.name}`", type_name(column.type), _meaning(column), _share(filled.get(column.name), total))
        for column in columns(table)
    ]  # fmt: skip
    head = ("column", "type", "meaning", "filled")
    return f"## `{table}`\n\n{TABLES[table].summary()} Key: `{TABLES[table].key()}`.\n\n{_table(head, rows)}"


def _meaning(column: Column) -> str:
    parts = [plain(column.description)]
    if column.unit:
        parts.append(f"Unit: {plain(column.unit)}.")
    if column.values:
        parts.append(f"One of {', '.join(f'`{value}`' for value in column.values)}.")
    if column.references:
        parts.append(f"Refers to `{column.references}`.")
    return " ".join(parts)


def _share(filled: int | None, total: int) -> str:
    """The share of filled cells; 100% and 0% only where it is exactly that."""
    if filled is None or not total:
        return "none"
    if filled in (0, total):
        return f"{100 * filled // total}%"
    return f"{min(99.9, max(0.1, 100 * filled / total)):.1f}%"
