"""Attributed content as regions of tokens: which words stand in whose mouth, and through whose.

Built on the attributions and the quotes alone: an attribution gives content, source and cue; a quote that rests
on no attribution (its speaker is carried over from the quote before) gives the same.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from pipeline.annotate.claims import screening
from pipeline.annotate.claims.grammar import is_background
from pipeline.annotate.parse import Parse
from pipeline.annotate.records import Attribution, LocalEntity, Mention, Quote

#: Types of mention that can be a source.
_SPEAKERS = frozenset({"PERSON", "ORG", "GPE", "NORP", "MEDIA", "PLATFORM", "OTHER"})
#: Tokens of a mention beyond this many are not looked up.
_LONGEST_MENTION = 200
#: How deep attributions may stand in one another.
DEEPEST = 6


@dataclass(slots=True)
class Content:
    """Words that are given to a source. Ranges of tokens end exclusively."""

    pieces: list[tuple[int, int]]
    spans: list[tuple[int, int]]
    form: str
    assertive: bool
    speech: bool
    source: tuple[int, int] | None = None
    source_head: int | None = None
    entity: int | None = None
    name: str | None = None
    cue: tuple[int, int] | None = None
    cue_head: int | None = None
    cue_lemma: str | None = None
    quote: int | None = None
    parent: int | None = None
    size: int = 0
    tokens: frozenset[int] = field(default_factory=frozenset)


class Contents:
    """All attributed content of an article, and for each token the innermost one it stands in (-1: none)."""

    def __init__(
        self,
        parse: Parse,
        attributions: list[Attribution],
        quotes: list[Quote],
        mentions: list[Mention],
        entities: list[LocalEntity],
    ) -> None:
        self.parse = parse
        self.entities = entities
        self.mention_at = _by_token(parse, mentions)
        rumours = screening.rumours(parse)
        spread = {rumour.source_head for rumour in rumours}
        self.all: list[Content] = [
            self._of_attribution(attribution)
            for attribution in [*(a for a in attributions if a.cue_head not in spread), *rumours]
            if screening.is_claimed(parse, attribution, self._is_named(attribution))
        ]
        for content in self.all:
            self._place(content)
        self._add_quotes(quotes)
        self.innermost = [-1] * len(parse)
        order = sorted(range(len(self.all)), key=lambda k: (-self.all[k].size, k))
        for number in order:
            content = self.all[number]
            if not content.tokens:
                continue
            above = self.innermost[min(content.tokens)]
            if above >= 0 and content.tokens <= self.all[above].tokens and len(self.chain(above)) < DEEPEST:
                content.parent = above
            else:
                content.parent = None
            for token in content.tokens:
                self.innermost[token] = number

    def _tokens(self, span: tuple[int, int]) -> tuple[int, int]:
        return self.parse.tokens_of(*span)

    def _place(self, content: Content) -> None:
        """Fill in the tokens of a content's characters."""
        content.pieces = [piece for piece in map(self._tokens, content.spans) if piece[0] < piece[1]]
        tokens = {t for first, last in content.pieces for t in range(first, last)}
        if not content.assertive:  # what was asked does not hold what had happened before
            for token in sorted(tokens):
                if is_background(self.parse, token):
                    tokens.difference_update(range(self.parse.left_edge(token), self.parse.right_edge(token) + 1))
        content.tokens = frozenset(tokens)
        content.size = len(content.tokens)

    def _of_attribution(self, attribution: Attribution) -> Content:
        content = Content(
            [], list(attribution.spans), attribution.form, screening.is_assertive(self.parse, attribution),
            attribution.speech,
            attribution.source, attribution.source_head, cue=attribution.cue, cue_head=attribution.cue_head,
            cue_lemma=attribution.cue_lemma,
        )  # fmt: skip
        shown = screening.shown_by(self.parse, attribution)
        if shown is not None:
            content.source_head = shown
            content.source = self.parse.span(self.parse.left_edge(shown), shown + 1)
        if content.source is not None:
            content.entity = self.entity_in(*content.source, content.source_head)
        if content.entity is not None:
            content.name = self.entities[content.entity].canonical_name
        return content

    def _is_named(self, attribution: Attribution) -> bool:
        source, head = attribution.source, attribution.source_head
        if source is None or head is None:
            return source is not None and self.entity_in(*source) is not None
        return head in self.mention_at and self.mention_at[head].type in _SPEAKERS

    def _add_quotes(self, quotes: list[Quote]) -> None:
        """Give each content its quote, and add the quotes that rest on no attribution."""
        tokens = [frozenset(t for span in quote.spans for t in range(*self._tokens(span))) for quote in quotes]
        quote_at: dict[int, int] = {}
        for number in sorted(range(len(quotes)), key=lambda k: (-len(tokens[k]), k)):
            quote_at.update(dict.fromkeys(tokens[number], number))
        resting: dict[int, list[Content]] = {}
        for content in self.all:
            counts = Counter(quote_at[token] for token in content.tokens if token in quote_at)
            number, common = min(counts.items(), key=lambda item: (-item[1], item[0]), default=(-1, 0))
            if content.speech and common and 2 * common >= content.size:
                content.quote = number
                resting.setdefault(number, []).append(content)
        for number, quote in enumerate(quotes):
            own = tokens[number]
            twin = max(resting.get(number, []), key=lambda content: len(own & content.tokens), default=None)
            if twin is not None:
                if twin.source is None or (
                    quote.speaker_start is not None and quote.speaker_end is not None
                    and _share([twin.source], [(quote.speaker_start, quote.speaker_end)]) > 0
                ):  # fmt: skip
                    self._take_speaker(twin, quote)
                if not own <= twin.tokens:
                    twin.spans = _union(twin.spans, quote.spans)
                    self._place(twin)
            elif quote.type != "indirect":
                content = Content([], list(quote.spans), "quote", True, True, quote=number)
                if quote.cue_start is not None and quote.cue_end is not None:
                    content.cue = (quote.cue_start, quote.cue_end)
                    content.cue_lemma = quote.cue_lemma
                    first, last = self._tokens(content.cue)
                    content.cue_head = next(
                        (t for t in range(first, last) if self.parse.heads[t] not in range(first, last)), None
                    )
                self._take_speaker(content, quote)
                self._place(content)
                self.all.append(content)

    def _take_speaker(self, content: Content, quote: Quote) -> None:
        if content.source is None and quote.speaker_start is not None and quote.speaker_end is not None:
            content.source = (quote.speaker_start, quote.speaker_end)
        if quote.speaker_entity is not None:
            content.entity = quote.speaker_entity
        if quote.speaker_name is not None:
            content.name = quote.speaker_name

    def entity_in(self, start: int, end: int, head: int | None = None) -> int | None:
        """The entity of the mention that holds token `head`, or else of the first mention within the characters."""
        tokens = range(*self.parse.tokens_of(start, end)) if head is None else (head,)
        return next((self.mention_at[token].entity for token in tokens if token in self.mention_at), None)

    def chain(self, number: int) -> list[int]:
        """Content `number` and those around it, outermost first."""
        found: list[int] = []
        current: int | None = number if number >= 0 else None
        while current is not None and current not in found:
            found.append(current)
            current = self.all[current].parent
        return found[::-1]


def _by_token(parse: Parse, mentions: list[Mention]) -> dict[int, Mention]:
    """For each token the shortest resolved mention that it stands in."""
    found: dict[int, Mention] = {}
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start)):
        if mention.entity is not None:
            first, last = parse.tokens_of(mention.start, mention.end)
            found.update(dict.fromkeys(range(first, min(last, first + _LONGEST_MENTION)), mention))
    return found


def _share(spans: list[tuple[int, int]], others: list[tuple[int, int]]) -> float:
    """The share of the characters of `spans` that stand in `others`."""
    total = sum(end - start for start, end in spans)
    common = sum(max(0, min(end, to) - max(start, first)) for start, end in spans for first, to in others)
    return common / total if total else 0.0


def _union(spans: list[tuple[int, int]], others: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted([*spans, *others]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
