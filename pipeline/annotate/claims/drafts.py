"""From propositions and attributed content to drafts of claims: which words each claim is made of.

At each level (the narrator's, and each content's) a word belongs to the nearest proposition above it that
stands at that level, so that the claims of one content cover all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from pipeline.annotate.claims import headlines
from pipeline.annotate.claims.clauses import Clauses
from pipeline.annotate.claims.contents import Contents
from pipeline.annotate.claims.edges import trim
from pipeline.annotate.claims.grammar import is_question
from pipeline.annotate.parse import Parse

#: Forms of attribution whose cue says no more than that the source said it.
REPORTING = frozenset({"clause", "inserted", "colon", "quote", "according_to"})
#: Brackets and marks that come in pairs.
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ('"', '"'), ("«", "»"))


@dataclass(slots=True)
class Draft:
    """A claim in the making: the word that heads it, the content it stands in (-1: the narrator's) and its words."""

    head: int
    content: int
    tokens: list[int]
    kind: str


def find(parse: Parse, contents: Contents, clauses: Clauses) -> list[Draft]:
    """The drafts of an article, in order of their first word."""
    groups: dict[tuple[int, int], list[int]] = {}
    rest: dict[tuple[int, int], list[int]] = {}
    silent = _silent(contents, clauses)
    cut = _cut(parse, contents)
    datelines = headlines.datelines(parse)
    for token in range(len(parse)):
        if token in datelines:
            continue
        inside, owner = contents.innermost[token], clauses.owner[token]
        if inside < 0 and owner >= 0 and contents.innermost[owner] < 0 and not clauses.propositions[owner].restated:
            # the common case: the narrator's word in the narrator's proposition
            if owner not in silent and (token, owner) not in cut and (token, -1) not in cut:
                groups.setdefault((-1, owner), []).append(token)
            continue
        for level in [-1, *contents.chain(inside)]:
            if level >= 0 and not contents.all[level].assertive:
                continue
            for owner in _owners(parse, contents, clauses, token, level):
                if level < 0 and (owner in silent or (token, owner) in cut or (token, -1) in cut):
                    continue
                groups.setdefault((level, owner), []).append(token)
                break
            else:
                if level >= 0:
                    rest.setdefault((level, parse.sentence_of[token]), []).append(token)
            _restate(parse, contents, clauses, token, level, groups, silent)
    drafts = [
        Draft(owner, level, sorted(set(tokens)), clauses.propositions[owner].kind)
        for (level, owner), tokens in groups.items()
    ]
    drafts += _remainders(parse, rest, drafts)
    drafts = [draft for draft in drafts if trim(parse, draft) and not _is_asked(parse, draft)]
    clausal = {tuple(draft.tokens) for draft in drafts if draft.kind != "phrase"}
    # content that holds nothing but the content of another attribution says nothing of its own
    drafts = [draft for draft in drafts if draft.kind != "phrase" or tuple(draft.tokens) not in clausal]
    return sorted(drafts, key=lambda draft: (draft.tokens[0], draft.tokens[-1], draft.content, draft.head))


def _owners(parse: Parse, contents: Contents, clauses: Clauses, token: int, level: int) -> list[int]:
    """The nearest proposition above `token` that stands at `level` (a list of at most one)."""
    owner = clauses.owner[token]
    steps = 0
    while owner >= 0 and steps < 64:
        if contents.innermost[owner] == level:
            return [owner]
        if level >= 0 and owner not in contents.all[level].tokens:
            return []
        above = parse.heads[owner]
        owner = clauses.owner[above] if above != owner else -1
        steps += 1
    return []


def _restate(
    parse: Parse,
    contents: Contents,
    clauses: Clauses,
    token: int,
    level: int,
    groups: dict[tuple[int, int], list[int]],
    silent: frozenset[int],
) -> None:
    """Words of a proposition that is restated in the one around it belong to both."""
    owner = clauses.owner[token]
    while owner >= 0 and clauses.propositions[owner].restated and parse.heads[owner] != owner:
        noun = parse.heads[owner]
        around = clauses.owner[noun]
        if contents.innermost[owner] == level:
            first, last = parse.left_edge(noun), noun
            groups.setdefault((level, owner), []).extend(
                t for t in range(first, last + 1) if contents.innermost[t] == level or level < 0
            )
        if around >= 0 and contents.innermost[around] == level and around not in silent:
            groups.setdefault((level, around), []).append(token)
        owner = around if around != owner else -1


def _silent(contents: Contents, clauses: Clauses) -> frozenset[int]:
    """Propositions that only say that a source said something: their content is the claim, not they."""
    return frozenset(
        content.cue_head
        for content in contents.all
        if content.cue_head in clauses.propositions
        and content.cue_head is not None
        and (content.assertive or content.form == "inserted")
        and content.form in REPORTING
        and content.tokens
    )


def _cut(parse: Parse, contents: Contents) -> frozenset[tuple[int, int]]:
    """Words of content that leave the proposition of their cue: "of hiding debts" in "accused him of hiding debts"."""
    found: set[tuple[int, int]] = set()
    for content in contents.all:
        cue = content.cue_head
        if cue is None:
            continue
        if content.form == "rumour":
            found.update((token, cue) for token in content.tokens)
        if parse.tags[cue] == "VBG" and parse.labels[cue] in {"acl", "advcl"} and content.form in {"phrase", "clause"}:
            # "a photo showing ...": the photo is told of without what it shows
            first = parse.left_edge(cue)
            found.update((token, -1) for token in {*content.tokens, *range(first, cue + 1)})
        if content.form != "phrase":
            continue
        for child in parse.children[cue]:
            if parse.labels[child] == "prep" and any(parse.labels[c] == "pcomp" for c in parse.children[child]):
                found.update((token, cue) for token in parse.subtree(child) if token in content.tokens)
    return frozenset(found)


def _remainders(parse: Parse, rest: dict[tuple[int, int], list[int]], drafts: list[Draft]) -> list[Draft]:
    """Content words without a proposition: they join the claim beside them, or make one of their own."""
    beside: dict[tuple[int, int], Draft] = {}
    for draft in drafts:
        beside.setdefault((draft.content, parse.sentence_of[draft.head]), draft)
    found = []
    for (level, sentence), tokens in rest.items():
        neighbour = beside.get((level, sentence))
        if neighbour is not None:
            neighbour.tokens = sorted({*neighbour.tokens, *tokens})
        elif not is_question(parse, parse.sentences[sentence]) and any(
            parse.words[token][:1].isalnum() for token in tokens
        ):
            inside = set(tokens)
            head = next((token for token in tokens if parse.heads[token] not in inside), tokens[0])
            found.append(Draft(head, level, tokens, "phrase"))
    return found


def _is_asked(parse: Parse, draft: Draft) -> bool:
    """Whether a draft is a question in quotation marks inside a longer sentence: `"Where is it?" he asked.`"""
    last = draft.tokens[-1] + 1
    return draft.content >= 0 and last < len(parse) and parse.words[last] in {"?", "?!", "!?"}


def spans(parse: Parse, tokens: list[int]) -> list[tuple[int, int]]:
    """The characters of tokens: runs, joined over punctuation between them, without the commas around a gap."""
    runs: list[list[int]] = []
    for token in tokens:
        if runs and all(
            not any(character.isalnum() for character in parse.words[between])
            for between in range(runs[-1][1] + 1, token)
        ):
            runs[-1][1] = token
        else:
            runs.append([token, token])
    for before, after in pairwise(runs):
        if parse.words[before[1]] == "," and before[1] > before[0]:
            before[1] -= 1
        if parse.words[after[0]] == "," and after[0] < after[1]:
            after[0] += 1
    return [_balanced(parse.text, parse.starts[first], parse.ends[last]) for first, last in runs]


def _balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with a closing bracket or mark right behind it taken in where it was opened inside."""
    for opening, closing in _PAIRS:
        if end < len(text) and text[end] == closing:
            inside = text[start:end]
            unclosed = (
                inside.count(opening) % 2 == 1 if opening == closing else inside.count(opening) > inside.count(closing)
            )
            if unclosed:
                end += 1
    return start, end
