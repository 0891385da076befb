"""Coreference: B-cubed over mentions (Bagga and Baldwin 1998), in a document and across documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping

from pipeline.evaluate.gold import Document, Row
from pipeline.evaluate.measures import Figure, Span, overlap, paired
from pipeline.evaluate.names import bare, is_item, is_name

#: Types of the entities of `gum_news_all` that are compared.
_GUM_TYPES = frozenset({"person", "organization", "place"})
#: Share of characters from which two mentions are the same.
SAME = 0.5

Entities = dict[tuple[str, Span], Hashable]


def _gold_mentions(dataset: str, row: Row) -> dict[Span, str]:
    """The gold entity of each mention."""
    if dataset == "gum_news_all":
        return {
            (start, end): f"{row['doc_id']}#{number}"
            for number, cluster in enumerate(row["clusters"])
            if cluster["type"] in _GUM_TYPES
            for start, end in cluster["mentions"]
        }
    if dataset == "seeds":
        return {(item["start"], item["end"]): item["entity"] for item in row["entities"]}
    mentions = {}
    for item in row["links"]:
        entity = item.get("qid") or item.get("dbpedia")
        if entity in (None, "", "None") or item.get("coref") or (item.get("qid") and not is_item(entity)):
            continue
        if dataset != "el_meantime" or row["text"][item["start"]].isupper():
            mentions[item["start"], item["end"]] = entity
    return mentions


def b_cubed(gold: Entities, found: Entities) -> float:
    """B-cubed F1 in percent, over the gold mentions; one that is not found has recall 0 and no part in precision."""
    wanted: dict[Hashable, set[object]] = defaultdict(set)
    own: dict[Hashable, set[object]] = defaultdict(set)
    for mention, entity in gold.items():
        wanted[entity].add(mention)
        if mention in found:
            own[found[mention]].add(mention)
    precision = recall = 0.0
    both = [(entity, found[mention]) for mention, entity in gold.items() if mention in found]
    for entity, cluster in both:
        same = len(wanted[entity] & own[cluster])
        precision += same / len(own[cluster])
        recall += same / len(wanted[entity])
    precision, recall = precision / (len(both) or 1), recall / (len(gold) or 1)
    return 200 * precision * recall / (precision + recall) if precision + recall else 0.0


def score(dataset: str, documents: list[Document], found: Mapping[str, Row]) -> list[Figure]:
    """B-cubed F1 over all gold mentions and over those found."""
    gold: Entities = {}
    gold_inside: Entities = {}
    inside: Entities = {}
    across: Entities = {}
    for document in documents:
        wanted = _gold_mentions(dataset, document.gold)
        for span, entity in wanted.items():
            gold[document.name, span] = entity
            gold_inside[document.name, span] = (document.name, entity)
        mentions = found[document.name]["mentions"]
        if dataset in ("el_msnbc_updated", "el_meantime"):
            mentions = [mention for mention in mentions if is_name(mention)]
        spans = list(wanted)
        places = [
            [bare(document.text, *span) for span in spans],
            [bare(document.text, mention["start"], mention["end"]) for mention in mentions],
        ]
        for one, other in paired(places[0], places[1], overlap, SAME):
            key, mention = (document.name, spans[one]), mentions[other]
            own = ("id", document.name, other if mention["entity_id"] is None else mention["entity_id"])
            inside[key] = own
            if mention["wikidata_id"]:
                across[key] = ("item", mention["wikidata_id"])
            elif mention["canonical_name"]:
                across[key] = ("name", mention["canonical_name"].casefold().removeprefix("the "))
            else:
                across[key] = own
    share = 100 * len(inside) / len(gold) if gold else None
    figures = [Figure("entities", dataset, "mentions found, IoU 0.5", share, len(gold))]
    ways = [("in document", gold_inside, inside)]
    if dataset != "gum_news_all":  # its documents share no entities
        ways.append(("across documents", gold, across))
    for way, true, own_entities in ways:
        known = {key: true[key] for key in own_entities}
        on_found = b_cubed(known, own_entities) if known else None
        figures += [
            Figure("entities", dataset, f"B3 F1, {way}", b_cubed(true, own_entities), len(true)),
            Figure("entities", dataset, f"B3 F1, {way}, found mentions", on_found, len(known)),
        ]
    return figures
