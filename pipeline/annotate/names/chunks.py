"""A second opinion beside the model: names recognised by their capital letters and tags."""

from __future__ import annotations

from functools import lru_cache

from pipeline.annotate.names.gazetteer import largest_population
from pipeline.annotate.names.lexicon import head_types, words
from pipeline.annotate.names.spans import Span
from pipeline.annotate.parse import Parse

_PROPER = frozenset({"NNP", "NNPS"})
#: Tags that a name's word may get by mistake in the middle of a sentence.
_DOUBTFUL = frozenset({"NN", "NNS", "JJ", "FW", "VB", "VBP", "VBD", "VBZ", "VBN", "VBG", "UH", "XX", "ADD", "RB", "IN"})
_LONGEST_ACRONYM = 6
_METROPOLIS = 500_000
#: What follows the word on a button.
_AFTER_BUTTON = frozenset({"to", "this", "on", "via", "it"})
#: Words that join the parts of a name whose head stands before them ("University of", "Bank for").
_JOINERS = frozenset({"of", "for"})


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    from pipeline.annotate.lemmas import _tables

    index, exceptions, _ = _tables()
    return frozenset().union(*index.values(), *exceptions.values())


@lru_cache(maxsize=65_536)
def is_common(word: str) -> bool:
    """Whether the lower-case `word` stands in a dictionary of English nouns, verbs, adjectives and adverbs."""
    table = _common()
    return word in table or (word.endswith("s") and (word[:-1] in table or word[:-2] in table))


def is_button(parse: Parse, index: int) -> bool:
    """Whether a word is what a button of the page says ("Post to", "Share this")."""
    following = index + 1
    return (
        parse.lower[index] in words("button")
        and following < len(parse)
        and parse.lower[following] in _AFTER_BUTTON
        and parse.segment_of[index] == parse.segment_of[following]
    )


def shouted(parse: Parse) -> list[bool]:
    """For each segment, whether its capitals tell nothing: a headline in Title Case or a line in capitals."""
    found = []
    for first, last in parse.segments:
        letters = [word for word in parse.words[first:last] if word[0].isalpha() and (len(word) > 3 or word.isupper())]
        capitals = sum(word[0].isupper() for word in letters)
        found.append(len(letters) > 3 and capitals >= 0.8 * len(letters))
    return found


def find(parse: Parse, covered: list[bool]) -> list[Span]:
    """Capitalised sequences over tokens that no name covers yet, of type OTHER."""
    loud, segment_of = shouted(parse), parse.segment_of
    starts = {first for first, _ in parse.sentences}
    found, position = [], 0
    for start, word in enumerate(parse.words):
        if start < position or covered[start] or not word[0].isupper():
            continue
        if not _opens(parse, start, start in starts, loud[segment_of[start]]):
            continue
        end = start + 1
        limit = parse.segments[segment_of[start]][1]
        while end < limit and not covered[end]:
            if _continues(parse, end):
                end += 1
            elif (
                end + 1 < limit
                and parse.lower[end] in _JOINERS
                and parse.lower[end - 1] in head_types()
                and not covered[end + 1]
                and _continues(parse, end + 1)
            ):
                end += 2
            else:
                break
        position = end
        span = _without_titles(parse, start, end)
        if span is not None and not _is_portfolio(parse, span):
            found.append(span)
    return found


def _is_portfolio(parse: Parse, span: Span) -> bool:
    """Whether the words only tell an office ("Minister of Internal Affairs")."""
    before = span.start - 2
    return (
        before >= 0
        and parse.lower[before + 1] in _JOINERS
        and parse.lower[before] in words("title")
        and all(is_common(word) for word in parse.lower[span.start : span.end])
    )


def _opens(parse: Parse, index: int, is_first: bool, is_loud: bool) -> bool:
    word, low, tag = parse.words[index], parse.lower[index], parse.tags[index]
    if low in words("calendar") or len(word) < 2 or word.startswith("I'") or is_button(parse, index):
        return False
    if is_loud:
        return tag in _PROPER and not is_common(low)
    if tag in _PROPER:
        return not is_first or _is_rare(word) or _next_is_proper(parse, index)
    if word.isupper() and 2 <= len(word) <= _LONGEST_ACRONYM and not is_first and tag in {"NN", "NNS", "JJ", "XX"}:
        alone = not (index and parse.words[index - 1].isupper() and parse.words[index - 1].isalpha())
        return alone and word.isalpha() and low not in words("acronym")
    if is_first or tag not in _DOUBTFUL or is_common(low) or low in words("title"):
        return False
    return parse.words[index - 1][-1] not in ":\"“‘'(•-–—*|."


def _is_rare(word: str) -> bool:
    """Whether the first word of a sentence is no everyday word; the dictionary holds large cities too."""
    return not is_common(word.lower()) or largest_population(word) >= _METROPOLIS


def _next_is_proper(parse: Parse, index: int) -> bool:
    following = index + 1
    return following < len(parse) and parse.tags[following] in _PROPER and parse.words[following][0].isupper()


def _continues(parse: Parse, index: int) -> bool:
    word = parse.words[index]
    return (
        word[0].isupper()
        and parse.tags[index] in _PROPER
        and parse.lower[index] not in words("calendar")
        and any(map(str.isalpha, word))
    )


def _without_titles(parse: Parse, start: int, end: int) -> Span | None:
    while start < end and (parse.lower[start] in words("title") or parse.lower[start] in words("title_modifier")):
        start += 1
    while end > start and parse.lower[end - 1] in words("title"):
        end -= 1
    if start == end or (end - start == 1 and parse.lower[start] in words("acronym")):
        return None
    return Span(start, end, "OTHER", "chunk")
