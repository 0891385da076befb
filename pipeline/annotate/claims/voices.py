"""Whose claim it is: the narrator's, a source's in quotation marks or in the article's words, evidence's, hearsay's."""

from __future__ import annotations

from pipeline.annotate.claims.contents import Content, Contents
from pipeline.annotate.claims.drafts import Draft
from pipeline.annotate.claims.lexicon import words
from pipeline.annotate.claims.scale import Commitment
from pipeline.annotate.marks import quotations
from pipeline.annotate.parse import Parse
from pipeline.annotate.records import Claim

#: A claim with this share of its words in quotation marks is a direct quotation.
_DIRECT = 0.9
#: Cues by which a thing lets infer: without a source that could speak, the inference is the narrator's.
_INFERENCE = frozenset(
    {
        *("suggest", "indicate", "imply", "mean", "hint", "show", "prove"),
        *("demonstrate", "confirm", "reveal", "highlight", "illustrate", "reflect"),
    }
)
_THINGS = frozenset({"which", "that", "this", "it", "these", "those", "what"})
_EVENT_ENDINGS = ("tion", "sion", "ment", "ness", "ity", "ance", "ence", "al", "ing")


def quoted_tokens(parse: Parse) -> frozenset[int]:
    """The tokens in quotation marks."""
    found: set[int] = set()
    for quotation in quotations(parse.text):
        found.update(range(*parse.tokens_of(quotation.inner_start, quotation.inner_end)))
    return frozenset(found)


def attribute(
    parse: Parse, contents: Contents, draft: Draft, commit: Commitment, claim: Claim, quoted: frozenset[int]
) -> None:
    """Fill in who commits to a claim, by which cue, and through whom."""
    if draft.content < 0:
        if commit.hearsay is not None:
            claim.attribution = "hearsay"
            claim.cue_start, claim.cue_end = parse.span(*commit.hearsay)
        return
    content = contents.all[draft.content]
    claim.attribution = _kind(parse, content, draft, commit, quoted)
    around = (contents.all[number].quote for number in reversed(contents.chain(draft.content)))
    claim.quote = next((quote for quote in around if quote is not None), None)
    if claim.attribution == "narrator":
        return
    if content.cue is not None:
        claim.cue_start, claim.cue_end = content.cue
    if content.source is not None:
        claim.claimant_start, claim.claimant_end = content.source
    claim.claimant_entity, claim.claimant_name = content.entity, content.name
    for number in contents.chain(draft.content):
        above = contents.all[number]
        if above.source is not None:
            cue = parse.text[above.cue[0] : above.cue[1]] if above.cue else None
            claim.chain.append((parse.text[above.source[0] : above.source[1]], above.entity, cue))


def _kind(parse: Parse, content: Content, draft: Draft, commit: Commitment, quoted: frozenset[int]) -> str:
    lexicon = words()
    head = content.source_head
    lemma = parse.lemmas[head].lower() if head is not None else ""
    cue = (content.cue_lemma or "").lower()
    if head is not None and lemma in lexicon["rumour"] and _is_rumour(parse, head, lemma):
        return "hearsay"
    if head is None and (cue in lexicon["rumour"] or content.form == "adverb"):
        return "hearsay"
    words_in = [token for token in draft.tokens if parse.words[token][:1].isalnum()]
    share = sum(token in quoted for token in words_in) / len(words_in) if words_in else 0.0
    if share >= _DIRECT and (content.speech or content.quote is not None):
        return "direct_quote"
    if lemma in lexicon["evidence"] or (head is None and cue in lexicon["evidence"]):
        return "evidence"
    if share > 0:
        return "mixed_quote"
    if head is None or cue not in _INFERENCE or content.entity is not None:
        return "indirect"
    if parse.lower[head] in _THINGS or (parse.tags[head] == "NN" and lemma.endswith(_EVENT_ENDINGS)):
        return "narrator"
    return "indirect"


def _is_rumour(parse: Parse, head: int, lemma: str) -> bool:
    """Rumours are hearsay; "reports" and "claims" are where they stand alone and are nobody's."""
    if lemma not in {"report", "claim", "word"}:
        return True
    owned = any(parse.labels[child] in {"det", "poss"} for child in parse.children[head])
    return not owned and (parse.tags[head] == "NNS" or lemma == "word")
