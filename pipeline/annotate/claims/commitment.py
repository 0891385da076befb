"""How firmly a claim is made: polarity, modality, the words that hedge it, and factuality on a scale of -3 to 3.

Modality and polarity after FactBank (Sauri and Pustejovsky 2009); the scale after de Marneffe et al. 2012 and
Lee et al. 2015 (UW): certain 3, probable and future 2, possible 1, no commitment 0, the sign is the polarity.
"""

from __future__ import annotations

from pipeline.annotate.claims import hedging
from pipeline.annotate.claims.contents import Content, Contents
from pipeline.annotate.claims.drafts import Draft
from pipeline.annotate.claims.embedding import Level, descend, lemma_of
from pipeline.annotate.claims.grammar import SUBJECTS, has_subject, is_verb
from pipeline.annotate.claims.lexicon import embeddings, hedges, words
from pipeline.annotate.claims.negation import is_negated, negators
from pipeline.annotate.claims.scale import Commitment
from pipeline.annotate.parse import Parse

#: As "will" is written; "to" where it stands for it in a headline.
_MODALS = {"to": "will", "wo": "will", "'ll": "will", "’ll": "will", "ca": "can", "'d": "would", "’d": "would"}
_FUTURE = frozenset({"will", "shall"})
_OBLIGATION = frozenset({"must", "should", "ought"})


def of(parse: Parse, contents: Contents, draft: Draft, before: dict[int, Commitment]) -> Commitment:
    """The commitment of one draft; `before` holds those of the propositions already read, by head."""
    found = Commitment(predicate=draft.head)
    if draft.kind in {"fragment", "appositive", "phrase", "nominal", "verbless"}:
        hedging.adverbs(parse, draft.head, found)
        if draft.kind == "verbless":
            found.negated = bool(negators(parse, draft.head))
    else:
        _clause(parse, contents, draft, found, before)
    content = contents.all[draft.content] if draft.content >= 0 else None
    if content is not None:
        _cue(parse, content, found)
    hedging.frame_clause(parse, draft.head, found)
    hedging.opening(parse, draft, found)
    hedging.phrases(parse, draft, found)
    found.hedges = sorted(set(found.hedges))
    return found


def _clause(parse: Parse, contents: Contents, draft: Draft, found: Commitment, before: dict[int, Commitment]) -> None:
    chain = descend(parse, draft.head)
    sign = 1
    for level in chain:
        negated = is_negated(parse, level.token)
        low = _modality(parse, contents, draft, level, negated, found)
        if level.token == chain[0].token or level.signature is None:
            hedging.adverbs(parse, level.token, found)
        if low:
            found.weaken(low)
        if negated:
            sign = -sign
        if level.signature is not None:
            follows = level.signature.affirmed if sign > 0 else level.signature.negated
            sign = follows or sign
            if level.signature.modality:
                found.weaken(level.signature.modality)
            hedging.raising(parse, level, found)
    found.negated = sign < 0
    found.predicate = chain[-1].token
    hedging.nominal(parse, chain[-1].token, draft.head, found)
    _condition(parse, chain, found)
    _inherit(parse, draft, found, before)


def _modality(
    parse: Parse, contents: Contents, draft: Draft, level: Level, negated: bool, found: Commitment
) -> str | None:
    """The modality that the auxiliaries of one level lend."""
    auxiliaries = [c for c in parse.children[level.token] if parse.labels[c] in {"aux", "auxpass", "dep"}]
    modals = [c for a in auxiliaries for c in [a, *parse.children[a]] if parse.tags[c] == "MD"]
    if not modals:
        return None
    token = modals[0]
    modal = _MODALS.get(parse.lower[token], parse.lower[token])
    perfect = parse.tags[level.token] == "VBN" and any(
        parse.lower[c] in {"have", "'ve", "’ve"} for c in parse.children[level.token]
    )
    if modal in _FUTURE:
        return "future"
    if modal == "would":
        if perfect:
            return "conditional"
        if level.lemma in {"seem", "appear"}:
            return None
        if draft.content >= 0:
            return "future"
        return None if negated else "conditional"
    if modal in _OBLIGATION:
        return "probable" if perfect and modal == "must" else "obligatory"
    hedge = hedges()["modal"].get(modal)
    if hedge is None or (negated and modal in {"can", "could"} and not perfect):
        return None
    found.hedges.append((token, token + 1))
    return hedge.modality


def _condition(parse: Parse, chain: list[Level], found: Commitment) -> None:
    conditions = words()["conditional"]
    has_modal = any(parse.tags[c] == "MD" for level in chain for c in parse.children[level.token])
    for level in chain:
        for child in parse.children[level.token]:
            if parse.labels[child] != "advcl" or not (
                has_subject(parse, child) or (is_verb(parse, child) and has_modal)
            ):
                continue  # "if anything", "if compared with"
            for mark in parse.children[child]:
                if parse.labels[mark] == "mark" and parse.lower[mark] in conditions:
                    before = parse.lower[mark - 1] if mark else ""
                    if before not in {"even", "as", "only"}:
                        found.modality = "conditional"


def _inherit(parse: Parse, draft: Draft, found: Commitment, before: dict[int, Commitment]) -> None:
    """What a coordinated clause takes over from the first one: "may close and lay off", "could be or wanted"."""
    head = parse.heads[draft.head]
    first = before.get(head)
    if parse.labels[draft.head] != "conj" or first is None:
        return
    children = parse.children[draft.head]
    if any(parse.labels[child] in SUBJECTS for child in children):
        return
    shares = parse.tags[draft.head] in {"VB", "VBN", "VBG"} and not any(
        parse.labels[child] in {"aux", "auxpass"} for child in children
    )
    apart = any(
        parse.labels[child] == "cc" and parse.lower[child] == "or" and head < child < draft.head
        for child in parse.children[head]
    )
    if shares or apart:
        found.weaken(first.modality)
        found.hedges += first.hedges
        found.hearsay = found.hearsay or first.hearsay
    if (
        (shares or apart)
        and first.negated
        and not any(parse.lower[child] == "but" for child in parse.children[head] if head < child < draft.head)
    ):
        found.negated = True


def _cue(parse: Parse, content: Content, found: Commitment) -> None:
    """What the cue does to its content: beliefs weaken it, denials turn it over."""
    lemma = (content.cue_lemma or "").lower()
    hedge = hedges()["verb"].get(lemma)
    token = content.cue_head
    if token is None:
        return
    sign = embeddings().get((lemma, "that"))
    if sign is not None and (sign.negated if is_negated(parse, token) else sign.affirmed) < 0:
        found.negated = not found.negated
    if content.form == "noun" and parse.labels[token] == "dobj":
        # "denied reports that": the report is turned over, not told
        verdict = embeddings().get((lemma_of(parse, parse.heads[token]), "that"))
        if verdict is not None and verdict.affirmed < 0 and not is_negated(parse, parse.heads[token]):
            found.negated = not found.negated
    if hedge is None:
        return
    first = token
    for child in parse.children[token]:
        modal = hedges()["modal"].get(_MODALS.get(parse.lower[child], parse.lower[child]))
        if modal is not None and parse.tags[child] == "MD" and not is_negated(parse, token):
            first = child
            found.weaken(modal.modality)
    found.hedges.append((first, token + 1))
    if found.modality != "future" or hedge.modality == "possible":
        found.weaken(hedge.modality)
