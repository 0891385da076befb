"""Open: a release, or all of them, as a DuckDB connection with a commented view for every table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.link.parts import quoted
from pipeline.release.filled import FILLED, filled, know, wanted
from pipeline.release.layout import Dist, Release, ReleaseError
from pipeline.release.texts import cleaned, stored
from pipeline.release.views import VIEWS
from pipeline.release.write import rows_of
from schemas import SCHEMA_VERSION, TABLES

if TYPE_CHECKING:
    import duckdb

#: The comment on the column that tells the releases apart.
RELEASE = "Version of the release."


def open_release(
    dist: str | Path = "dist",
    version: str | None = None,
    *,
    text: bool = False,
    raw: Sequence[str | Path] = (),
) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection in which every table of a release is a view.

    Args:
        dist: the folder of releases.
        version: the release; the newest one by default.
        text: put withheld texts back, from the store of past work in `dist`.
        raw: raw files or folders to clean again for their texts.

    Raises:
        pipeline.release.layout.ReleaseError: there is no such release.
    """
    folder = Dist(Path(dist))
    release = folder.opened(folder.find(version))
    connection = _connected()
    for table in TABLES:  # by whole paths, which `lock` can tell from others
        if release.listed(table):
            _view(connection, table, _rows(release, table))
    _answers(connection)
    if text or raw:
        _fill(connection, folder, {table: _rows(release, table) for table in FILLED}, raw)
    return connection


def open_all(
    dist: str | Path = "dist", *, text: bool = False, raw: Sequence[str | Path] = ()
) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection in which every table has the rows of all releases, with a column `release` in front.

    Columns that a release's schema version does not have are null.

    Raises:
        pipeline.release.layout.ReleaseError: there is no release, or the releases' major schema versions differ.
    """
    folder = Dist(Path(dist))
    folder.find(None)
    releases = [folder.opened(version) for version in folder.versions()]
    _check_majors(releases)
    connection = _connected()
    queries = {}
    for table in TABLES:
        parts = [
            f"select {quoted(release.version)} as release, * from ({_rows(release, table)})"
            for release in releases
            if release.listed(table)
        ]
        if not parts:
            continue
        queries[table] = " union all by name ".join(parts)
        _view(connection, table, queries[table], release=RELEASE)
    if text or raw:
        _fill(connection, folder, {table: queries[table] for table in FILLED if table in queries}, raw, release=True)
    return connection


def lock(connection: duckdb.DuckDBPyConnection, dist: Path) -> None:
    """Let the connection read nothing but the releases, and let no statement change that."""
    connection.execute(f"set allowed_directories = [{quoted(str(dist.resolve()))}]")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def _connected() -> duckdb.DuckDBPyConnection:
    import duckdb

    connection = duckdb.connect()
    connection.execute("set global TimeZone = 'UTC'")
    return connection


def _rows(release: Release, table: str) -> str:
    return rows_of([path.resolve() for path in release.paths(table)], table)


def _check_majors(releases: list[Release]) -> None:
    """Refuse releases whose columns mean different things."""
    for release in releases:
        schema = str(release.manifest["schema_version"])
        if schema.partition(".")[0] != SCHEMA_VERSION.partition(".")[0]:
            raise ReleaseError(
                f"release {release.version} has schema version {schema}, this program reads {SCHEMA_VERSION}: a new "
                f"first number means that columns changed their meaning; ask that release alone with --release "
                f"{release.version}, and see the migration note in docs/ of the version that raised it"
            )


def _fill(
    connection: duckdb.DuckDBPyConnection,
    dist: Dist,
    queries: dict[str, str],
    raw: Sequence[str | Path],
    *,
    release: bool = False,
) -> None:
    """Put withheld texts back into the views of the tables that hold texts."""
    need = wanted(connection, queries["articles"])
    source: Callable[[], Iterable[tuple[str, str]]] = (
        (lambda: cleaned([str(path) for path in raw], need)) if raw else (lambda: stored(dist.store, need))
    )
    know(connection, source() if need else ())
    key = "article_id, release" if release else "article_id"
    more = {"release": RELEASE} if release else {}
    for table, query in queries.items():
        _view(connection, table, filled(table, query, queries["articles"], key), **more)


def _view(connection: duckdb.DuckDBPyConnection, table: str, query: str, **more: str) -> None:
    """Make a table's view, or put another query behind it, with a comment on it and on each column that it has.

    Args:
        more: comments on columns that the table's model does not have.
    """
    model = TABLES[table]
    connection.execute(f"create or replace view {table} as {query}")
    connection.execute(f"comment on view {table} is {quoted(model.summary())}")
    there = {row[0] for row in connection.execute(f"describe {table}").fetchall()}
    words = {name: str(found.description) for name, found in model.to_schema().columns.items()} | more
    for name in sorted(there & words.keys()):
        connection.execute(f'comment on column {table}."{name}" is {quoted(words[name])}')


def _answers(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the views of what people ask most.

    They are this program's: the release's own `views.sql` is somebody else's code, which may write files.
    """
    import duckdb

    for view in VIEWS:
        try:
            connection.execute(f"create or replace view {view.name} as {view.query}")
        except duckdb.Error:  # an older release may lack a column that the view shows
            continue
        connection.execute(f"comment on view {view.name} is {quoted(view.comment)}")
