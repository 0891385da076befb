"""Body: the blocks of an article's text told apart, and its falsely broken paragraphs joined."""

from __future__ import annotations

import re

from pipeline.ingest.edits import Draft, DraftBlock, Edit
from pipeline.ingest.shapes import ends_sentence, is_headline, words

_MARK = re.compile(r"(?P<sure>(?:[•·●▪‣◦⦁►➤✓]\s*)+)|(?P<dash>(?:[-–*+]\s+)+)|(?P<number>\d{1,3}[.)]\s+)")
_CROSSHEAD_WORDS = 12
_CROSSHEAD_LETTERS = 90
#: The paragraph under a crosshead has at least so many characters.
_UNDER_CROSSHEAD = 80
#: A line that ends no sentence and has more words than this is no headline.
_HEADLINE_WORDS = 14
_FEWEST_WORDS = 8
#: A speaker's name in a transcript.
_TURN = re.compile(r"(?:[A-Z][A-Z.'’ -]+|[QA]):\s|[^:]*:$")
#: Words that want another one after them: no paragraph and hardly a headline ends in one.
_WANTING = frozenset(
    {"a", "an", "the", "of", "and", "or", "nor", "than", "from", "into", "onto", "upon", "toward", "towards", "between",
     "among", "amid", "against", "during", "via", "per", "versus", "outside", "inside", "near", "beside", "beneath",
     "throughout", "concerning", "regarding", "including", "whose", "because", "although", "whereas", "while", "unless",
     "my", "your", "its", "our", "their", "every"}
)  # fmt: skip


def with_body(draft: Draft) -> tuple[Draft, int]:
    """The draft with every open block a paragraph, crosshead or list item; and how many broken ones were joined."""
    draft = _with_list_items(draft)
    draft, joined = _joined(draft)
    _crossheads(draft)
    for block in draft.blocks:
        if block.kind is None:
            block.kind = block.hint if block.hint in {"list_item", "crosshead"} else "paragraph"
            if block.hint and block.hint.startswith("heading"):
                block.kind = "crosshead"
    return draft, joined


def _with_list_items(draft: Draft) -> Draft:
    """List items without their bullets; a dash, star or number makes an item only beside another one."""
    kinds = [_mark(draft, block) for block in draft.blocks]
    edits = []
    for index, (block, mark) in enumerate(zip(draft.blocks, kinds, strict=True)):
        if mark is None:
            continue
        beside = {one.lastgroup for one in (*kinds[max(0, index - 1) : index], *kinds[index + 1 : index + 2]) if one}
        if mark.lastgroup != "sure" and mark.lastgroup not in beside:
            continue
        block.kind = "list_item"
        if mark.lastgroup != "number":
            edits.append(Edit(block.start, block.start + mark.end(), "list_marker"))
    return draft.replace(edits)


def _mark(draft: Draft, block: DraftBlock) -> re.Match[str] | None:
    if block.kind is not None or (block.hint and block.hint != "list_item"):
        return None
    match = _MARK.match(draft.block_text(block))
    return match if match and match.end() < block.end - block.start else None


def _joined(draft: Draft) -> tuple[Draft, int]:
    """The draft with paragraphs joined over false breaks, and over whatever was taken out in between."""
    text = draft.text
    edits: list[Edit] = []
    blocks: list[DraftBlock] = []
    place = -1  #: of the last block that stays, so far
    for block in draft.blocks:
        last = blocks[place] if place >= 0 else None
        is_plain = block.kind is None and last is not None and last.kind is None and not (block.hint or last.hint)
        if is_plain and last and _runs_on(text[last.start : last.end], text[block.start : block.end]):
            between = blocks[place + 1 :]
            edits.append(Edit(last.end, [*between, block][0].start, "false_paragraph_break", " "))
            for one, following in zip(between, [*between, block][1:], strict=True):
                edits.append(Edit(one.start, one.end, str(one.kind)))
                edits.append(Edit(one.end, following.start, "space"))
            del blocks[place + 1 :]
            last.end = block.end
            continue
        blocks.append(block)
        if block.kind in {None, "title", "subtitle", "list_item"}:
            place = len(blocks) - 1
    return Draft(draft.edited, blocks).replace(edits), sum(edit.kind == "false_paragraph_break" for edit in edits)


def _runs_on(text: str, following: str) -> bool:
    """Whether a sentence runs on from one block into the next.

    By syntax, not by case, for the next block may begin with a name: the first one ends in a word that wants another,
    or it is longer than a headline, ends no sentence, and the next one begins in lower case. The next must end one.
    """
    if text[0].islower():  # one of the items of a list
        return False
    if ends_sentence(text) or not ends_sentence(following) or following[0] in "-–—*•>|#([":
        return False
    last = text.rsplit(None, 1)[-1]
    count = len(text.split())
    if count < _FEWEST_WORDS or not (last[-1].isalnum() or last[-1] == ","):
        return False
    if last in _WANTING and not _is_title_case(text):
        return True
    if count <= _HEADLINE_WORDS:
        return False
    return following[0].islower()


def _is_title_case(text: str) -> bool:
    """Whether most of the longer words begin with a capital, as in a headline."""
    longer = [word for word in words(text) if len(word) > 3]
    return sum(word[0].isupper() for word in longer) > 0.6 * len(longer)


def _crossheads(draft: Draft) -> None:
    """Short lines between paragraphs that end no sentence, and short questions, head what follows them."""
    text = draft.text
    kept = [block for block in draft.blocks if block.kind in {None, "title", "subtitle", "list_item"}]
    for before, block, after in zip(kept, kept[1:], kept[2:], strict=False):
        if block.kind is not None or block.hint or after.kind == "title":
            continue
        line, following = text[block.start : block.end], text[after.start : after.end]
        if after.kind is None and (len(following) < _UNDER_CROSSHEAD or not ends_sentence(following)):
            continue
        if _may_head(line) and _may_precede(text[before.start : before.end], before):
            block.kind = "crosshead"


def _may_head(line: str) -> bool:
    if len(line) > _CROSSHEAD_LETTERS or not is_headline(line, _CROSSHEAD_WORDS) or _TURN.match(line):
        return False
    if ends_sentence(line) and not line.endswith("?"):
        return False
    return not line.startswith(("@", "(", "["))


def _may_precede(text: str, block: DraftBlock) -> bool:
    """Whether a crosshead may follow this block: a paragraph that is complete, a list, or the head."""
    return block.kind is not None or ends_sentence(text)
