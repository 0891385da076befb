"""Cities that stand for their government: "Moscow accused", "Kyiv's allies", "blamed Paris"."""

from __future__ import annotations

from pipeline.annotate.names import gazetteer
from pipeline.annotate.names.lexicon import words
from pipeline.annotate.names.spans import Span, surface
from pipeline.annotate.parse import Parse

#: A city as large as this may be a capital.
_METROPOLIS = 500_000


def of(parse: Parse, span: Span) -> str | None:
    """`government` where a large city does, has or suffers what only a government can; None elsewhere.

    A country that acts is no metonymy: the state is what its name means.
    """
    if span.type != "GPE":
        return None
    text = surface(parse, span)
    if gazetteer.is_country_or_people(text) or gazetteer.largest_population(text) < _METROPOLIS:
        return None
    index = span.end - 1
    while parse.labels[index] == "conj" and parse.heads[index] != index:
        index = parse.heads[index]
    label, head = parse.labels[index], parse.heads[index]
    lemma = parse.lemmas[head]
    if label == "nsubj":
        return "government" if lemma in words("government_verb") else None
    if label == "dobj":
        return "government" if lemma in words("government_object") else None
    if label == "poss":
        return "government" if lemma in words("government_noun") else None
    return None
