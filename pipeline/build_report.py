"""What a build did, for people: rows beside the release before, rejects by reason, seconds by step."""

from __future__ import annotations

from typing import Any

from pipeline.release.open import open_release
from pipeline.release.publish import Published
from pipeline.run import Run


def rows_by_table(published: Published, run: Run) -> tuple[str | None, list[dict[str, Any]]]:
    """The release before, if a new one was published, and for each table `table`, `rows`, `before`, `difference`.

    The last two are left out for a table that the release before does not have.
    """
    before = run.dist.manifest(published.version)["previous"] if published.new else None
    known = run.dist.manifest(before)["tables"] if before in run.dist.versions() else {}
    rows: list[dict[str, Any]] = []
    for table, count in published.rows.items():
        row: dict[str, Any] = {"table": table, "rows": count}
        if table in known:
            row |= {"before": known[table]["rows"], "difference": count - known[table]["rows"]}
        rows.append(row)
    return (before if known else None), rows


def rejects_by_reason(published: Published) -> list[tuple[str, str, int]]:
    """The rejects of a release: table, check and how many."""
    with open_release(published.path.parent, published.version) as connection:
        return connection.execute('select "table", "check", count(*) from rejects group by all order by all').fetchall()


def markdown(published: Published, run: Run) -> str:
    """The rejects by reason and the seconds of each step, as Markdown."""
    lines = [f"# Release {published.version}", "", "new" if published.new else "nothing changed", ""]
    lines += ["| rejects | check | rows |", "|---|---|---|"]
    lines += [f"| {table} | {name} | {count} |" for table, name, count in rejects_by_reason(published)]
    lines += ["", "| step | seconds |", "|---|---|"]
    lines += [f"| {step} | {seconds:.2f} |" for step, seconds in run.seconds.items()]
    return "\n".join(lines)
