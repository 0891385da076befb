"""What the steps of quote finding look at: the parse, its quotations by token, and phrases around a token."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from pipeline.annotate.asides import asides
from pipeline.annotate.marks import Quotation, quotations
from pipeline.annotate.parse import Parse

#: Dependents that are cut off a source as printed: the phrase itself is enough.
_TRAILING = frozenset({"relcl", "appos", "acl", "punct", "cc", "advcl", "parataxis", "dep"})
#: Marks around so many words hold speech rather than a term.
_SPEECH_WORDS = 4
#: Characters before a quotation that are read.
_LEAD = 80
#: A heading has fewer characters than this.
_HEADING = 90
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD", "DT", "WP"})


@dataclass(frozen=True)
class Context:
    """A parse with the quotations of its text."""

    parse: Parse

    @cached_property
    def quotations(self) -> list[Quotation]:
        """Every outermost stretch between quotation marks, in order."""
        return quotations(self.parse.text)

    @cached_property
    def tokens(self) -> list[tuple[int, int]]:
        """The tokens of each quotation, its marks included."""
        return [self.parse.tokens_of(quotation.start, quotation.end) for quotation in self.quotations]

    def span(self, number: int) -> tuple[int, int]:
        """Characters of a quotation, its marks included."""
        return self.quotations[number].start, self.quotations[number].end

    def before(self, offset: int) -> str:
        """What stands in the same line before a character, cut to what tells how a quotation is led up to."""
        text = self.parse.text
        return text[max(text.rfind("\n", 0, offset) + 1, offset - _LEAD) : offset]

    def quotations_in(self, start: int, end: int) -> range:
        """The numbers of the quotations that overlap characters `start` to `end`."""
        low = bisect_right(self._ends, start)
        high = low
        while high < len(self.quotations) and self.quotations[high].start < end:
            high += 1
        return range(low, high)

    @cached_property
    def _ends(self) -> list[int]:
        return [quotation.end for quotation in self.quotations]

    @cached_property
    def inside(self) -> list[int]:
        """For each token the quotation that it stands in, -1 outside of all. Single marks are left out."""
        found = [-1] * len(self.parse)
        for number, (first, last) in enumerate(self.tokens):
            if self.quotations[number].double:
                for token in range(first, last):
                    found[token] = number
        return found

    def quoted_fraction(self, spans: list[tuple[int, int]]) -> float:
        """The share of the letters and digits in `spans` that stand between quotation marks."""
        text = self.parse.text
        quoted = letters = 0
        for start, end in spans:
            letters += sum(map(str.isalnum, text[start:end]))
            for number in self.quotations_in(start, end):
                quotation = self.quotations[number]
                inner = text[max(start, quotation.inner_start) : min(end, quotation.inner_end)]
                quoted += sum(map(str.isalnum, inner))
        return round(quoted / letters, 4) if letters else 0.0

    @cached_property
    def is_single_style(self) -> bool:
        """Whether the text sets speech in single marks, as British papers do: no speech stands in double ones."""
        text = self.parse.text
        return not any(
            q.double and len(text[q.inner_start : q.inner_end].split()) >= _SPEECH_WORDS for q in self.quotations
        )

    @cached_property
    def _lines(self) -> list[int]:
        starts, offset = [], 0
        for line in self.parse.text.split("\n"):
            if line.strip():
                starts.append(offset)
            offset += len(line) + 1
        return starts

    @cached_property
    def _asides(self) -> list[tuple[int, int]]:
        return asides(self.parse.text)

    def is_aside(self, offset: int) -> bool:
        """Whether a character stands in a caption or a link: they repeat what the text tells."""
        number = bisect_right(self._asides, (offset, len(self.parse.text) + 1)) - 1
        return number >= 0 and offset < self._asides[number][1]

    def is_heading(self, offset: int) -> bool:
        """Whether a character stands in a short line that ends no sentence."""
        start, end = self.line_of(self.paragraph(offset))
        line = self.parse.text[start:end].strip()
        return len(line) < _HEADING and not line.endswith((".", "!", "?", "…", ":", ",", '"', "”", "»", "'", "’"))

    def paragraph(self, offset: int) -> int:
        """The number of the paragraph (non-empty line) at a character offset."""
        return max(0, bisect_right(self._lines, offset) - 1)

    def line_of(self, paragraph: int) -> tuple[int, int]:
        """Characters of a paragraph."""
        start = self._lines[paragraph] if paragraph < len(self._lines) else len(self.parse.text)
        end = self.parse.text.find("\n", start)
        return start, len(self.parse.text) if end < 0 else end


def phrase(parse: Parse, head: int, inside: list[int] | None = None) -> tuple[int, int]:
    """The tokens of the noun phrase of `head`, without relative clauses, appositions and what follows them."""
    first, last = head, head + 1
    for child in parse.children[head]:
        if parse.labels[child] in _TRAILING or (inside is not None and inside[child] >= 0):
            continue
        if child < head:
            first = min(first, parse.left_edge(child))
        elif parse.labels[child] in {"prep", "conj", "case", "compound", "nummod", "npadvmod", "poss", "amod"}:
            if parse.labels[child] == "conj" and parse.tags[child] not in _NOUNS:
                continue
            last = max(last, parse.right_edge(child) + 1)
    if inside is not None:
        while first < head and inside[first] >= 0:
            first += 1
        for token in range(head + 1, last):
            if inside[token] >= 0:
                last = token
                break
    while last - 1 > head and parse.labels[last - 1] == "punct":
        last -= 1
    return first, last
