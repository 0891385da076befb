"""The one shared parse of an article: tokens, tags, heads, names, with character offsets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

#: Dependency labels of words that are part of a verb group rather than complements of it.
VERB_GROUP = frozenset({"aux", "auxpass", "neg", "prt"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name found by the parser's model: tokens `start` to `end` (exclusive) and its OntoNotes label."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Parse:
    """A text with one analysis of every token. All token indices are absolute, all offsets are into `text`.

    A *segment* is what the parser saw at once: a paragraph, or two of them where a paragraph break was
    found to be false. No sentence, head or name crosses a segment.
    """

    text: str
    starts: list[int]  #: character offset of each token
    ends: list[int]  #: character offset after each token
    words: list[str]  #: each token as it is written (markup inside it removed, capitals of headlines lowered)
    tags: list[str]  #: Penn Treebank part-of-speech tag of each token
    heads: list[int]  #: index of each token's head; a root is its own head
    labels: list[str]  #: dependency label of each token to its head (ClearNLP, as in spaCy)
    sentences: list[tuple[int, int]]  #: token range of each sentence
    segments: list[tuple[int, int]]  #: token range of each segment
    names: list[Name] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def lower(self) -> list[str]:
        """Each token in lower case."""
        return [word.lower() for word in self.words]

    @cached_property
    def lemmas(self) -> list[str]:
        """Each token's lemma, by rule from its word and tag."""
        from pipeline.annotate.lemmas import lemma

        return [lemma(word, tag) for word, tag in zip(self.words, self.tags, strict=True)]

    @cached_property
    def children(self) -> list[list[int]]:
        """The direct dependents of each token, left to right."""
        children: list[list[int]] = [[] for _ in self.starts]
        for index, head in enumerate(self.heads):
            if head != index:
                children[head].append(index)
        return children

    @cached_property
    def _edges(self) -> tuple[list[int], list[int]]:
        left, right = list(range(len(self))), list(range(len(self)))
        # Heads above which every dependent is done come first: each token passes its edges on once.
        waiting = [len(children) for children in self.children]
        ready = [index for index, count in enumerate(waiting) if count == 0]
        for index in ready:  # grows
            head = self.heads[index]
            if head == index:
                continue
            left[head] = min(left[head], left[index])
            right[head] = max(right[head], right[index])
            waiting[head] -= 1
            if waiting[head] == 0:
                ready.append(head)
        return left, right

    def left_edge(self, index: int) -> int:
        """First token of the subtree of token `index`."""
        return self._edges[0][index]

    def right_edge(self, index: int) -> int:
        """Last token (inclusive) of the subtree of token `index`."""
        return self._edges[1][index]

    @cached_property
    def sentence_of(self) -> list[int]:
        """The number of each token's sentence."""
        return [number for number, (first, last) in enumerate(self.sentences) for _ in range(first, last)]

    @cached_property
    def segment_of(self) -> list[int]:
        """The number of each token's segment."""
        return [number for number, (first, last) in enumerate(self.segments) for _ in range(first, last)]

    def ancestors(self, index: int) -> Iterator[int]:
        """The heads above token `index`, nearest first."""
        while self.heads[index] != index:
            index = self.heads[index]
            yield index

    def is_within(self, index: int, head: int) -> bool:
        """Whether token `index` is `head` or stands below it."""
        return index == head or head in self.ancestors(index)

    def subtree(self, index: int) -> list[int]:
        """Token `index` and all tokens below it, left to right."""
        found, stack = [], [index]
        while stack:
            token = stack.pop()
            found.append(token)
            stack.extend(self.children[token])
        return sorted(found)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Character offsets of tokens `first` to `last` (exclusive)."""
        return self.starts[first], self.ends[last - 1]

    def slice(self, first: int, last: int) -> str:
        """The text of tokens `first` to `last` (exclusive), as it stands."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    def token_at(self, offset: int) -> int:
        """The first token that ends after character `offset` (`len(self)` when there is none)."""
        from bisect import bisect_right

        return bisect_right(self.ends, offset)

    def tokens_of(self, start: int, end: int) -> tuple[int, int]:
        """The token range that characters `start` to `end` touch."""
        from bisect import bisect_left

        return self.token_at(start), bisect_left(self.starts, end)
