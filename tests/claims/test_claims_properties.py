"""Whatever the text: nothing is raised, spans lie inside, enumerations are closed, the result is the same twice."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.annotate.article import annotate

TYPES = {"event", "state", "statistic", "prediction", "intention", "causal", "background", "evaluation"}
ATTRIBUTIONS = {"narrator", "direct_quote", "mixed_quote", "indirect", "evidence", "hearsay"}
MODALITIES = {"asserted", "probable", "possible", "conditional", "future", "obligatory", "unknown"}
PRECISIONS = {None, "minute", "day", "week", "month", "year", "interval"}

#: Pieces that claims are made of, in any order: grammar breaks, the code must not.
PIECES = st.sampled_from(
    [
        "The mayor", "said", "that", "“", "”", '"', "did not", "hesitate to", "resign", ",", ".", "?", "who", "which",
        "may", "reportedly", "if", "whether", "no one", "neither", "nor", "and", "but", "(", ")", "—", ":", "\n\n",
        "on Monday", "in Paris", "according to", "police", "photos", "showing", "a fire", "is believed to", "have",
        "left", "it is possible", "amid", "fears", "GENEVA", "-", "50 percent", "believes", "denied", "'s", "é", "🙂",
    ]
)  # fmt: skip


def check(text: str) -> None:
    found = annotate(text, None)
    for claim in found.claims:
        assert claim.spans == sorted(claim.spans)
        assert (claim.start, claim.end) == (claim.spans[0][0], claim.spans[-1][1])
        last = 0
        for start, end in claim.spans:
            assert last <= start < end <= len(text)
            last = end
        for start, end in ((claim.claimant_start, claim.claimant_end), (claim.cue_start, claim.cue_end)):
            assert (start is None) == (end is None)
            assert start is None or end is None or 0 <= start < end <= len(text)
        for hedge in claim.hedges:
            assert text[hedge.start : hedge.end] == hedge.text
        assert claim.claim_type in TYPES and claim.attribution in ATTRIBUTIONS and claim.modality in MODALITIES
        assert claim.polarity in {"affirmed", "negated"} and claim.event_time_precision in PRECISIONS
        assert claim.factuality is not None and -3 <= claim.factuality <= 3
        assert claim.checkworthiness is not None and 0 <= claim.checkworthiness <= 1
        assert claim.quote is None or 0 <= claim.quote < len(found.quotes)
        assert all(0 <= entity < len(found.entities) for entity in claim.entities)
    assert annotate(text, None).claims == found.claims


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_any_order_of_pieces(text: str) -> None:
    check(text)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    check(text)
