"""The type of a claim: event, state, statistic, prediction, intention, causal, background or evaluation."""

from __future__ import annotations

from pipeline.annotate.claims.drafts import Draft
from pipeline.annotate.claims.lexicon import words
from pipeline.annotate.claims.scale import Commitment
from pipeline.annotate.parse import Parse

_MEASURES = frozenset({"percent", "%", "per", "million", "billion", "trillion", "$", "€", "£", "percentage", "rate"})


def kind_of(parse: Parse, draft: Draft, commitment: Commitment) -> str:
    """The type of one draft, by rules over its predicate, modality and numbers."""
    lexicon = words()
    predicate = commitment.predicate
    lemma = parse.lemmas[predicate].lower()
    if draft.kind == "appositive" or _is_standing(parse, draft, lemma):
        return "background"
    if is_evaluation(parse, predicate):
        return "evaluation"
    if lemma in lexicon["intention"] or parse.lemmas[draft.head].lower() in lexicon["intention"]:
        return "intention"
    if commitment.modality == "future" or (
        commitment.modality == "possible"
        and parse.tags[predicate] == "VB"
        and any(parse.tags[child] == "MD" for child in parse.children[predicate])
    ):
        return "prediction"
    if lemma in lexicon["causal"] and any(
        parse.labels[child] in {"dobj", "prep"} for child in parse.children[predicate]
    ):
        return "causal"
    if _has_number(parse, draft) and any(parse.lower[token] in _MEASURES for token in draft.tokens):
        return "statistic"
    if draft.kind in {"phrase", "nominal"}:
        return "background"
    if draft.kind == "fragment":
        return "event"
    if (
        lemma in lexicon["state"]
        or parse.lower[predicate] in lexicon["stative_participle"]
        or not parse.tags[predicate].startswith("VB")
    ):
        return "state"
    return "event"


def is_evaluation(parse: Parse, predicate: int) -> bool:
    """Whether a predicate is a judgement of taste or advice ("it is better to ask"): nothing to check."""
    adjectives = words()["evaluative"]
    if parse.lemmas[predicate].lower() != "be":
        return False
    return any(
        parse.labels[child] in {"acomp", "attr", "advmod"}
        and (
            parse.lower[child] in adjectives
            or any(parse.lower[c] in adjectives and parse.labels[c] == "amod" for c in parse.children[child])
        )
        for child in parse.children[predicate]
    )


def is_discourse(parse: Parse, predicate: int) -> bool:
    """Whether a predicate only steers the discourse ("raises questions", "remains to be seen")."""
    lemma = parse.lemmas[predicate].lower()
    phrases = words()["discourse"]
    return any(f"{lemma} {parse.lemmas[child].lower()}" in phrases for child in parse.children[predicate])


def _is_standing(parse: Parse, draft: Draft, lemma: str) -> bool:
    """A definition in the present tense ("X is an air defence system") or a design ("designed to")."""
    if draft.kind == "participle" and lemma in {"design", "know", "call", "name", "found", "base", "intend"}:
        return True
    return (
        lemma == "be"
        and parse.tags[draft.head] in {"VBZ", "VBP"}
        and any(
            parse.labels[child] == "attr"
            and parse.tags[child] in {"NN", "NNS"}
            and any(parse.lower[c] in {"a", "an", "one"} for c in parse.children[child])
            for child in parse.children[draft.head]
        )
    )


def _has_number(parse: Parse, draft: Draft) -> bool:
    return any(parse.tags[token] in {"CD", "$"} for token in draft.tokens)
