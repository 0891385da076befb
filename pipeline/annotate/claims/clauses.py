"""Which words head a proposition of their own, and which words belong to each.

Clauses are split over the parse after the clause types of ClausIE (Del Corro and Gemulla 2013): coordination,
finite adverbial clauses, non-restrictive relatives, appositives and participles, complement clauses that are
asserted. Questions, whether-clauses, conditions, purposes and restrictive modifiers are not.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.annotate.claims.contents import Contents
from pipeline.annotate.claims.edges import is_label
from pipeline.annotate.claims.grammar import (
    BEFORE,
    SUBJECTS,
    after_comma,
    has_subject,
    is_background,
    is_finite,
    is_question,
    is_verb,
    marker,
)
from pipeline.annotate.claims.lexicon import hedges, words
from pipeline.annotate.parse import Parse

_NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_INTERROGATIVE = frozenset({"WP", "WRB", "WDT", "WP$"})
#: Verb forms that advise or entitle where no subject stands before them: "Meet the candidates", "Sharing the blame".
_SUBJECTLESS = frozenset({"VB", "VBP", "VBG"})
_LEAST_APPOSITIVE = 3
#: Labels of dependents that may head a proposition.
_CLAUSAL = frozenset(
    {"appos", "relcl", "acl", "pobj", "conj", "ccomp", "parataxis", "pcomp", "advcl", "dep", "meta", "csubj"}
)


@dataclass(frozen=True, slots=True)
class Proposition:
    """A word that heads a proposition: `kind` is main, coordinate, complement, adverbial, relative, participle,
    appositive or fragment; `restated`: its words stand in the proposition around it as well."""

    head: int
    kind: str
    restated: bool = False


class Clauses:
    """The propositions of an article by head, and the one that owns each token (-1: none)."""

    def __init__(self, parse: Parse, contents: Contents, headline_sentences: frozenset[int]) -> None:
        self.parse = parse
        self.contents = contents
        self.propositions: dict[int, Proposition] = {}
        self.owner = [-1] * len(parse)
        self._lexicon = words()
        self._cues = {
            content.cue_head: content for content in contents.all if content.cue_head is not None and content.tokens
        }
        self._framed: dict[int, int] = {}
        self._order: list[int] = []
        for number, sentence in enumerate(parse.sentences):
            self._sentence(sentence, number in headline_sentences)
        for matrix in self._framed:
            self.propositions.pop(matrix, None)
        for token in self._order:  # heads before their dependents
            self.owner[token] = self._owner(token)

    def _owner(self, token: int) -> int:
        place = token
        while place in self._framed and place not in self.propositions:
            place = self._framed[place]
        if place in self.propositions:
            return place
        head = self.parse.heads[token]
        return self.owner[head] if head != token else -1

    def _is_frame(self, matrix: int) -> bool:
        """Whether a clause only frames its complement: "I think that", "it is possible that", "it seems that"."""
        parse = self.parse
        kinds = hedges()
        subjects = {parse.lower[c] for c in parse.children[matrix] if parse.labels[c] in SUBJECTS}
        lemma = parse.lemmas[matrix].lower()
        if lemma in kinds["verb"] and subjects & {"i", "we", "it", "there"}:
            return True
        return "it" in subjects and any(
            parse.labels[c] == "acomp" and parse.lemmas[c].lower() in kinds["adjective"] for c in parse.children[matrix]
        )

    def _sentence(self, sentence: tuple[int, int], headline: bool) -> None:
        parse = self.parse
        roots = [token for token in range(*sentence) if parse.heads[token] == token]
        question = is_question(parse, sentence)
        for root in roots:
            self._visit(root, question, headline)

    def _visit(self, root: int, question: bool, headline: bool) -> None:
        """Walk down from `root`; each entry is a token, whether its clause is asserted, and its proposition."""
        parse = self.parse
        innermost = self.contents.innermost
        stack: list[tuple[int, bool]] = [(root, not question)]
        while stack:
            token, asserted = stack.pop()
            self._order.append(token)
            inside = innermost[token]
            if inside >= 0 and not self.contents.all[inside].assertive:
                asserted = False
            if token == root:
                found = self._root(token, headline) if asserted else None
            else:
                found, asserted = self._dependent(token, asserted)
            if found is not None:
                self.propositions[token] = found
            stack.extend((child, asserted) for child in reversed(parse.children[token]))

    def _root(self, token: int, headline: bool) -> Proposition | None:
        parse = self.parse
        inside = self.contents.innermost[token] >= 0
        if marker(parse, token) in {*self._lexicon["conditional"], "whether"}:
            return None
        first = parse.left_edge(token)
        if headline and parse.heads[first] == token and parse.tags[first] in _INTERROGATIVE:
            return None  # "How the vote was won"
        if is_verb(parse, token):
            if has_subject(parse, token) or inside or (headline and parse.tags[token] not in _SUBJECTLESS):
                return Proposition(token, "main")
            if any(parse.labels[child] in {"ccomp", "parataxis"} and child < token for child in parse.children[token]):
                return Proposition(token, "main")
            if parse.tags[token] in {"VBD", "VBN"} and any(
                parse.labels[child] in {"agent", "prep", "dobj", "auxpass"} for child in parse.children[token]
            ):
                return Proposition(token, "main")
            return None
        if any(parse.labels[child] in {"cop", "aux", "auxpass"} for child in parse.children[token]) or has_subject(
            parse, token
        ):
            return Proposition(token, "main")
        if parse.tags[token] in _NOUN_TAGS and any(
            parse.labels[child] == "acl"
            and parse.tags[child] in {"VBN", "VBG", "VBD"}
            and len(parse.children[child]) > 0
            and not has_subject(parse, child)
            for child in parse.children[token]
        ):
            return Proposition(token, "fragment")
        return None

    def _dependent(self, token: int, asserted: bool) -> tuple[Proposition | None, bool]:
        """The proposition that a dependent heads, if any, and whether what stands below it is asserted."""
        parse = self.parse
        label, head = parse.labels[token], parse.heads[token]
        if label not in _CLAUSAL:
            return None, asserted
        if label == "appos":
            return self._appositive(token), asserted
        if label == "relcl":
            return self._relative(token, asserted)
        if label == "pobj":
            return self._presupposed(token, asserted), asserted
        if label == "acl":
            return self._participle(token, asserted)
        if not is_verb(parse, token) and not has_subject(parse, token):
            return None, asserted
        if label == "conj":
            return self._coordinate(token, head, asserted)
        if label in {"ccomp", "parataxis", "pcomp"}:
            return self._complement(token, head, asserted)
        if label == "advcl":
            return self._adverbial(token, asserted)
        if label in {"dep", "meta"} and has_subject(parse, token) and is_finite(parse, token):
            return (Proposition(token, "main") if asserted else None), asserted
        if label == "csubj":
            return None, False
        return None, asserted

    def _coordinate(self, token: int, head: int, asserted: bool) -> tuple[Proposition | None, bool]:
        parse = self.parse
        if not asserted:
            return None, False
        if has_subject(parse, token) and is_finite(parse, token):
            return Proposition(token, "coordinate"), asserted
        if head in self.propositions and self.propositions[head].kind != "appositive":
            if is_finite(parse, token) and is_verb(parse, token):
                return Proposition(token, "coordinate"), asserted
            if parse.tags[token] in {"VB", "VBN", "VBG"} and len(parse.children[token]) > 0 and is_verb(parse, head):
                return Proposition(token, "coordinate"), asserted
        return None, asserted

    def _complement(self, token: int, head: int, asserted: bool) -> tuple[Proposition | None, bool]:
        parse = self.parse
        content = self._cues.get(head)
        mark = marker(parse, token)
        if parse.labels[token] == "pcomp":
            inside = self.contents.innermost[token]
            new = inside >= 0 and inside != self.contents.innermost[head]
            return (Proposition(token, "complement") if new and asserted else None), asserted
        if mark in {"whether", "if"} and token > head:
            return None, False
        if content is not None and token in content.tokens:
            return (Proposition(token, "complement") if content.assertive else None), content.assertive
        if not asserted:
            return None, False
        if token < head and parse.labels[token] == "ccomp" and has_subject(parse, token):
            return Proposition(token, "main"), True
        if parse.labels[token] == "parataxis":
            return (Proposition(token, "main") if has_subject(parse, token) else None), True
        if not is_finite(parse, token) or self._interrogative(token):
            return None, False
        if token > head and parse.words[max(0, parse.left_edge(token) - 1)] == ":":
            return Proposition(token, "complement"), True
        lemma = parse.lemmas[head].lower()
        if lemma in self._lexicon["directive"]:
            return None, False
        kinds = hedges()
        matrix = parse.heads[head] if parse.labels[head] == "acomp" else head
        if matrix in self.propositions and matrix not in self._framed and self._is_frame(matrix):
            self._framed[matrix] = token
            return Proposition(token, self.propositions[matrix].kind), True
        if lemma in kinds["adjective"] or lemma in kinds["verb"] or lemma in self._lexicon["factive"]:
            return Proposition(token, "complement"), True
        adjectives = [parse.lemmas[c] for c in parse.children[head] if parse.labels[c] in {"acomp", "attr"}]
        if any(word in kinds["adjective"] or word in self._lexicon["factive"] for word in adjectives):
            return Proposition(token, "complement"), True
        return None, asserted

    def _interrogative(self, token: int) -> bool:
        parse = self.parse
        first = parse.left_edge(token)
        return parse.tags[first] in _INTERROGATIVE or parse.lower[first] in {"whether", "if"}

    def _adverbial(self, token: int, asserted: bool) -> tuple[Proposition | None, bool]:
        parse = self.parse
        mark = marker(parse, token)
        if mark in BEFORE and is_finite(parse, token) and has_subject(parse, token):
            # what happened before is taken for granted, even under a question
            return (Proposition(token, "adverbial"), True) if is_background(parse, token) else (None, False)
        if not asserted or mark in self._lexicon["conditional"]:
            return None, False
        if mark == "where" and after_comma(parse, token) and is_finite(parse, token):
            return Proposition(token, "relative"), True
        if is_finite(parse, token) and has_subject(parse, token):
            if mark is None or mark in self._lexicon["temporal"]:
                if mark in {"when", "before", "as"} and self._is_open(parse.heads[token]):
                    return None, False
                return Proposition(token, "adverbial"), True
            return None, False
        if parse.tags[token] == "VBG" and mark is None and token > parse.heads[token] and after_comma(parse, token):
            return Proposition(token, "participle"), True
        return None, asserted and parse.tags[token] != "TO"

    def _presupposed(self, token: int, asserted: bool) -> Proposition | None:
        """A nominal that tells of a circumstance: "amid fears of a strike", "after pictures of it spread"."""
        parse = self.parse
        preposition = parse.lower[parse.heads[token]]
        if parse.tags[token] not in {"NN", "NNS"}:
            return None
        if is_background(parse, token):
            return Proposition(token, "fragment")  # taken for granted, even under a question
        if not asserted or preposition != "amid":
            return None
        return Proposition(token, "nominal") if parse.right_edge(token) > token else None

    def _is_open(self, head: int) -> bool:
        """Whether the clause of `head` is about what has not happened (future, modal, imperative)."""
        parse = self.parse
        auxiliaries = [child for child in parse.children[head] if parse.labels[child] == "aux"]
        if any(parse.tags[child] == "MD" for child in auxiliaries):
            return True
        return parse.tags[head] == "VB" and not any(parse.lemmas[child] == "do" for child in auxiliaries)

    def _relative(self, token: int, asserted: bool) -> tuple[Proposition | None, bool]:
        """Non-restrictive relatives assert, questions or not; restrictive ones stay with their noun."""
        parse = self.parse
        first = parse.left_edge(token)
        if not is_finite(parse, token):
            return None, False
        relative = any(parse.tags[t] in {"WDT", "WP", "WP$", "WRB"} for t in range(first, min(first + 4, token + 1)))
        bare = parse.labels[first] in {"punct"}
        if relative and (after_comma(parse, token) or bare):
            return Proposition(token, "relative"), True
        return None, asserted

    def _participle(self, token: int, asserted: bool) -> tuple[Proposition | None, bool]:
        parse = self.parse
        if marker(parse, token) == "that" or (is_finite(parse, token) and has_subject(parse, token)):
            inside = self.contents.innermost[token]
            content = self.contents.all[inside] if inside >= 0 else None
            if content is not None and inside != self.contents.innermost[parse.heads[token]]:
                return (Proposition(token, "complement") if content.assertive else None), content.assertive
            colon = parse.left_edge(token) - 1
            if asserted and content is None and colon > 0 and parse.words[colon] == ":":
                first = parse.sentences[parse.sentence_of[token]][0]
                if is_label(parse, list(range(first, colon))):
                    return Proposition(token, "main"), True  # "Opinion: the coach chose badly", not "Myth: ..."
            return None, False
        modifies = parse.tags[token] in {"VBN", "VBG"} and token > parse.heads[token]
        if modifies and after_comma(parse, token) and parse.right_edge(token) > parse.left_edge(token):
            return Proposition(token, "participle", restated=True), True
        return None, asserted

    def _appositive(self, token: int) -> Proposition | None:
        parse = self.parse
        head = parse.heads[token]
        first, last = parse.left_edge(token), parse.right_edge(token)
        if last - first + 1 < _LEAST_APPOSITIVE or not after_comma(parse, token):
            return None
        if parse.tags[token] not in {"NN", "NNS"} or parse.tags[head] not in {"NNP", "NNPS"}:
            return None
        determined = any(parse.labels[child] in {"det", "poss"} for child in parse.children[token])
        return Proposition(token, "appositive", restated=True) if determined else None
