"""Headlines in the present tense, or with an infinitive for what is to come, are read as the clauses that they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotate import engine
from pipeline.annotate.article import annotate
from pipeline.annotate.parse import Parse

WORDS = st.sampled_from(
    "trump mayor ferry plans to halts talks after strike Osterby Tilda Qvist police fire rally votes on and".split()
)


def subject_of(parse: Parse, token: int) -> str | None:
    return next((parse.words[child] for child in parse.children[token] if parse.labels[child] == "nsubj"), None)


@pytest.mark.parametrize(
    ("headline", "verb", "tag", "subject"),
    [
        ("Stock exchange halts trading after steep losses", "halts", "VBZ", "exchange"),
        ("Chancellor shatters fundraising records with small donors", "shatters", "VBZ", "Chancellor"),
        ("Senators grill regulator over bank losses", "grill", "VBP", "Senators"),
        ("Council repeals sugar tax", "repeals", "VBZ", "Council"),
        ("Harbour police fire rubber bullets at protesters", "fire", "VBP", "police"),
        ("Support for ferry strike rises after crash", "rises", "VBZ", "Support"),
    ],
)
def test_the_verb_of_a_headline_is_a_finite_verb_with_its_subject(
    headline: str, verb: str, tag: str, subject: str
) -> None:
    parse = engine.parse(headline)
    token = parse.words.index(verb)
    assert (parse.tags[token], parse.heads[token], subject_of(parse, token)) == (tag, token, subject)


def test_what_somebody_is_to_do_lies_ahead() -> None:
    text = "Tilda Qvist to face fraud charges"
    [claim] = annotate(text, None, len(text)).claims
    assert (claim.subject, claim.predicate, claim.object) == ("Tilda Qvist", "face", "fraud charges")
    assert (claim.modality, claim.claim_type) == ("future", "prediction")


@pytest.mark.parametrize(
    "headline",
    [
        "New rules for ferry crews",
        "A plan to cut ferry fares",
        "Sources of harbour pollution",
        "Winter storms and the power of symbols",
        "No tax cuts for the rich",
    ],
)
def test_nouns_stay_nouns(headline: str) -> None:
    parse = engine.parse(headline)
    assert [parse.words[token] for token in range(len(parse)) if parse.tags[token] in {"VBZ", "VBP", "MD"}] == []


@given(st.lists(WORDS, min_size=1, max_size=12).map(" ".join))
def test_tokens_are_the_words_of_the_text_in_their_places(line: str) -> None:
    text = f"{line.capitalize()}\n\nThey told {line.split(maxsplit=1)[0].capitalize()} of it."
    parse = engine.parse(text)
    assert [text[start:end] for start, end in zip(parse.starts, parse.ends, strict=True)] == parse.words
    assert "".join(parse.words) == "".join(text.split())
    assert all(before <= after for before, after in zip(parse.ends, parse.starts[1:], strict=False))


BODY = "The White House said on Monday that Donald Trump met the senators. They told Trump that the vote was lost."


@pytest.mark.parametrize(
    ("headline", "subject", "predicate", "object_"),
    [
        ("Trump shatters records with small donors", "Trump", "shatter", "records with small donors"),
        ("Trump to install loyalist as intelligence chief", "Trump", "install", "loyalist"),
        ("Trump at odds with lawmakers over reforms", "Trump", "be", "at odds with lawmakers over reforms"),
    ],
)
def test_a_name_that_is_a_word_too_is_read_as_the_name_that_the_text_has(
    headline: str, subject: str, predicate: str, object_: str
) -> None:
    text = f"{headline}\n\n{BODY}"
    found = annotate(text, None, len(headline) + 1)
    [claim] = [claim for claim in found.claims if claim.start < len(headline)]
    assert (claim.subject, claim.predicate, claim.object) == (subject, predicate, object_)
    assert engine.parse(text).words[0] == "Trump"


@pytest.mark.parametrize("opening", ["Trump", "Dont", "Gonna", "Today"])
def test_no_word_is_told_that_the_text_does_not_have(opening: str) -> None:
    text = f"{opening} at odds with the harbour\n\nThey told {opening} and Do and Gon that it was late."
    parse = engine.parse(text)
    assert [text[start:end] for start, end in zip(parse.starts, parse.ends, strict=True)] == parse.words
