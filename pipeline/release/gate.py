"""The gate: what is not fit to be published is not.

It closes when a table loses more rows, or a column more of its filled cells, than the configuration allows; when a
reference leads nowhere; when the columns changed without a new schema version; when rights are missing; and when a
text stands in the rows that the rights do not give away. A person may accept lost rows, emptier columns and another
schema, with a reason that the manifest keeps. Who has the rights to every text says so with `--include-text`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.configuration import Configuration
from pipeline.errors import OnrecordError
from pipeline.references import NESTED
from pipeline.release.arrow import arrow_schema
from pipeline.release.excerpts import FREE_RIGHTS
from pipeline.release.layout import Release, opened
from schemas import SCHEMA_VERSION, TABLES

if TYPE_CHECKING:
    import duckdb

#: Tables of fewer rows than this are too small for their shares to mean anything.
FEW_ROWS = 50
#: Examples given of a finding.
EXAMPLES = 3
#: Checks that no reason helps against.
FINAL = frozenset({"rights", "opt_out", "reference"})


@dataclass(frozen=True, slots=True)
class Finding:
    """Why the gate closes: the check, the table and column, in words, and a few examples."""

    check: str
    table: str
    column: str | None
    what: str
    examples: tuple[str, ...] = ()

    def __str__(self) -> str:
        place = f"{self.table}.{self.column}" if self.column else self.table
        shown = f" (such as {', '.join(self.examples)})" if self.examples else ""
        return f"{place}: {self.what}{shown}"


class GateError(OnrecordError):
    """The rows are not fit to be published; the message says why, `findings` lists it."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        checks = {finding.check for finding in findings}
        if "reference" in checks:
            way_out = "rows that the checks should have rejected: please report it as a fault of this program"
        elif checks & FINAL:
            way_out = "put the rights right in sources.csv, or give --include-text if you have the rights to every text"
        else:
            way_out = "look into it, or give --accept REASON"
        super().__init__(f"the gate closed: {'; '.join(map(str, findings))}: {way_out}")


def inspect(
    connection: duckdb.DuckDBPyConnection,
    queries: dict[str, str],
    previous: Path | None,
    configuration: Configuration,
    accept: str | None,
    *,
    include_text: bool = False,
) -> dict[str, Any]:
    """Look the rows to publish over.

    Args:
        queries: the query of every table's rows.
        previous: the folder of the release before, if there is one.
        accept: why the rows are published whatever is found.
        include_text: whether every text is published, because the publisher has the rights.

    Returns:
        What the manifest records: the reason for which findings were accepted, the findings, and how many cells of
        each column are filled, which the next release is compared with.

    Raises:
        GateError: something was found that nobody accepted, or that cannot be accepted.
    """
    findings = rights(connection, queries, include_text=include_text) + references(connection, queries)
    filled = {table: fill(connection, queries[table], arrow_schema(table).names) for table in TABLES}
    if previous is not None:
        before = opened(previous)
        findings += schema(before)
        findings += losses(filled, before, configuration)
    if findings and (accept is None or any(finding.check in FINAL for finding in findings)):
        raise GateError(findings)
    return {
        "accepted": accept if findings else None,
        "findings": [asdict(finding) for finding in findings],
        "filled": filled,
    }


def rights(
    connection: duckdb.DuckDBPyConnection, queries: dict[str, str], *, include_text: bool = False
) -> list[Finding]:
    """Sources with no rights or free ones without evidence, and texts that the rights do not give away."""
    free = ", ".join(f"'{kind}'" for kind in FREE_RIGHTS)
    sources, articles = queries["sources"], queries["articles"]
    checks = [
        (
            "rights", "sources", "rights", "no rights are given",
            f"select name from ({sources}) where rights is null",
        ),
        (
            "rights", "sources", "rights_evidence", "open or licensed without a licence or evidence",
            f"select name from ({sources}) where rights in ({free}) and licence is null and rights_evidence is null",
        ),
    ]  # fmt: skip
    if not include_text:
        closed = (
            f"select article_id, coalesce(tdm_reserved, false) as reserved from ({articles})"
            f" left join ({sources}) using (source_id) where coalesce(rights, 'unknown') not in ({free})"
        )
        checks.append(
            (
                "rights", "articles", "text", "a text is published whose source is neither open nor licensed",
                f"select article_id from ({articles}) semi join ({closed}) using (article_id) where text is not null",
            )
        )  # fmt: skip
        checks += [
            (
                "opt_out", table, "text", "words are published of a source that reserves text and data mining",
                f"select {TABLES[table].key()} from ({queries[table]}) semi join (from ({closed}) where reserved)"
                " using (article_id) where text is not null",
            )
            for table in ("articles", "quotes", "claims")
        ]  # fmt: skip
    return [found for check in checks if (found := _finding(connection, *check))]


def references(connection: duckdb.DuckDBPyConnection, queries: dict[str, str]) -> list[Finding]:
    """References to rows that are not there: those that `verify` would find."""
    findings = []
    for table, model in TABLES.items():
        pointing = []
        for name, column in model.to_schema().columns.items():
            if target := (column.metadata or {}).get("references"):
                listed = str(arrow_schema(table).field(name).type).startswith("list")
                pointing.append((name, f'unnest("{name}")' if listed else f'"{name}"', target))
        for name, inner, target in NESTED.get(table, ()):
            pointing.append((name, f'unnest("{name}").{inner}', target))
        for name, expression, target in pointing:
            other, other_column = target.split(".")
            query = (
                f'select id from (select "{model.key()}" as id, {expression} as found from ({queries[table]}))'
                f' where found is not null and found not in (select "{other_column}" from ({queries[other]}))'
            )
            found = _finding(connection, "reference", table, name, f"not in {target}", query)
            if found:
                findings.append(found)
    return findings


def schema(before: Release) -> list[Finding]:
    """Columns that changed although the schema version did not, or not as it says."""
    was = tuple(int(part) for part in str(before.manifest["schema_version"]).split("."))
    now = tuple(int(part) for part in SCHEMA_VERSION.split("."))
    findings = []
    for table in TABLES:
        old: dict[str, str] = before.manifest["tables"].get(table, {}).get("columns", {})
        new = {field.name: str(field.type) for field in arrow_schema(table)}
        gone = sorted(name for name in old if old[name] != new.get(name))
        added = sorted(set(new) - set(old))
        if gone and now[0] <= was[0]:
            what = f"columns were taken away or have another type; that needs schema version {was[0] + 1}.0.0"
            findings.append(Finding("schema", table, None, what, tuple(gone[:EXAMPLES])))
        elif added and now <= was:
            what = f"columns were added without a schema version after {before.manifest['schema_version']}"
            findings.append(Finding("schema", table, None, what, tuple(added[:EXAMPLES])))
    return findings


def losses(filled: dict[str, dict[str, int]], before: Release, configuration: Configuration) -> list[Finding]:
    """Tables with far fewer rows than before, and columns with far fewer filled cells. Rejects may come and go.

    Args:
        filled: for each table, what `fill` counts.
    """
    findings = []
    earlier: dict[str, dict[str, int]] = before.manifest.get("gate", {}).get("filled", {})
    for table, now in filled.items():
        was_rows = int(before.manifest["tables"].get(table, {}).get("rows", 0))
        if table == "rejects" or was_rows == 0:
            continue
        share = round(1 - now["*"] / was_rows, 4)
        if share > configuration.row_drop:
            what = f"{now['*']:,} rows after {was_rows:,}, {share:.0%} fewer"
            findings.append(Finding("rows", table, None, what))
        was = earlier.get(table, {})
        if min(now["*"], was.get("*", 0)) < FEW_ROWS:
            continue
        for name in sorted(set(was) & set(now) - {"*"}):
            new, old = now[name] / now["*"], was[name] / was["*"]
            if round(old - new, 4) > configuration.fill_drop:
                what = f"{new:.0%} of the cells are filled, {old:.0%} before"
                findings.append(Finding("fill", table, name, what))
    return findings


def fill(connection: duckdb.DuckDBPyConnection, query: str, names: list[str]) -> dict[str, int]:
    """How many rows a query gives (`*`), and in how many of them each column is filled."""
    counts = ", ".join(f'count("{name}")' for name in names)
    found = connection.execute(f"select count(*), {counts} from ({query})").fetchall()[0]
    return dict(zip(["*", *names], found, strict=True))


def _finding(
    connection: duckdb.DuckDBPyConnection, check: str, table: str, column: str | None, what: str, query: str
) -> Finding | None:
    """A finding with how many rows a query of faults gives, if any."""
    count = connection.execute(f"select count(*) from ({query})").fetchall()[0][0]
    if not count:
        return None
    examples = connection.execute(f"select distinct * from ({query}) order by all limit {EXAMPLES}").fetchall()
    return Finding(check, table, column, f"{what} ({count:,} rows)", tuple(str(row[0]) for row in examples))
