"""Title case: which capitals of a headline are names', so that the parser reads its verbs as verbs.

"Microsoft Launches Emergency Patch" is four names to a parser that was trained on sentences. The words of the running
text below tell which of a headline's capitals stay when the words stand within a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

#: A line of more words is no headline; one of fewer has too little to tell its case by.
LONGEST, SHORTEST = 24, 4
#: Share of a line's longer words that are capitalised from which it is in title case.
CAPITALISED = 0.75
#: Running text with fewer words tells too little about names.
FEWEST_WORDS = 40

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
#: What stands before a word that opens a sentence, or a quotation within one.
_OPENS = re.compile(r"(?:^|[.!?:…][\"'”’)\]]*\s+|[\"“‘«(\[]\s*|[-–—]\s+|\n\s*)$")
_POSSESSIVE = re.compile(r"['’]s?$")
#: Words that stay small in a headline in title case.
_SHORT = 4


@dataclass(slots=True)
class Usage:
    """How the words of running text are written within sentences."""

    small: Counter[str] = field(default_factory=Counter)  #: words in lower case
    capital: Counter[str] = field(default_factory=Counter)  #: capitalised words, in lower case
    pairs: set[tuple[str, str]] = field(default_factory=set)  #: neighbours that are both capitalised, in lower case
    initials: set[str] = field(default_factory=set)  #: words in capitals alone, in lower case
    words: int = 0

    def add(self, line: str) -> None:
        """Count the words of a line."""
        before, end = "", -2
        for match in _WORD.finditer(line):
            word = _POSSESSIVE.sub("", match.group())
            low = word.lower()
            self.words += 1
            if word[0].islower():
                self.small[low] += 1
                before = ""
            else:
                if not _OPENS.search(line[max(0, match.start() - 8) : match.start()]):
                    self.capital[low] += 1
                if before and match.start() - end <= 1:
                    self.pairs.add((before, low))
                before = low
                if match.group().isupper() and len(word) > 1:
                    self.initials.add(low)
            end = match.end()


def is_title_case(line: str) -> bool:
    """Whether nearly every longer word of a short line is capitalised, and no sentence ends it."""
    words = _WORD.findall(line)
    longer = [word for word in words if len(word) >= _SHORT]
    if not SHORTEST <= len(words) <= LONGEST or len(longer) < SHORTEST - 1 or line.rstrip()[-1:] in ".;,":
        return False
    capitals: int = sum(word[0].isupper() for word in longer)
    return capitals >= CAPITALISED * len(longer)


def usage(lines: Iterable[str]) -> Usage | None:
    """How words are written in the lines that are no headlines; None where these are too few to tell."""
    found = Usage()
    for line in lines:
        found.add(line)
    return found if found.words >= FEWEST_WORDS else None


def lowered(line: str, found: Usage) -> str:
    """A line in title case as a sentence would write it: the same characters, but for the case of single letters."""
    matches = list(_WORD.finditer(line))
    words = [_POSSESSIVE.sub("", match.group().lower()) for match in matches]
    if not any(character.islower() for character in line):
        line = _unshouted(line, matches, words, found)
    characters = list(line)
    for place, match in enumerate(matches):
        written = _POSSESSIVE.sub("", line[match.start() : match.end()])
        if not written[0].isupper() or not written[1:].islower() or len(written[0].lower()) != 1:
            continue
        neighbours = {tuple(words[place - 1 : place + 1]), tuple(words[place : place + 2])}
        if not neighbours & found.pairs and _is_common(words[place], found):
            characters[match.start()] = written[0].lower()
    return "".join(characters)


def _unshouted(line: str, matches: list[re.Match[str]], words: list[str], found: Usage) -> str:
    """A line in capitals alone as a line in title case: words that the text writes in capitals alone keep them."""
    characters = list(line)
    for word, match in zip(words, matches, strict=True):
        kept = len(word) if word in found.initials and not found.small[word] else 1
        for place in range(match.start() + kept, match.end()):
            low = characters[place].lower()
            characters[place] = low if len(low) == 1 else characters[place]
    return "".join(characters)


def _is_common(word: str, found: Usage) -> bool:
    """Whether a word is no name: the text writes it small, or it is a verb's form and the text never has it large."""
    if found.capital[word] or found.small[word]:
        return bool(found.small[word] > found.capital[word])
    from pipeline.annotate.attributions.lexicon import verbs
    from pipeline.annotate.lemmas import is_verb_form, lemma

    return is_verb_form(word) and (lemma(word, "VBZ") in verbs() or not _may_be_a_name(word))


def _may_be_a_name(word: str) -> bool:
    from pipeline.annotate.names.lexicon import given_names
    from pipeline.knowledge import is_city, named

    return word in given_names() or is_city(word) or bool(named(word))
