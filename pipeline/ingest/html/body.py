"""Body: what trafilatura takes for the article, as blocks of text with the kind that the markup gives them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

#: Elements in elements; the deepest real pages have some 80.
MAX_DEPTH = 500
#: Elements of trafilatura's output that are blocks of text by themselves.
_KINDS = {"head": "crosshead", "p": "paragraph", "quote": "paragraph", "code": "paragraph", "item": "list_item"}
_CONTAINERS = {"body", "div", "list", "table"}
#: What stands between two cells of a table's row.
CELL = "\t"


class BodyBlock(NamedTuple):
    """A block of extracted text and the kind its markup says it is: paragraph, crosshead or list_item."""

    kind: str
    text: str


def blocks_of(tree: Any, favour_recall: bool = False) -> list[BodyBlock]:
    """The body blocks of a parsed page; none where nothing is found. The tree is left as it is.

    `favour_recall`: take more, for pages where the first try took little.
    """
    from lxml.etree import LxmlError
    from trafilatura import bare_extraction

    try:
        document = bare_extraction(tree, include_comments=False, include_tables=True, favor_recall=favour_recall)
    except (LxmlError, RecursionError):  # markup nested beyond what the libraries follow
        return []
    if document is None or isinstance(document, dict) or document.body is None:
        return []
    return [block for block in _blocks(document.body, "paragraph") if block.text]


def _blocks(element: Any, kind: str) -> Iterator[BodyBlock]:
    """The blocks in an element of the output, text that stands beside blocks included."""
    parts: list[str] = [element.text or ""]
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag == "row":
            yield from _flush(parts, kind)
            cells = [" ".join(" ".join(cell.itertext()).split()) for cell in child]
            yield BodyBlock("list_item", CELL.join(cell for cell in cells if cell))
        elif tag in _KINDS or tag in _CONTAINERS:
            yield from _flush(parts, kind)
            inner = _KINDS.get(tag, kind)
            yield from _blocks(child, "list_item" if kind == "list_item" and inner == "paragraph" else inner)
        elif tag == "lb":
            yield from _flush(parts, kind)
        else:
            parts.append("".join(child.itertext()))
        parts.append(child.tail or "")
    yield from _flush(parts, kind)


def _flush(parts: list[str], kind: str) -> Iterator[BodyBlock]:
    text = " ".join("".join(parts).split())
    parts.clear()
    if text:
        yield BodyBlock(kind, text)


def parsed(source: str) -> Any:
    """The page as a tree, or a fragment of one as the body of a page; None where there is nothing to parse."""
    from trafilatura import load_html

    tree = load_html(source)
    if tree is None and source.strip():  # one paragraph alone, as feeds have it, is taken for no page
        tree = load_html(f"<html><head></head><body>{source}</body></html>")
    return tree


def is_too_deep(tree: Any) -> bool:
    """Whether elements are nested deeper than `MAX_DEPTH`: extractors take quadratic time there."""
    from lxml.etree import iterwalk

    depth = 0
    for event, _ in iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            return True
    return False
