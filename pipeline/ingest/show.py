"""Show: what cleaning made of a raw file, for people to look at, and as the line that `onrecord clean` writes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from pipeline.ingest.records import Article

_STYLES = {"title": "bold cyan", "subtitle": "cyan", "crosshead": "bold", "list_item": "green", "paragraph": ""}
#: Characters of a removed run that are shown.
_SHOWN = 100


def as_json_line(article: Article, file_id: str) -> dict[str, Any]:
    """The article as `onrecord clean` writes it; `file_id` is the file's name without suffixes. Times in ISO 8601."""
    return {
        "file_id": file_id,
        "text": article.text,
        "title": article.title,
        "subtitle": article.subtitle,
        "published_at": _published(article),
        "published_precision": article.published_precision,
        "published_evidence": [{"kind": kind, "text": text} for kind, text in article.published_evidence],
        "modified_at": article.modified_at.isoformat() if article.modified_at else None,
        "authors": article.authors,
        "agencies": [{"name": name, "role": role} for name, role in article.agencies],
        "publisher": article.publisher,
        "url": article.url,
        "language": article.language,
        "language_confidence": article.language_confidence,
        "blocks": [{"kind": block.kind, "start": block.start, "end": block.end} for block in article.blocks],
        "notes": [{"kind": kind, "text": text} for kind, text in article.notes],
        "removed": [
            {"kind": run.kind, "raw_start": run.raw_start, "raw_end": run.raw_end}
            for run in article.removed
            if run.kind != "space"
        ],
        "flags": article.flags,
    }


def _published(article: Article) -> str | None:
    """The publication date in ISO 8601, in its evidence's own offset where that is the same moment."""
    if article.published_at is None:
        return None
    for _, text in article.published_evidence[:1]:
        try:
            stated = datetime.fromisoformat(text.strip())
        except ValueError:
            break
        if stated.tzinfo is not None and stated == article.published_at:
            return stated.isoformat()
    return article.published_at.isoformat()


def removed_rows(article: Article, payload: bytes) -> list[tuple[str, int, int, str]]:
    """What was taken out, white space aside: (kind, first byte, byte after the last, its characters)."""
    return [
        (
            run.kind,
            run.raw_start,
            run.raw_end,
            payload[run.raw_start : run.raw_end].decode(article.raw_encoding, "replace"),
        )
        for run in article.removed
        if run.kind != "space"
    ]


def metadata_rows(article: Article) -> list[tuple[str, str, str]]:
    """What is known of the article: (field, value, evidence); fields without a value are left out."""
    evidence = "; ".join(f"{kind}: {text}" for kind, text in article.published_evidence)
    published = article.published_at.isoformat() if article.published_at else "unknown"
    rows = [
        ("title", article.title, ""),
        ("subtitle", article.subtitle, ""),
        ("published", f"{published} ({article.published_precision})", evidence),
        ("modified", article.modified_at.isoformat() if article.modified_at else None, ""),
        ("authors", ", ".join(article.authors), ""),
        ("agencies", ", ".join(f"{name} ({role})" for name, role in article.agencies), ""),
        ("publisher", article.publisher, ""),
        ("url", article.url, ""),
        (
            "language",
            article.language,
            "" if article.language_confidence is None else f"score {article.language_confidence}",
        ),
        ("encoding", article.raw_encoding, ""),
        *((f"note: {kind}", text, "") for kind, text in article.notes),
        ("flags", ", ".join(article.flags), ""),
    ]
    return [(field, value, why) for field, value, why in rows if value]


def render(article: Article, payload: bytes) -> RenderableType:
    """The article for a terminal: its metadata with evidence, its blocks in colour, and what was taken out and why."""
    from rich.console import Group
    from rich.panel import Panel
    from rich.table import Table
    from rich.text import Text

    facts = Table(show_header=False, box=None, padding=(0, 1))
    for field, value, why in metadata_rows(article):
        facts.add_row(Text(field, style="dim"), Text(visible(value)), Text(visible(why), style="dim italic"))
    body = Text("\n\n").join(_block(article.text[one.start : one.end], one.kind) for one in article.blocks)
    removed = Table(title="removed", title_justify="left", expand=True)
    for column in ("kind", "bytes", "what stood there"):
        removed.add_column(column, no_wrap=column != "what stood there")
    for kind, start, end, text in removed_rows(article, payload):
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}… ({len(text)} characters)"
        removed.add_row(Text(kind, style="red"), f"{start}–{end}", Text(visible(repr(shown)[1:-1]), style="dim"))
    parts: list[RenderableType] = [facts, Panel(body, title=Text(visible(article.raw_name)))]
    return Group(*parts, removed) if removed.row_count else Group(*parts)


def _block(text: str, kind: str) -> Text:
    from rich.text import Text

    mark = "• " if kind == "list_item" else ""
    return Text(mark + visible(text), style=_STYLES.get(kind, ""))


def visible(text: str) -> str:
    """The text without characters that would command the terminal."""
    return "".join(character if character.isprintable() or character == "\n" else "\ufffd" for character in text)
