"""The prompt of `onrecord query`: statements line by line, with history and completion."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.results import show
from pipeline.errors import OnrecordError
from pipeline.release.statements import run

if TYPE_CHECKING:
    import duckdb

KEYWORDS = (
    "select", "from", "where", "group by", "order by", "limit", "join", "left join", "using", "count", "distinct",
    "having", "unnest", "with", "as", "and", "or", "not", "is null", "ilike", "desc", "describe", "exit",
)  # fmt: skip
HELP = "A statement ends with ; or an empty line. show tables, describe quotes, exit."


def prompt(connection: duckdb.DuckDBPyConnection, format: str) -> None:
    """Read statements and print their rows until the end of the input. A statement that fails ends nothing."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import WordCompleter
    from prompt_toolkit.history import FileHistory, History, InMemoryHistory

    history: History
    try:
        path = _history()
        path.parent.mkdir(parents=True, exist_ok=True)
        history = FileHistory(str(path))
    except OSError:
        history = InMemoryHistory()
    session: PromptSession[str] = PromptSession(
        history=history, completer=WordCompleter(words(connection), ignore_case=True), complete_while_typing=False
    )
    print(HELP, file=sys.stderr)
    waiting = ""
    while True:
        try:
            line = session.prompt("onrecord> " if not waiting else "     ...> ")
        except KeyboardInterrupt:
            waiting = ""
            continue
        except EOFError:
            return
        if not waiting and line.strip().rstrip(";").lower() in {"exit", "quit", ".exit", ".quit"}:
            return
        waiting += line + "\n"
        if waiting.strip() and (line.rstrip().endswith(";") or not line.strip()):
            answer(connection, waiting, format)
            waiting = ""
        elif not waiting.strip():
            waiting = ""


def answer(connection: duckdb.DuckDBPyConnection, sql: str, format: str) -> None:
    """Run a statement and print its rows, or the reason why it failed."""
    try:
        frame = run(connection, sql)
        if frame is not None:
            show(frame, format, None)
    except OnrecordError as error:
        print(error, file=sys.stderr)


def words(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """What is completed: views, their columns, words of SQL."""
    names = connection.execute(
        "select distinct view_name from duckdb_views() where not internal union select distinct column_name"
        " from duckdb_columns() where not internal order by all"
    ).fetchall()
    return [row[0] for row in names] + list(KEYWORDS)


def _history() -> Path:
    state = os.environ.get("XDG_STATE_HOME")
    return (Path(state) if state else Path.home() / ".local" / "state") / "onrecord" / "history"
