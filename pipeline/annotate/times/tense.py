"""Where the sentence puts a time: before or after the moment of writing, by the verb that governs it.

After the treatment of bare weekdays and months in HeidelTime (Strötgen and Gertz 2013), with the parse's heads
in place of the nearest verb.
"""

from __future__ import annotations

from itertools import islice

from pipeline.annotate.parse import Parse
from pipeline.annotate.times.lexicon import future_cues

PAST, FUTURE, LIKELY, PRESENT, UNKNOWN = "past", "future", "likely", "present", "unknown"
#: Tenses that point ahead: a modal or a cue (future), an infinitive (likely), a simple present.
AHEAD = frozenset({FUTURE, LIKELY, PRESENT})
#: Auxiliaries whose presence puts a participle in the past.
_PAST_AUXILIARIES = frozenset({"had", "was", "were", "did", "has", "have", "'ve", "been"})
#: Verbs whose infinitive tells of what has happened: it began to fall.
_FACTIVE = frozenset(
    {"begin", "start", "fail", "manage", "force", "continue", "help", "use"}
    | {"come", "go", "lead", "cause", "allow", "enable"}
)
#: How far up the tree is looked.
_HIGHEST = 12
#: Labels of words that qualify a noun: the verb above tells less of their time.
_MODIFYING = frozenset({"compound", "nmod", "amod", "poss"})
#: How the tags of verbs begin.
_VERBS = frozenset({"VB", "MD"})


def of(parse: Parse, start: int, end: int) -> str:
    """The tense of the clause that characters `start` to `end` stand in: past, future, likely (an infinitive's
    future), present or unknown."""
    first, last = parse.tokens_of(start, end)
    if first >= last:
        return UNKNOWN
    inside = [index for index in range(first, last) if not first <= parse.heads[index] < last]
    token = inside[-1] if inside else last - 1
    is_modifier = parse.labels[token] in _MODIFYING and parse.tags[parse.heads[token]][:2] == "NN"
    for above in islice(parse.ancestors(token), _HIGHEST):
        if parse.tags[above][:2] in _VERBS:
            told = _verb(parse, above, 0)
            return LIKELY if is_modifier and told == FUTURE else told
        if parse.lemmas[above].lower() in future_cues():
            if parse.tags[above][:2] != "JJ":
                return LIKELY
            return PAST if parse.tags[parse.heads[above]] == "VBD" else FUTURE
    return _verb(parse, token, 0) if parse.tags[token][:2] == "VB" else UNKNOWN


def _verb(parse: Parse, verb: int, depth: int) -> str:
    tag = parse.tags[verb]
    if tag == "MD":
        return FUTURE
    helpers = [child for child in parse.children[verb] if parse.labels[child] in {"aux", "auxpass"}]
    words = {parse.lower[child].replace("’", "'") for child in helpers}
    if any(parse.tags[child] == "MD" for child in helpers):
        return PAST if "have" in words else PRESENT if "could" in words else FUTURE
    if tag == "VBD" or words & {"did", "had"}:
        return PAST
    if _is_cue(parse, verb):
        return FUTURE
    if words & {"was", "were"}:
        return PAST
    if parse.lemmas[verb] == "be" and any(
        parse.labels[child] == "acomp" and parse.lemmas[child].lower() in future_cues()
        for child in parse.children[verb]
    ):
        return FUTURE
    if words & _PAST_AUXILIARIES:
        return PAST
    if tag in {"VB", "VBG"} and depth < _HIGHEST:
        return _dependent(parse, verb, tag, words, depth)
    if tag == "VBN":
        return LIKELY if "to" in words else PRESENT if words else PAST
    return PRESENT


def _is_cue(parse: Parse, verb: int) -> bool:
    """Whether a verb places in the future what depends on it; `set` does so with an infinitive or `for` alone."""
    lemma = parse.lemmas[verb]
    if lemma == "set":
        return any(parse.labels[child] == "xcomp" or parse.lower[child] == "for" for child in parse.children[verb])
    return lemma in future_cues()


def _helpers(parse: Parse, verb: int) -> set[str]:
    return {parse.lower[child] for child in parse.children[verb] if parse.labels[child] in {"aux", "auxpass"}}


def _dependent(parse: Parse, verb: int, tag: str, words: set[str], depth: int) -> str:
    """The tense of an infinitive or of a form in -ing: that of the verb above, where it has none itself."""
    if tag == "VBG" and words:
        return FUTURE
    above = next((token for token in islice(parse.ancestors(verb), _HIGHEST) if parse.tags[token][:2] in _VERBS), None)
    if tag == "VB" and "to" in words:
        if above is None:
            return LIKELY
        if parse.lemmas[above] in _FACTIVE or "had" in _helpers(parse, above):
            return PAST
        is_present = parse.lemmas[above] == "be" and parse.tags[above] in {"VBZ", "VBP"}
        is_told = _is_cue(parse, above) and parse.tags[above] != "VBD"
        return FUTURE if is_present or is_told else LIKELY
    return UNKNOWN if above is None else _verb(parse, above, depth + 1)
