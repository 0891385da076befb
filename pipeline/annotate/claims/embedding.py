"""From the verb of a clause down to the predicate that it asserts: "failed to report" asserts no report.

Implicative and raising predicates pass their polarity and modality on by their implication signatures
(Karttunen 1971, 2012; Nairn, Condoravdi and Karttunen 2006).
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.annotate.claims.lexicon import Embedding, embeddings, hedges, words
from pipeline.annotate.parse import Parse

_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Level:
    """One predicate of a chain: its word, how it embeds the next one (None for the last), the word to quote."""

    token: int
    lemma: str
    signature: Embedding | None
    passive: bool = False


def lemma_of(parse: Parse, token: int) -> str:
    """The lemma of a predicate, with its particle."""
    particle = next((parse.lower[c] for c in parse.children[token] if parse.labels[c] == "prt"), None)
    if parse.lower[token] in words()["stative_participle"] and any(
        parse.labels[c] in {"auxpass", "nsubjpass"} for c in parse.children[token]
    ):
        return f"be {parse.lower[token]}"
    lemma = parse.lemmas[token].lower()
    return f"{lemma} {particle}" if particle else lemma


def is_passive(parse: Parse, token: int) -> bool:
    """Whether `token` is a passive participle; participles of feeling ("was concerned") are states, not passives."""
    if parse.lower[token] in words()["stative_participle"]:
        return False
    return any(parse.labels[child] in {"auxpass", "nsubjpass"} for child in parse.children[token])


def descend(parse: Parse, head: int) -> list[Level]:
    """The chain of predicates from the clause's head to the one it is about; at least one level."""
    chain: list[Level] = []
    token = head
    while len(chain) < _DEEPEST:
        below, form, carrier = _below(parse, token)
        lemma = lemma_of(parse, carrier)
        if carrier != token:
            chain.append(Level(token, lemma_of(parse, token), Embedding(1, -1, False, None)))
        passive = is_passive(parse, carrier)
        if below is None:
            chain.append(Level(carrier, lemma, None, passive)) if carrier == token else chain.pop()
            if carrier != token:
                chain.append(Level(token, lemma_of(parse, token), None))
            return chain
        pending = _still_pending(parse, carrier)
        signature = Embedding(-1, 1, False, None) if pending else _signature(lemma, form, passive)
        if lemma == "have" and form == "to" and parse.tags[carrier] == "VBD" and not pending:
            signature = Embedding(1, 0, False, None)  # what had to be done was done
        if signature is None or signature.own:
            if carrier != token:
                chain.pop()
            chain.append(Level(token, lemma_of(parse, token), None, is_passive(parse, token)))
            return chain
        chain.append(Level(carrier, lemma, signature, passive))
        token = below
    chain.append(Level(token, lemma_of(parse, token), None))
    return chain


def _signature(lemma: str, form: str, passive: bool) -> Embedding | None:
    kinds = hedges()
    if passive and form == "to" and (lemma, "passive") in embeddings():
        return embeddings()[lemma, "passive"]
    found = embeddings().get((lemma, form)) or embeddings().get((lemma.split(maxsplit=1)[0], form))
    if found is not None:
        return found
    if form == "to" and (
        lemma in kinds["adjective"] or (passive and lemma in kinds["passive"]) or lemma in {"appear", "seem", "tend"}
    ):
        return Embedding(0, -1 if passive else 0, False, None)
    return None


def _still_pending(parse: Parse, token: int) -> bool:
    """Whether `token` is that of "has yet to" and "is yet to"."""
    return parse.lemmas[token] in {"have", "be"} and any(
        parse.lower[t] == "yet" and t + 1 < len(parse) and parse.lower[t + 1] == "to"
        for t in range(token + 1, min(token + 4, len(parse)))
    )


def _below(parse: Parse, token: int) -> tuple[int | None, str, int]:
    """The predicate embedded under `token`, the form it takes, and the word that embeds it."""
    for child in parse.children[token]:
        if child <= token:
            continue
        label = parse.labels[child]
        if label == "xcomp" and parse.tags[child].startswith(("VB", "JJ", "NN")):
            return child, _form(parse, child), token
        if label == "ccomp" and not _finite(parse, child) and _form(parse, child) == "to":
            return child, "to", token
        if label in {"acomp", "oprd", "attr", "advmod"} and parse.tags[child][:2] in {"JJ", "VB", "IN", "RB"}:
            for below in parse.children[child]:
                if below > child and parse.labels[below] in {"xcomp", "ccomp"} and _form(parse, below) == "to":
                    return below, "to", child
                if parse.labels[below] == "pcomp" and parse.lower[child] == "about":
                    return below, "to", child
        if label == "prep" and parse.lower[child] in {"from", "about"}:
            for below in parse.children[child]:
                if parse.labels[below] == "pcomp" or parse.tags[below] == "VBG":
                    return (
                        below,
                        parse.lower[child] if parse.lower[child] == "from" else "to",
                        (token if parse.lower[child] == "from" else child),
                    )
    for child in parse.children[token]:
        if child > token and parse.labels[child] == "advcl" and _form(parse, child) == "to":
            lemma = parse.lemmas[token].lower()
            if (lemma, "to") in embeddings() and lemma != "go":
                return child, "to", token
    return None, "", token


def _form(parse: Parse, token: int) -> str:
    if any(parse.labels[child] == "aux" and parse.tags[child] == "TO" for child in parse.children[token]):
        return "to"
    if parse.tags[token] == "VBG":
        return "ing"
    return "to" if parse.tags[token] in {"VB", "JJ", "NN"} else ""


def _finite(parse: Parse, token: int) -> bool:
    return parse.tags[token] in {"VBD", "VBZ", "VBP"}
