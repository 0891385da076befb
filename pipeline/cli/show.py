"""`onrecord show`: one row in its place."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.options import DIST, Debug, Dist, Json, Release
from pipeline.cli.query import Raw
from pipeline.cli.results import cell, plain, printable

if TYPE_CHECKING:
    from pipeline.release.place import Place

#: Spans that are coloured inside the paragraph: columns of start and end, and the style.
MARKS = (
    ("start", "end", "bold yellow"),
    ("speaker_start", "speaker_end", "bold cyan"),
    ("claimant_start", "claimant_end", "bold cyan"),
    ("cue_start", "cue_end", "bold magenta"),
)
#: Columns that are shown apart from the list of values.
APART = {"text", "start", "end", "spans", "offsets", "removed", "blocks"}


def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="Id of a row of any table.")],
    release: Release = None,
    text: Annotated[bool, typer.Option("--text/--no-text", help="Show withheld texts from the local store.")] = True,
    raw: Raw = None,
    dist: Dist = DIST,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Show a row in its paragraph, with speaker and cue, links, and the raw bytes that it comes from."""
    from pipeline.release.open import lock, open_release
    from pipeline.release.place import find

    connection = open_release(dist, release, text=text, raw=raw or ())
    lock(connection, dist)
    found = find(connection, name)
    if json:
        typer.echo(plain({"table": found.table, "row": found.row, "raw_bytes": found.raw, "names": found.names}))
        return
    _print(found, name)


def _print(found: Place, name: str) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 160)
    article: dict[str, Any] = found.article or {}
    console.print(Text(f"{found.table} {name}", style="bold"))
    if found.paragraph and article.get("text"):
        console.print(_marked(article["text"], found))
    elif found.row.get("text"):
        console.print(Text("\n".join(map(printable, found.row["text"][:2_000].split("\n")))))
    elif "text" in found.row:
        console.print(Text("the text is withheld, and not in the local store: give --raw PATH", style="dim"))
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    for column, value in found.row.items():
        if column in APART or value is None or value == []:
            continue
        known = found.names.get(value) if isinstance(value, str) else None
        table.add_row(column, cell(value) + (f"  {printable(known)}" if known else ""))
    console.print(table)
    if found.row.get("start") is not None:
        console.print(f"characters {found.row['start']:,} to {found.row['end']:,} of {article.get('text_chars', 0):,}")
    if article:
        at = f", bytes {found.raw[0]:,} to {found.raw[1]:,}" if found.raw else ""
        console.print(printable(f"from {article['raw_name']}{at} (SHA-256 {article['raw_sha256'][:12]})"))
        if found.table != "articles":
            console.print(printable(f"in {article['article_id']}: {article['title'] or ''} {article['url'] or ''}"))


def _marked(text: str, found: Place) -> Any:
    """The paragraph with the row, its speaker and its cue in colour; escapes keep every offset's own characters."""
    from rich.text import Text

    begin, stop = found.paragraph or (0, 0)
    shown = Text()
    styles: dict[int, str] = {}
    for first, last, style in MARKS:
        if found.row.get(first) is not None and found.row.get(last) is not None:
            styles |= dict.fromkeys(range(found.row[first], found.row[last]), style)
    for place in range(begin, min(stop, len(text))):
        character = text[place] if text[place] == "\n" else printable(text[place])
        shown.append(character, style=styles.get(place, ""))
    return shown
