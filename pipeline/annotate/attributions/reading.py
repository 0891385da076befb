"""A parse read together with its quotation marks: what every finder of attributions works on."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from pipeline.annotate.marks import quotations
from pipeline.annotate.parse import Parse

#: Tags of tokens that never stand at the edge of content or of a source.
EDGE_TAGS = frozenset({",", ".", ":", "``", "''", "-LRB-", "-RRB-", "HYPH", "_SP"})
#: Tags of verbs with a tense, and of what makes a clause finite: those and modals.
TENSED = frozenset({"VBD", "VBZ", "VBP"})
FINITE = TENSED | {"MD"}

_DASHES = frozenset({"—", "–", "--", "-", "―", "---"})
_DATELINE_TAGS = frozenset({",", "-LRB-", "-RRB-", "CD", ".", "HYPH", ":"})
_LONGEST_DATELINE = 12


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch in quotation marks as tokens `first` to `last` (exclusive), marks left out, and its characters."""

    first: int
    last: int
    start: int
    end: int
    closed: bool
    continues: bool
    double: bool


@dataclass(slots=True)
class Draft:
    """An attribution in the making. Ranges are token ranges, the end exclusive."""

    cue_head: int
    cue: tuple[int, int]
    pieces: list[tuple[int, int]]
    form: str
    speech: bool
    source: tuple[int, int] | None = None
    source_head: int | None = None
    assertive: bool = True
    content_head: int | None = None
    lemma: str | None = None
    clause: tuple[int, int] | None = None  #: the cue with its source and modifiers
    quoted: list[int] = field(default_factory=list)  #: the stretches in marks that it holds


class Reading:
    """A parse, its stretches in quotation marks, and the stretch that each token stands in (-1: none)."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.quoted: list[Quoted] = []
        self.inside: list[int] = [-1] * len(parse)
        self.is_mark: list[bool] = [False] * len(parse)
        for mark in quotations(parse.text):
            first, last = parse.tokens_of(mark.inner_start, mark.inner_end)
            first = max(first, parse.token_at(mark.start))
            last = min(last, len(parse))
            outer_first, outer_last = parse.tokens_of(mark.start, mark.end)
            while first < last and parse.starts[first] < mark.inner_start:
                first += 1
            while last > first and parse.ends[last - 1] > mark.inner_end:
                last -= 1
            if first >= last:
                continue
            number = len(self.quoted)
            self.quoted.append(Quoted(first, last, mark.start, mark.end, mark.closed, mark.continues, mark.double))
            for token in range(first, last):
                self.inside[token] = number
            for token in [*range(outer_first, first), *range(last, min(outer_last, len(parse)))]:
                self.is_mark[token] = True
        self._quoting = {parse.segment_of[quoted.first] for quoted in self.quoted}

    @cached_property
    def surnames(self) -> frozenset[str]:
        """The last words of the names of persons, in lower case."""
        lower = self.parse.lower
        return frozenset(lower[name.end - 1] for name in self.parse.names if name.label == "PERSON")

    def has_quotation(self, token: int) -> bool:
        """Whether the segment of `token` or the one after it holds a quotation."""
        return not self._quoting.isdisjoint((self.parse.segment_of[token], self.parse.segment_of[token] + 1))

    def sentence(self, token: int) -> tuple[int, int]:
        """The token range of the sentence that `token` stands in."""
        return self.parse.sentences[self.parse.sentence_of[token]]

    def within_marks(self, token: int) -> bool:
        """Whether `token` stands in a quotation."""
        return self.inside[token] >= 0

    def opening(self, token: int) -> int:
        """The first token of the sentence of `token`, after a dateline ("OSLO, Norway (AP) — ")."""
        first, last = self.sentence(token)
        if first != self.parse.segments[self.parse.segment_of[token]][0]:
            return first
        for place in range(first, min(first + _LONGEST_DATELINE, last, token)):
            if self.parse.words[place] in _DASHES:
                return place + 1 if place > first and self.parse.words[first][:1].isupper() else first
            if not (self.parse.tags[place].startswith("NNP") or self.parse.tags[place] in _DATELINE_TAGS):
                return first
        return first

    def is_edge(self, token: int) -> bool:
        """Whether `token` is punctuation that is cut from the ends of spans."""
        return (
            self.is_mark[token]
            or self.parse.tags[token] in EDGE_TAGS
            or not any(character.isalnum() or character in "$€£%#@&" for character in self.parse.words[token])
        )

    def trim(self, first: int, last: int) -> tuple[int, int] | None:
        """The range without punctuation at its ends, or None where nothing is left."""
        while first < last and self.is_edge(first):
            first += 1
        while last > first and self.is_edge(last - 1):
            last -= 1
        return (first, last) if first < last else None

    def only_punctuation(self, first: int, last: int) -> bool:
        """Whether nothing but punctuation stands from `first` to `last`."""
        return all(self.is_edge(token) for token in range(first, last))
