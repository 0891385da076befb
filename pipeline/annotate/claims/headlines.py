"""What stands around the sentences: headlines, crossheads and datelines."""

from __future__ import annotations

from pipeline.annotate.parse import Parse

#: A line of raw text with more words than this is no headline.
LONGEST = 16
_LONGEST_DATELINE = 14
_DASHES = frozenset({"—", "–", "-", "--"})
_STOPS = frozenset(".!:;,…")
_CLOSING, _OPENING = frozenset("\"”’'»)"), frozenset("\"“‘'«(`")


def sentences(parse: Parse, headline_end: int) -> frozenset[int]:
    """The numbers of the sentences in headlines.

    Where `headline_end` is known only what stands before it is one. Otherwise every line of two to `LONGEST`
    words that has no final stop and no line of text around it.
    """
    if headline_end > 0:
        return frozenset(
            number for number, (first, _) in enumerate(parse.sentences) if parse.starts[first] < headline_end
        )
    if len(parse.segments) < 2:
        return frozenset()
    lines = [_is_headline(parse, *segment) for segment in parse.segments]
    return frozenset(number for number, (first, _) in enumerate(parse.sentences) if lines[parse.segment_of[first]])


def _is_headline(parse: Parse, first: int, last: int) -> bool:
    end = last - 1
    while end > first and parse.words[end][-1] in _CLOSING and parse.words[first][0] not in _OPENING:
        end -= 1  # "Talks on 'second chance'", and not a line that is all quotation
    if parse.words[end][-1] in _STOPS | _CLOSING or last - first > 2 * LONGEST:
        return False
    count = sum(any(character.isalnum() for character in parse.words[token]) for token in range(first, last))
    return 2 <= count <= LONGEST


def datelines(parse: Parse) -> frozenset[int]:
    """The tokens of datelines ("BOSTON (Reuters) -") at the start of lines."""
    found: set[int] = set()
    for first, last in parse.segments:
        for token in range(first + 1, min(first + _LONGEST_DATELINE, last)):
            if parse.words[token] in _DASHES:
                if any(word.isupper() and len(word) > 2 for word in parse.words[first:token]):
                    found.update(range(first, token + 1))
                break
            if parse.tags[token] not in {"NNP", "NNPS", ",", "-LRB-", "-RRB-", "CD", ".", "IN", "HYPH"}:
                break
    return frozenset(found)
