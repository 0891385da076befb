"""What `onrecord clean` shows and writes."""

from __future__ import annotations

import io
import json

from pipeline.ingest.show import as_json_line, removed_rows, render
from tests.ingest_text.accounting import BODY, cleaned

TEXT = f"# Cracks close both piers\n\nMarch 5, 2021\n\n{BODY}\n\nAFP contributed reporting.\n"


def test_a_line_of_json():
    line = json.loads(json.dumps(as_json_line(cleaned(TEXT), "own")))
    assert (line["file_id"], line["title"]) == ("own", "Cracks close both piers")
    assert line["published_at"] == "2021-03-05T00:00:00+00:00"
    assert line["text"] == f"Cracks close both piers\n\n{BODY}"
    assert line["agencies"] == [{"name": "AFP", "role": "contributed"}]


def test_what_was_removed_and_why():
    assert removed_rows(cleaned(TEXT), TEXT.encode()) == [
        ("markdown_heading_marker", 0, 2, "# "),
        ("dateline_date", 27, 40, "March 5, 2021"),
        ("agency_credit", len(TEXT) - 27, len(TEXT) - 1, "AFP contributed reporting."),
    ]


def test_the_terminal_shows_blocks_reasons_and_evidence():
    from rich.console import Console

    console = Console(file=io.StringIO(), width=200)
    console.print(render(cleaned(TEXT), TEXT.encode()))
    shown = console.file.getvalue()
    for part in ("Cracks close both piers", "visible_date: March 5, 2021", "agency_credit", "AFP (contributed)"):
        assert part in shown


def test_nothing_in_a_text_commands_the_terminal_or_rich():
    from rich.console import Console

    text = f"{BODY}\n\nThe sign said [bold red]stop[/] and \x1b[2J.\n\n[/not a tag]"
    console = Console(file=io.StringIO(), width=200)
    console.print(render(cleaned(text), text.encode()))
    assert "[bold red]stop[/]" in console.file.getvalue()
    assert "\x1b" not in console.file.getvalue()
