"""Negation of a clause, by grammar: particles, negative subjects and objects, and what only looks like it."""

from __future__ import annotations

from pipeline.annotate.claims.lexicon import words
from pipeline.annotate.parse import Parse

_CORE = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "expl", "dative", "oprd"})
_PARTICLES = frozenset({"neg", "advmod", "cc", "preconj", "aux", "det", "dep"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
#: Nouns that make an adverb of time or manner with "no" ("at no time").
_ADVERBIAL = frozenset({"time", "point", "way", "circumstance", "account", "means", "stage"})
#: Nouns with which "no" denies nothing ("there is no doubt that").
_NOT_DENIED = frozenset({"doubt", "wonder", "surprise", "secret", "coincidence", "question", "later", "more", "less"})


def is_negated(parse: Parse, token: int) -> bool:
    """Whether the clause headed by `token` is negated, an even number of negations cancelling out."""
    lexicon = words()
    auxiliaries = [child for child in parse.children[token] if parse.labels[child] in {"aux", "auxpass"}]
    children = [*parse.children[token], *(c for auxiliary in auxiliaries for c in parse.children[auxiliary])]
    count = sum(_negates(parse, token, child, lexicon["negative_adverb"]) for child in children)
    return (count + _joined_by_nor(parse, token)) % 2 == 1


def negators(parse: Parse, said: int) -> list[int]:
    """The negative words between the noun of a headline without a verb and what is said of it: "Qvist not at odds"."""
    negative = words()["negative_adverb"]
    return [token for token in range(parse.heads[said] + 1, said) if parse.lower[token] in negative]


def _negates(parse: Parse, token: int, child: int, adverbs: frozenset[str]) -> bool:
    """Whether one dependent negates its clause."""
    low, label = parse.lower[child], parse.labels[child]
    if low in adverbs and label in _PARTICLES:
        if low in {"not", "n't", "n’t"} and _adds(parse, child):
            return False
        return label != "cc" or child < token
    if label == "advmod":
        return low == "longer" and _has(parse, child, {"no"})
    if label == "prep":
        return _negative_adverbial(parse, child)
    if label in _CORE and _negative_argument(parse, child, label):
        return True
    return label in {"acomp", "attr"} and _has(parse, child, {"not", "n't"}) and not _adds_below(parse, child)


def _adds(parse: Parse, token: int) -> bool:
    """Whether "not" at `token` belongs to "not only"."""
    return token + 1 < len(parse) and parse.lower[token + 1] in words()["additive"]


def _adds_below(parse: Parse, token: int) -> bool:
    return any(parse.lower[child] == "not" and _adds(parse, child) for child in parse.children[token])


def _has(parse: Parse, token: int, low: set[str]) -> bool:
    return any(parse.lower[child] in low for child in parse.children[token])


def _negative_argument(parse: Parse, token: int, label: str) -> bool:
    lexicon = words()
    low = parse.lower[token]
    if parse.lemmas[token] in _NOT_DENIED:
        return False
    if low == "few":
        return label in _SUBJECTS and not _has(parse, token, {"a", "quite"})
    if low == "nothing" and _has(parse, token, {"more", "less", "but"}):
        return False
    if low in lexicon["negative"] or (low == "one" and _has(parse, token, {"no"})):
        return True
    for child in parse.children[token]:
        word = parse.lower[child]
        if word in {"no", "neither"} and parse.labels[child] in {"det", "neg", "preconj", "cc", "advmod"}:
            return True
        if word in {"hardly", "scarcely"} and parse.labels[child] in {"advmod", "neg"}:
            return True
        if word == "few" and label in _SUBJECTS and parse.lower[max(0, child - 1)] not in {"a", "quite", "the", "last"}:
            return parse.labels[child] in {"amod", "det"}
        if word == "not" and label in _SUBJECTS and not _adds(parse, child):
            return True
    return False


def _negative_adverbial(parse: Parse, token: int) -> bool:
    return any(
        parse.labels[child] == "pobj" and parse.lemmas[child] in _ADVERBIAL and _has(parse, child, {"no"})
        for child in parse.children[token]
    )


def _joined_by_nor(parse: Parse, token: int) -> bool:
    """Whether `token` is the second part of "neither ... nor ..."."""
    if parse.labels[token] != "conj":
        return False
    head = parse.heads[token]
    return any(
        parse.labels[child] == "cc" and parse.lower[child] == "nor" and head < child < token
        for child in parse.children[head]
    )
