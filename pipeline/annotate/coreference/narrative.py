"""The narrative of an article: its sentences without what stands in quotation marks, captions and links."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pipeline.annotate.asides import asides
from pipeline.annotate.attributions import lexicon
from pipeline.annotate.marks import quotations
from pipeline.annotate.parse import Parse
from pipeline.annotate.records import Mention

_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN", "VBG", "VB"})


@dataclass(frozen=True)
class Narrative:
    """A parse, with what of it is set apart and the number of each token's sentence, counted without that."""

    parse: Parse

    @cached_property
    def quoted(self) -> list[bool]:
        """Whether each token stands in double quotation marks."""
        return self._marked([(q.start, q.end) for q in quotations(self.parse.text) if q.double])

    @cached_property
    def aside(self) -> list[bool]:
        """Whether each token stands in a caption or a link to another story."""
        return self._marked(asides(self.parse.text))

    def _marked(self, spans: list[tuple[int, int]]) -> list[bool]:
        found = [False] * len(self.parse)
        for start, end in spans:
            first, last = self.parse.tokens_of(start, end)
            found[first:last] = [True] * max(0, last - first)
        return found

    @cached_property
    def sentence(self) -> list[int]:
        """The narrative sentence of each token; one that is quoted or set apart as a whole does not count."""
        found, number = [0] * len(self.parse), 0
        for first, last in self.parse.sentences:
            if not all(self.quoted[first:last]) and not self.aside[first]:
                number += 1
            found[first:last] = [number] * (last - first)
        return found

    def head_of(self, mention: Mention) -> int:
        """The head token of a mention: the one whose own head stands outside it."""
        first, last = self.parse.tokens_of(mention.start, mention.end)
        last = min(max(last, first + 1), len(self.parse))
        for token in range(last - 1, first - 1, -1):
            if not first <= self.parse.heads[token] < last or self.parse.heads[token] == token:
                return token
        return min(first, len(self.parse) - 1)

    def speaks(self, first: int, last: int, head: int) -> bool:
        """Whether the phrase of tokens `first` to `last` (exclusive) with its head is the subject of a verb of speech.

        Beside quotation marks the parse is often wrong, so that a verb of speech right before or after the
        phrase will do there.
        """
        parse = self.parse
        if parse.labels[head] in {"nsubj", "nsubjpass"} and self._is_speech(parse.heads[head]):
            return True
        after = last
        while after < len(parse) and parse.tags[after].startswith("RB"):
            after += 1
        if after < len(parse) and parse.segment_of[after] == parse.segment_of[head] and parse.tags[after] in {"VBD", "VBZ"}:
            return self._is_speech(after)
        return (
            first > 0
            and parse.segment_of[first - 1] == parse.segment_of[head]
            and parse.tags[first - 1] in {"VBD", "VBZ"}
            and self._is_speech(first - 1)
            and (first < 2 or self.quoted[first - 2])
        )

    def _is_speech(self, verb: int) -> bool:
        if self.parse.tags[verb] not in _FINITE:
            return False
        cue = lexicon.verbs().get(self.parse.lemmas[verb])
        return cue is not None and cue.speech
