"""A quote in the making: its spans and who the text says spoke it, before the speaker is resolved."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Draft:
    """Spans are characters; `source_head` is a token, `source` and `cue` are characters.

    `origin` tells what the quote was found by: `cue` (marks with a cue beside them), `attribution` (the parse),
    `sentence` (marks around whole sentences, no cue), `fragment` (marks around a part of one, no cue) or `transcript`.
    """

    spans: list[tuple[int, int]]
    origin: str
    source_head: int | None = None
    source: tuple[int, int] | None = None
    cue: tuple[int, int] | None = None
    cue_head: int | None = None
    cue_lemma: str | None = None
    behind: bool = False  #: the cue follows the content
    quotations: list[int] = field(default_factory=list)
    verbatim: bool = False  #: direct without marks: a turn of a transcript
    carried: bool = False  #: a further sentence behind the cue that its first one has

    @property
    def start(self) -> int:
        """First character."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """The character after the last one."""
        return self.spans[-1][1]
