"""The narrative of an article: its sentences without what stands in quotation marks, captions and links."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pipeline.annotate.asides import asides
from pipeline.annotate.attributions import lexicon
from pipeline.annotate.marks import quotations
from pipeline.annotate.parse import Parse
from pipeline.annotate.records import Mention

_MAIN_VERBS = frozenset({"VBD", "VBZ", "VBP", "MD"})
_BRACKETS = {",": ",", "—": "—", "–": "–", "--": "--", "-": "-", "(": ")"}
#: The longest insertion behind a name, in tokens.
_INSERTION = 25
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN", "VBG", "VB"})


@dataclass(frozen=True)
class Narrative:
    """A parse, with what of it is set apart and the number of each token's sentence, counted without that."""

    parse: Parse

    @cached_property
    def quoted(self) -> list[bool]:
        """Whether each token stands in double quotation marks."""
        return self._marked([(q.start, q.end) for q in quotations(self.parse.text) if q.double])

    @cached_property
    def aside(self) -> list[bool]:
        """Whether each token stands in a caption or a link to another story."""
        return self._marked(asides(self.parse.text))

    def _marked(self, spans: list[tuple[int, int]]) -> list[bool]:
        found = [False] * len(self.parse)
        for start, end in spans:
            first, last = self.parse.tokens_of(start, end)
            found[first:last] = [True] * max(0, last - first)
        return found

    @cached_property
    def sentence(self) -> list[int]:
        """The narrative sentence of each token; one that is quoted or set apart as a whole does not count."""
        found, number = [0] * len(self.parse), 0
        for first, last in self.parse.sentences:
            if not all(self.quoted[first:last]) and not self.aside[first]:
                number += 1
            found[first:last] = [number] * (last - first)
        return found

    def head_of(self, mention: Mention) -> int:
        """The head token of a mention: the one whose own head stands outside it."""
        first, last = self.parse.tokens_of(mention.start, mention.end)
        last = min(max(last, first + 1), len(self.parse))
        for token in range(last - 1, first - 1, -1):
            if not first <= self.parse.heads[token] < last or self.parse.heads[token] == token:
                return token
        return min(first, len(self.parse) - 1)

    def speaks(self, first: int, last: int, head: int) -> bool:
        """Whether the phrase of tokens `first` to `last` (exclusive) with its head is the subject of a verb of speech.

        Beside quotation marks the parse is often wrong, so that a verb of speech right before or after the
        phrase will do there.
        """
        parse = self.parse
        if parse.labels[head] in {"nsubj", "nsubjpass"} and self._is_speech(parse.heads[head]):
            return not any(
                child < head and (parse.labels[child] == "mark" or parse.tags[child] == "WRB")
                for child in parse.children[parse.heads[head]]
            )
        above = parse.heads[head]
        if parse.labels[head] == "pobj" and parse.labels[above] == "agent" and self._is_speech(parse.heads[above]):
            return True  # "was denounced by Hill"
        after = last
        while after < len(parse) and parse.tags[after].startswith("RB"):
            after += 1
        if (
            after < len(parse)
            and parse.segment_of[after] == parse.segment_of[head]
            and parse.tags[after] in {"VBD", "VBZ"}
        ):
            return self._is_speech(after)
        return (
            first > 0
            and parse.segment_of[first - 1] == parse.segment_of[head]
            and parse.tags[first - 1] in {"VBD", "VBZ"}
            and self._is_speech(first - 1)
            and (first < 2 or self.quoted[first - 2])
        )

    def leads(self, last: int, head: int) -> bool:
        """Whether the phrase that ends before token `last` stands right before the main verb of its sentence.

        Its last word is then the subject, whatever the parse makes of a long run of titles before it.
        """
        parse = self.parse
        end = parse.sentences[parse.sentence_of[head]][1]
        places = [last]
        if last < end and parse.words[last] in _BRACKETS:
            # "Hill, the mayor of Rye, went": the sentence goes on behind the insertion
            closing = _BRACKETS[parse.words[last]]
            places = [last + 1]
            places += [k + 1 for k in range(last + 2, min(end, last + _INSERTION)) if parse.words[k] == closing]
        for place in places:
            verb = self._main_verb(place, end)
            if verb is None:
                continue
            subjects = [child for child in parse.children[verb] if parse.labels[child] in {"nsubj", "nsubjpass"}]
            if not subjects or head in subjects:
                return True
            return place == last and subjects[0] < head and not parse.tags[subjects[0]].startswith(("NNP", "PRP"))
        return False

    def _main_verb(self, token: int, end: int) -> int | None:
        """The main verb of the sentence if it, or its auxiliary, stands at `token`, adverbs aside."""
        parse = self.parse
        while token < end and parse.tags[token] == "RB":
            token += 1
        if token >= end or parse.tags[token] not in _MAIN_VERBS:
            return None
        verb = parse.heads[token] if parse.labels[token] in {"aux", "auxpass"} else token
        return verb if parse.labels[verb] == "ROOT" else None

    def following_subject(self, token: int) -> int | None:
        """The subject that follows a pronoun in the opening phrase of its sentence ("For his part, Hill ...")."""
        parse = self.parse
        above = token
        for _ in range(6):
            if parse.labels[above] in {"prep", "advcl"}:
                verb = parse.heads[above]
                if parse.labels[verb] in {"ROOT", "ccomp", "conj"} and token < verb:
                    subjects = [c for c in parse.children[verb] if parse.labels[c] in {"nsubj", "nsubjpass"}]
                    if subjects and subjects[0] > parse.right_edge(above):
                        return subjects[0]
                    if not subjects and parse.labels[above] == "prep":
                        inner = [c for c in parse.subtree(above) if parse.labels[c] == "appos" and c > token]
                        return inner[-1] if inner else None
                return None
            if parse.heads[above] == above:
                return None
            above = parse.heads[above]
        return None

    def _is_speech(self, verb: int) -> bool:
        if self.parse.tags[verb] not in _FINITE:
            return False
        cue = lexicon.verbs().get(self.parse.lemmas[verb])
        return cue is not None and cue.speech
