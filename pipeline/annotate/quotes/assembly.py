"""Rows: quotations in marks and attributions of the parse joined into one quote each."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.annotate.quotes import cues, speech
from pipeline.annotate.quotes.context import Context, phrase
from pipeline.annotate.quotes.draft import Draft
from pipeline.annotate.records import Attribution

#: Forms of attribution whose content is told of rather than told ("criticized the plan", "is said to", "urged her
#: to"): a quote only where some of it stands in marks.
_TOLD_OF = frozenset({"phrase", "raised", "infinitive", "colon"})
#: Verbs that a result or an event can have for its subject as well as a person.
_SHOWING = frozenset(
    {"suggest", "indicate", "show", "imply", "reveal", "reflect", "signal", "illustrate", "underscore", "mean"}
)
#: Verbs that take the title of a work.
_OF_WORKS = frozenset({"read", "write", "publish", "perform", "sing", "play", "recite", "direct", "watch"})
_NEW_SENTENCE = re.compile(r"[.!?][\"”’')\]]*\s*$")
_RELATIVE = frozenset({"which", "that", "who", "whom"})
_EDGES = " .,!?…\"'“”‘’«»"


def drafts(context: Context, attributions: list[Attribution]) -> list[Draft]:
    """The quotes of a text, in order, without speakers."""
    claimed: set[int] = set()
    rows: list[Draft] = []
    for attribution in attributions:
        attribution = _said_in(context, attribution)
        if not (attribution.speech and attribution.assertive and attribution.spans):
            continue
        row = _of_attribution(context, attribution)
        if row is not None and attribution.form == "raised":
            row = _of_predicate(context, row)
        if (
            row is None
            or (attribution.form in _TOLD_OF and not _is_label(attribution) and not _quotes_words(context, row))
            or _is_evidence(context, row)
        ):
            continue
        claimed.update(row.quotations)
        rows += _by_sentence(context, row)
    for number, quotation in enumerate(context.quotations):
        if number not in claimed and not context.is_aside(quotation.start):
            found = _of_marks(context, number)
            if found is not None:
                rows.append(found)
    rows = [row for row in rows if not context.is_aside(row.start) and not speech.is_mention(context, row)]
    rows.sort(key=lambda row: (row.start, -row.end))
    return _joined(context, rows)


def _said_in(context: Context, attribution: Attribution) -> Attribution:
    """An attribution to a noun that a verb of speech governs, as one of that verb: "said in a statement that ..."."""
    parse, noun = context.parse, attribution.cue_head
    if attribution.form != "noun" or attribution.speech or noun is None or parse.labels[noun] != "pobj":
        return attribution
    content = attribution.content_head
    verb = parse.heads[parse.heads[noun]]
    if (
        content is None
        or not cues.is_quote_verb(context, verb)
        or parse.tags[content] not in {"VBD", "VBZ", "VBP", "VB", "VBN"}
    ):
        return attribution
    return replace(
        attribution,
        form="clause",
        speech=True,
        cue=parse.span(verb, verb + 1),
        cue_head=verb,
        cue_lemma=parse.lemmas[verb],
    )


def _overlap(first: tuple[int, int], second: tuple[int, int]) -> int:
    return max(0, min(first[1], second[1]) - max(first[0], second[0]))


def _of_attribution(context: Context, attribution: Attribution) -> Draft | None:
    """The row of an attribution, fitted to the quotations that it touches; None for one that stands inside marks."""
    text = context.parse.text
    if attribution.cue_head is not None and context.inside[attribution.cue_head] >= 0:
        return None
    spans = sorted(attribution.spans)
    touched: list[int] = []
    for number in context.quotations_in(spans[0][0], spans[-1][1]):
        quotation = context.quotations[number]
        for index, (start, end) in enumerate(spans):
            shared = _overlap((start, end), (quotation.inner_start, quotation.inner_end))
            if not shared or (not quotation.double and shared < 0.9 * (quotation.inner_end - quotation.inner_start)):
                continue
            touched.append(number)
            start = min(start, quotation.start) if start >= quotation.start else start
            if quotation.start < end < quotation.end or not text[min(end, quotation.end) : quotation.end].strip(_EDGES):
                end = max(end, quotation.end)
            spans[index] = (start, end)
            spans[index : index + 1] = _without_narration(context, number, (start, end))
            break
    spans = _merged(spans)
    spans = [span for span in spans if text[span[0] : span[1]].lower() not in _RELATIVE] or spans
    return Draft(
        spans, "attribution", attribution.source_head, attribution.source, attribution.cue, attribution.cue_head,
        attribution.cue_lemma, attribution.cue is not None and attribution.cue[0] >= spans[0][1], sorted(set(touched)),
    )  # fmt: skip


def _of_predicate(context: Context, row: Draft) -> Draft | None:
    """The words in marks of a passive ("was described as “cold”"): nobody said its subject. None for a mere name
    ("is referred to as “the Boot”")."""
    if row.cue_lemma in cues.OF_NAMES:
        return None
    spans = []
    for start, end in row.spans:
        quoted = [context.span(n) for n in row.quotations if _overlap((start, end), context.span(n))]
        if quoted:
            as_alone = context.parse.text[start : quoted[0][0]].strip() == "as"
            spans.append((quoted[0][0] if as_alone else start, end))
    return replace(row, spans=spans) if spans else row


def _is_label(attribution: Attribution) -> bool:
    """Whether a line starts with who speaks ("Hill: The bridge is safe")."""
    return attribution.form == "colon" and attribution.speech


def _quotes_words(context: Context, row: Draft) -> bool:
    """Whether some of a row stands in marks, and that is more than the title of a work ("she reads 'Blue Rain'")."""
    text = context.parse.text
    inner = [context.quotations[number] for number in row.quotations]
    if row.cue_lemma not in _OF_WORKS:
        return bool(inner)
    return any(not speech.is_title(text[q.inner_start : q.inner_end]) for q in inner)


def _is_evidence(context: Context, row: Draft) -> bool:
    """Whether nobody speaks: the source is a clause or thing that a pronoun points at ("which suggests that ...")."""
    parse, head = context.parse, row.source_head
    if head is None or row.quotations:
        return False
    if row.cue_lemma in _SHOWING and not (parse.tags[head].startswith("PRP") or cues.names_a_source(context, head)):
        return True
    if parse.lower[head] not in {"which", "that", "this", "these", "what", "all"}:
        return False
    return parse.labels[parse.heads[head]] != "relcl" or not cues.names_a_source(
        context, parse.heads[parse.heads[head]]
    )


def _without_narration(context: Context, number: int, span: tuple[int, int]) -> list[tuple[int, int]]:
    """Content that starts with a whole clause in marks ends with it, unless another clause of content is joined on.

    The parse hangs on to the quotation what the narrator goes on with: `"I can swim" and then dived in`,
    `"It is mine," which is when she left`.
    """
    parse, quotation = context.parse, context.quotations[number]
    if span[0] != quotation.start or span[1] <= quotation.end or not quotation.double:
        return [span]
    first, last = context.tokens[number]
    if last >= len(parse) or not any(_heads_clause(context, token) for token in range(first, last)):
        return [span]
    token = last
    while token < len(parse) and not any(map(str.isalnum, parse.words[token])):
        token += 1
    if token >= len(parse) or parse.starts[token] >= span[1]:
        return [(span[0], quotation.end)]
    word = parse.lower[token]
    if word == "which" or parse.tags[token] == "VBG":
        return [(span[0], quotation.end)]
    if word in {"and", "but", "then"}:
        following = token + 1
        while following < len(parse) and parse.tags[following].startswith("RB"):
            following += 1
        if following < len(parse) and parse.tags[following] in {"VBD", "VBZ", "VBP", "VBN"}:
            return [(span[0], quotation.end)]
        return [(span[0], quotation.end), (parse.starts[token], span[1])]
    return [span]


def _heads_clause(context: Context, token: int) -> bool:
    """Whether a token is a finite verb, or its auxiliary, with a subject."""
    parse = context.parse
    if parse.tags[token] not in {"VBD", "VBZ", "VBP", "MD"}:
        return False
    verb = parse.heads[token] if parse.labels[token].startswith("aux") else token
    return any(parse.labels[child].startswith("nsubj") for child in parse.children[verb])


def _by_sentence(context: Context, row: Draft) -> list[Draft]:
    """One row for each sentence that the cue does not interrupt: `"A," she said. "B."` makes two, with one speaker;
    `"A," she said, "b."` stays one with two spans."""
    text = context.parse.text
    groups: list[list[tuple[int, int]]] = [[row.spans[0]]]
    for before, span in zip(row.spans, row.spans[1:], strict=False):
        if _NEW_SENTENCE.search(text[before[1] : span[0]]):
            groups.append([span])
        else:
            groups[-1].append(span)
    if len(groups) == 1:
        return [row]
    found = []
    for index, spans in enumerate(groups):
        numbers = [
            n for n in row.quotations
            if any(_overlap(span, (context.quotations[n].start, context.quotations[n].end)) for span in spans)
        ]  # fmt: skip
        found.append(replace(row, spans=spans, quotations=numbers, carried=index > 0))
    return found


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _of_marks(context: Context, number: int) -> Draft | None:
    """The row of a quotation that no attribution covers, None where it is no speech."""
    parse, quotation = context.parse, context.quotations[number]
    span = (quotation.start, quotation.end)
    cue = None if quotation.continues else cues.cue_of(context, number)
    if cue is not None:
        source = None
        if cue.source_head is not None:
            source = parse.span(*phrase(parse, cue.source_head, context.inside))
        characters = parse.span(cue.first, cue.last) if cue.first is not None and cue.last is not None else None
        return Draft([span], "cue", cue.source_head, source, characters, cue.first, cue.lemma, cue.after, [number])
    full = quotation.double or context.is_single_style
    if quotation.continues or (full and speech.is_sentence(context, number)):
        return Draft([span], "sentence", quotations=[number])
    if quotation.double and speech.is_fragment(context, number):
        return Draft([span], "fragment", quotations=[number])
    return None


def _joined(context: Context, rows: list[Draft]) -> list[Draft]:
    """Rows without repeats, where a quotation that runs on over paragraphs is one row with a span for each."""
    found: list[Draft] = []
    holder: dict[int, Draft] = {}
    for row in rows:
        if any(kept.spans == row.spans for kept in found[-8:]):
            continue
        first = row.quotations[0] if row.quotations else -1
        before = holder.get(first - 1)
        runs_on = first > 0 and context.quotations[first].continues and row.start == context.quotations[first].start
        if runs_on and before is not None:
            before.spans = _merged([*before.spans, *row.spans])
            before.quotations = sorted({*before.quotations, *row.quotations})
            if before.source_head is None and row.source_head is not None:
                before.source_head, before.source = row.source_head, row.source
                before.cue, before.cue_head, before.cue_lemma = row.cue, row.cue_head, row.cue_lemma
            for number in row.quotations:
                holder[number] = before
            continue
        for number in row.quotations:
            holder.setdefault(number, row)
        found.append(row)
    return found
