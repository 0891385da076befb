"""How firmly a claim is made: polarity, modality, the words that hedge it, and factuality on a scale of -3 to 3.

Modality and polarity after FactBank (Sauri and Pustejovsky 2009); the scale after de Marneffe et al. 2012 and
Lee et al. 2015 (UW): certain 3, probable and future 2, possible 1, no commitment 0, the sign is the polarity.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.annotate.claims.contents import Content, Contents
from pipeline.annotate.claims.drafts import Draft
from pipeline.annotate.claims.embedding import Level, descend, is_passive, lemma_of
from pipeline.annotate.claims.grammar import SUBJECTS, has_subject, is_verb
from pipeline.annotate.claims.lexicon import embeddings, hedges, words
from pipeline.annotate.claims.negation import is_negated
from pipeline.annotate.parse import Parse

#: From the weakest commitment to the firmest: two sources of modality make the weaker one.
_ORDER = ("unknown", "conditional", "obligatory", "possible", "probable", "future", "asserted")
FACTUALITY = {"asserted": 3.0, "probable": 2.0, "future": 2.0, "possible": 1.0}
_MODALS = {"wo": "will", "'ll": "will", "’ll": "will", "ca": "can", "'d": "would", "’d": "would"}
_FUTURE = frozenset({"will", "shall"})
_OBLIGATION = frozenset({"must", "should", "ought"})
#: Subjects of clauses that only frame their complement ("I think that", "it seems that").
_FRAMING = frozenset({"it", "there", "i", "we"})


@dataclass(slots=True)
class Commitment:
    """What a claim is worth: `hedges` are tokens ranges (end exclusive), `hearsay` the one that tells of others."""

    negated: bool = False
    modality: str = "asserted"
    hedges: list[tuple[int, int]] = field(default_factory=list)
    hearsay: tuple[int, int] | None = None
    predicate: int = -1  #: the word that the claim is about, below implicatives and raising verbs

    def weaken(self, modality: str) -> None:
        """Take the weaker of the two modalities."""
        self.modality = min(self.modality, modality, key=_ORDER.index)

    @property
    def factuality(self) -> float:
        """The commitment as a number from -3 to 3."""
        value = FACTUALITY.get(self.modality, 0.0)
        return -value if self.negated and value else value


def of(parse: Parse, contents: Contents, draft: Draft, before: dict[int, Commitment]) -> Commitment:
    """The commitment of one draft; `before` holds those of the propositions already read, by head."""
    found = Commitment(predicate=draft.head)
    if draft.kind in {"fragment", "appositive", "phrase", "nominal"}:
        _adverbs(parse, draft.head, found)
    else:
        _clause(parse, contents, draft, found, before)
    content = contents.all[draft.content] if draft.content >= 0 else None
    if content is not None:
        _cue(parse, content, found)
    _matrix(parse, draft.head, found)
    _frame(parse, draft, found)
    _phrases(parse, draft, found)
    found.hedges = sorted(set(found.hedges))
    return found


def _clause(parse: Parse, contents: Contents, draft: Draft, found: Commitment, before: dict[int, Commitment]) -> None:
    chain = descend(parse, draft.head)
    sign = 1
    for level in chain:
        negated = is_negated(parse, level.token)
        low = _modality(parse, contents, draft, level, negated, found)
        if level.token == chain[0].token or level.signature is None:
            _adverbs(parse, level.token, found)
        if low:
            found.weaken(low)
        if negated:
            sign = -sign
        if level.signature is not None:
            follows = level.signature.affirmed if sign > 0 else level.signature.negated
            sign = follows or sign
            if level.signature.modality:
                found.weaken(level.signature.modality)
            _raising(parse, level, found)
    found.negated = sign < 0
    found.predicate = chain[-1].token
    _nominal_hedges(parse, chain[-1].token, draft.head, found)
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


def _adverbs(parse: Parse, token: int, found: Commitment) -> None:
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


def _raising(parse: Parse, level: Level, found: Commitment) -> None:
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


def _nominal_hedges(parse: Parse, token: int, head: int, found: Commitment) -> None:
    """ "The likely winner is ...", "is a possible motive", "is likely"."""
    kinds = hedges()
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


def _matrix(parse: Parse, head: int, found: Commitment) -> None:
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


def _frame(parse: Parse, draft: Draft, found: Commitment) -> None:
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


def _phrases(parse: Parse, draft: Draft, found: Commitment) -> None:
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
