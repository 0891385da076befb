"""Event terms: the words by which claims on one event are compared, whichever words their articles chose.

A people counts as its country ("Ukrainian", "Ukrainians": Ukraine), and words of one kind of event or thing as their
family ("met", "gathered", "conference"). A name counts once, and not as a word beside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from pipeline.annotate.title_case import is_title_case
from pipeline.knowledge.tables import HERE, rows
from pipeline.link.terms import figures, stem, tokens, word_terms

#: What a term that is the family of several words starts with.
FAMILY = "~"
#: What names and figures start with.
NAME, FIGURE = "=", "#"

#: Whether a word, in lower case, is a name.
IsName = Callable[[str], bool]

_VOWELS = frozenset("aeiou")
#: Letters that no ending doubles.
_SINGLE = frozenset("wxy") | _VOWELS


def forms(word: str) -> set[str]:
    """The regular forms of a base word."""
    found = {word, f"{word}s", f"{word}es", f"{word}ed", f"{word}ing"}
    if word.endswith("e"):
        found |= {f"{word}d", f"{word[:-1]}ing"}
    if word.endswith("y"):
        found |= {f"{word[:-1]}ies", f"{word[:-1]}ied"}
    if len(word) > 2 and word[-1] not in _SINGLE and word[-2] in _VOWELS:
        found |= {f"{word}{word[-1]}ed", f"{word}{word[-1]}ing"}
    return found


@lru_cache(maxsize=1)
def families() -> dict[str, str]:
    """Stem of a word -> its family; words of several families are left out."""
    found: dict[str, set[str]] = {}
    for _, row in rows(HERE / "word_families.tsv"):
        for form in forms(row["word"]):
            found.setdefault(stem(form), set()).add(row["family"])
    return {word: min(own) for word, own in found.items() if len(own) == 1}


@lru_cache(maxsize=1)
def _peoples() -> dict[str, tuple[str, ...]]:
    """Stem of a demonym of one word -> the names that its place counts as."""
    from pipeline.knowledge import demonyms, entry

    return {
        stem(word): tuple(NAME + part for part in entry(demonym.entry_id).canonical_name.lower().split())
        for word, demonym in sorted(demonyms().items())
        if demonym.entry_id is not None and word.isalpha()
    }


@lru_cache(maxsize=100_000)
def canonical(term: str) -> tuple[str, ...]:
    """What a term (`terms.terms`) counts as."""
    if term.startswith(FIGURE):
        return (term,)
    word = stem(term.removeprefix(NAME))
    place = _peoples().get(word)
    if place is not None:
        return place
    family = None if term.startswith(NAME) else families().get(word)
    return (term,) if family is None else (FAMILY + family,)


@lru_cache(maxsize=300_000)  # as many words as tens of thousands of articles have: each is met again and again
def _counted(word: str, opens: bool) -> tuple[str, ...]:
    """What a word of a text counts as."""
    return tuple(own for term in word_terms(word, opens) for own in canonical(term))


def _text_terms(text: str, is_name: IsName | None = None) -> set[str]:
    found: set[str] = set()
    asked = is_name if is_name is not None and is_title_case(text) else None
    for word, opens in tokens(text):
        found.update(_counted(word, opens if asked is None else not asked(word.lower())))
    found.update(figures(text))
    return found


@lru_cache(maxsize=20_000)
def name_terms(name: str) -> frozenset[str]:
    """The event terms of a name."""
    # The first word of a text is not known to be a name by its capital; so the name is not the first.
    return frozenset(_text_terms(f"the {name}"))


def event_terms(text: str, names: Iterable[str] = (), is_name: IsName | None = None) -> frozenset[str]:
    """The event terms of a text and of the entities that it speaks of.

    Args:
        is_name: of a headline, whether a word in lower case is a name: in title case capitals do not tell.
    """
    found = _text_terms(text, is_name).union(*map(name_terms, names))
    named = {stem(term.removeprefix(NAME)) for term in found if term.startswith(NAME)}
    return frozenset(found - named)


def word_term(word: str) -> str:
    """What a single word that is no name counts as."""
    return canonical(stem(word.lower()))[0]


def forget() -> None:
    """Free what is remembered of the words of texts, for steps after which no text is compared."""
    for remembered in (stem, word_terms, canonical, _counted, name_terms):
        remembered.cache_clear()
