"""Words that weaken a claim: adverbs, raising predicates, modifiers, framing clauses, openings, phrases."""

from __future__ import annotations

from pipeline.annotate.claims.drafts import Draft
from pipeline.annotate.claims.embedding import Level, is_passive
from pipeline.annotate.claims.grammar import SUBJECTS
from pipeline.annotate.claims.lexicon import embeddings, hedges, words
from pipeline.annotate.claims.negation import is_negated
from pipeline.annotate.claims.scale import Commitment
from pipeline.annotate.parse import Parse

#: Subjects of clauses that only frame their complement ("I think that", "it seems that").
_FRAMING = frozenset({"it", "there", "i", "we"})


def adverbs(parse: Parse, token: int, found: Commitment) -> None:
    """Hedging adverbs of a word and of its auxiliaries, and of the adjective or noun after a copula."""
    table = hedges()["adverb"]
    places = [
        token,
        *(c for c in parse.children[token] if parse.labels[c] in {"acomp", "attr", "auxpass", "aux", "prep"}),
    ]
    for place in places:
        for child in parse.children[place]:
            hedge = table.get(parse.lower[child])
            if hedge is None or parse.labels[child] not in {"advmod", "dep", "npadvmod", "neg", "acomp"}:
                continue
            found.hedges.append((child, child + 1))
            found.weaken(hedge.modality)
            if hedge.hearsay:
                found.hearsay = (child, child + 1)


def raising(parse: Parse, level: Level, found: Commitment) -> None:
    """Hedges among the embedding predicates: "likely to", "appears to", "is believed to"."""
    kinds = hedges()
    hedge = kinds["passive"].get(level.lemma) if level.passive else None
    if hedge is None and not level.passive:
        hedge = kinds["adjective"].get(level.lemma) or (
            kinds["verb"].get(level.lemma) if level.lemma in {"appear", "seem", "tend"} else None
        )
    if hedge is None:
        return
    found.hedges.append((level.token, level.token + 1))
    found.weaken(hedge.modality)
    if hedge.hearsay:
        found.hearsay = (level.token, level.token + 1)


def nominal(parse: Parse, token: int, head: int, found: Commitment) -> None:
    """ "The likely winner is ...", "is a possible motive", "is likely"."""
    kinds = hedges()
    passive = kinds["passive"].get(parse.lemmas[head].lower()) if is_passive(parse, head) else None
    if passive is not None and any(
        parse.labels[c] in {"oprd", "acomp"} and parse.tags[c].startswith("JJ") for c in parse.children[head]
    ):
        # "dozens are feared dead"
        found.hedges.append((head, head + 1))
        found.weaken(passive.modality)
        found.hearsay = (head, head + 1) if passive.hearsay else found.hearsay
    for child in [*parse.children[head], *(parse.children[token] if token != head else [])]:
        label = parse.labels[child]
        if label in {"acomp", "oprd"} and parse.lemmas[child].lower() in kinds["adjective"]:
            below = [c for c in parse.children[child] if parse.labels[c] in {"xcomp", "ccomp"}]
            if not below:
                found.hedges.append((child, child + 1))
                found.weaken(kinds["adjective"][parse.lemmas[child].lower()].modality)
                if (parse.lemmas[child].lower(), "that") in embeddings():
                    found.negated ^= embeddings()[(parse.lemmas[child].lower(), "that")].affirmed < 0
        if label in {"nsubj", "nsubjpass", "attr"}:
            for modifier in parse.children[child]:
                hedge = kinds["determiner"].get(parse.lower[modifier])
                if hedge is None or parse.labels[modifier] not in {"amod", "advmod"}:
                    continue
                if label != "attr" and parse.lower[modifier] not in {"likely", "probable"}:
                    continue
                found.hedges.append((modifier, modifier + 1))
                found.weaken(hedge.modality)


def frame_clause(parse: Parse, head: int, found: Commitment) -> None:
    """What the clause around an asserted complement does to it: "it is possible that", "it seems that"."""
    if parse.labels[head] != "ccomp" or parse.heads[head] == head:
        return
    matrix = parse.heads[head]
    kinds = hedges()
    carriers = [matrix, *(c for c in parse.children[matrix] if parse.labels[c] in {"acomp", "attr"})]
    if matrix > 0 and parse.labels[matrix] == "acomp":
        carriers.append(parse.heads[matrix])
    for carrier in carriers:
        lemma = parse.lemmas[carrier].lower()
        if parse.tags[carrier].startswith("JJ") or parse.tags[carrier].startswith("RB"):
            hedge = kinds["adjective"].get(lemma)
        elif any(parse.lower[c] in _FRAMING for c in parse.children[carrier] if parse.labels[c] in SUBJECTS):
            hedge = kinds["passive" if is_passive(parse, carrier) else "verb"].get(lemma)
        else:
            hedge = None
        if hedge is None:
            continue
        found.hedges.append((carrier, carrier + 1))
        found.weaken(hedge.modality)
        if hedge.hearsay:
            found.hearsay = (carrier, carrier + 1)
        sign = embeddings().get((lemma, "that"))
        negated = is_negated(parse, matrix)
        if sign is not None and ((sign.affirmed < 0) != (negated and sign.negated < 0)):
            found.negated = not found.negated


def opening(parse: Parse, draft: Draft, found: Commitment) -> None:
    """ "Hypothesis 1: ...", "Another possibility: ...": what the start of a sentence makes of all of it."""
    first, last = parse.sentences[parse.sentence_of[draft.head]]
    for token in range(first, min(first + 4, last)):
        if parse.lemmas[token].lower() in words()["hypothesis"] and not any(
            parse.tags[t].startswith("VB") for t in range(first, token)
        ):
            end = token + 2 if token + 1 < last and parse.tags[token + 1] == "CD" else token + 1
            if end < last and parse.words[end] in {":", ",", "-", "–", "—"} and draft.head > end:
                found.hedges.append((first, end))
                found.weaken("possible")
            return


def phrases(parse: Parse, draft: Draft, found: Commitment) -> None:
    """Hedges of several words."""
    low = {token: parse.lower[token] for token in draft.tokens}
    for phrase, hedge in hedges()["phrase"].items():
        first_word, *others = phrase.split()
        for token in draft.tokens:
            if low[token] != first_word:
                continue
            end = token + 1 + len(others)
            if [low.get(t) for t in range(token + 1, end)] == others:
                found.hedges = [h for h in found.hedges if h[1] <= token or h[0] >= end] + [(token, end)]
                found.weaken(hedge.modality)
