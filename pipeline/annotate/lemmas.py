"""Lemmas from the model package's own tables, looked up by word and tag, without its slower pipe."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

#: The tables' name for the part of speech of a Penn Treebank tag.
_KINDS = {"V": "verb", "M": "verb", "N": "noun", "J": "adj", "R": "adv"}
_PARTS = ("verb", "noun", "adj", "adv")
#: Auxiliaries and clipped forms, which the tables leave to another component.
_FORMS = {
    "'s": "be",
    "'re": "be",
    "'m": "be",
    "am": "be",
    "is": "be",
    "are": "be",
    "was": "be",
    "were": "be",
    "been": "be",
    "being": "be",
    "'ve": "have",
    "'d": "would",
    "'ll": "will",
    "wo": "will",
    "ca": "can",
    "n't": "not",
    "has": "have",
    "had": "have",
    "does": "do",
    "did": "do",
}


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, set[str]], dict[str, dict[str, list[str]]], dict[str, list[tuple[str, str]]]]:
    from spacy.lookups import Lookups

    from pipeline.annotate.model import model_folder

    lookups: Any = Lookups()
    lookups.from_disk(model_folder() / "lemmatizer" / "lookups")
    index, exceptions, rules = (lookups.get_table(name) for name in ("lemma_index", "lemma_exc", "lemma_rules"))
    return (
        {kind: set(index[kind]) for kind in _PARTS},
        {kind: dict(exceptions[kind]) for kind in _PARTS},
        {kind: [(old, new) for old, new in rules[kind]] for kind in _PARTS},
    )


@lru_cache(maxsize=65_536)
def lemma(word: str, tag: str) -> str:
    """The lemma of `word`, in lower case, by its Penn Treebank `tag`; names keep their letters."""
    if tag.startswith("NNP"):
        return word
    low = word.lower().replace("’", "'")
    kind = _KINDS.get(tag[:1])
    if kind is None or tag in {"VB", "NN", "JJ"}:
        return _FORMS.get(low, low) if tag != "POS" else low
    if low in _FORMS:
        return _FORMS[low]
    index, exceptions, rules = _tables()
    if low in exceptions[kind]:
        # Of several, the one that the word itself begins with: "installed" is install, not instal.
        return max((str(form) for form in exceptions[kind][low]), key=lambda form: low.startswith(form) * len(form))
    forms = [low[: len(low) - len(old)] + new for old, new in rules[kind] if low.endswith(old)]
    known = [form for form in forms if form in index[kind]]
    if known:
        return known[0]
    if low in index[kind]:
        return low
    return (
        min((form for form in forms if form), key=len, default=low) if kind == "verb" else (forms[0] if forms else low)
    )


@lru_cache(maxsize=65_536)
def is_verb_form(word: str) -> bool:
    """Whether a lower-case word can be a form of a verb that the tables know."""
    index, exceptions, rules = _tables()
    if word in index["verb"] or word in exceptions["verb"]:
        return True
    return any(word.endswith(old) and word[: len(word) - len(old)] + new in index["verb"] for old, new in rules["verb"])


def is_verb(word: str) -> bool:
    """Whether a lower-case word is the base form of a verb that the tables know."""
    return word in _tables()[0]["verb"]


def is_irregular_form(word: str) -> bool:
    """Whether a lower-case word is an irregular form of a verb ("met", "seen")."""
    return word in _tables()[1]["verb"]


def is_noun(word: str) -> bool:
    """Whether a lower-case word is the singular of a noun that the tables know."""
    return word in _tables()[0]["noun"]


def is_modifier(word: str) -> bool:
    """Whether a lower-case word is the base form of an adjective or adverb that the tables know."""
    index = _tables()[0]
    return word in index["adj"] or word in index["adv"]
