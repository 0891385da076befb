"""The narrative of an article: its sentences without what stands in quotation marks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pipeline.annotate.marks import quotations
from pipeline.annotate.parse import Parse
from pipeline.annotate.records import Mention


@dataclass(frozen=True)
class Narrative:
    """A parse, with what of it is quoted and the number of each token's sentence, counted without quoted ones."""

    parse: Parse

    @cached_property
    def quoted(self) -> list[bool]:
        """Whether each token stands in double quotation marks."""
        found = [False] * len(self.parse)
        for quotation in quotations(self.parse.text):
            if quotation.double:
                first, last = self.parse.tokens_of(quotation.start, quotation.end)
                found[first:last] = [True] * (last - first)
        return found

    @cached_property
    def sentence(self) -> list[int]:
        """The narrative sentence of each token; a sentence that is quoted as a whole does not count."""
        found, number = [0] * len(self.parse), 0
        for first, last in self.parse.sentences:
            if not all(self.quoted[first:last]):
                number += 1
            found[first:last] = [number] * (last - first)
        return found

    def head_of(self, mention: Mention) -> int:
        """The head token of a mention: the one whose own head stands outside it."""
        first, last = self.parse.tokens_of(mention.start, mention.end)
        last = max(last, first + 1)
        for token in range(min(last, len(self.parse)) - 1, first - 1, -1):
            if not first <= self.parse.heads[token] < last or self.parse.heads[token] == token:
                return token
        return min(first, len(self.parse) - 1)
