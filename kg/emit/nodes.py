"""The nodes that an article speaks of: the article itself, its entities, its amounts, and words that are neither."""

from __future__ import annotations

from typing import Literal

from pyoxigraph import NamedNode

from kg import names
from kg.emit.draft import Draft
from kg.emit.terms import Term, boolean, moment, name, number, text, typed
from kg.records import Amount, Argument, Entity, Kind, Reference, Span

KIND_CLASS: dict[Kind, str] = {
    "Person": "schema:Person",
    "Organization": "schema:Organization",
    "Place": "schema:Place",
    "Product": "schema:Product",
    "Event": "schema:Event",
    "Work": "schema:CreativeWork",
    "Law": "schema:Legislation",
    "Group": "kg:Group",
    "Concept": "skos:Concept",
    "Other": "schema:Thing",
}
CURRENCY_LETTERS = 3


def article(draft: Draft) -> None:
    """Layer 1: the article with its date, headline, publisher, address and content digest."""
    record, node = draft.extraction.article, draft.article
    draft.add(node, "rdf:type", name("schema:NewsArticle"))
    draft.add(node, "dcterms:identifier", text(record.digest))
    draft.add(node, "schema:headline", text(record.title) if record.title else None)
    draft.add(node, "schema:datePublished", typed(record.date.isoformat(), "xsd:date") if record.date else None)
    # A literal, since an address as it is found in the wild need not be a valid IRI.
    draft.add(node, "schema:url", typed(text(record.url).value, "xsd:anyURI") if record.url else None)
    if record.publisher:
        draft.add(node, "schema:publisher", _publisher(draft, record.publisher))


def entity_node(draft: Draft, index: int) -> NamedNode:
    """The IRI of entity ``index`` of the extraction."""
    return draft.mint("entity", draft.extraction.entities[index].key)


def entities(draft: Draft) -> None:
    """Layer 2: every entity as this article names and types it, and every place where it is mentioned."""
    for index, entity in enumerate(draft.extraction.entities):
        node = entity_node(draft, index)
        _read_as(draft, node, entity)
        for form in (entity.name, *entity.aliases, entity.known.label if entity.known else ""):
            draft.add(node, "kg:nameForm", text(form) if form else None)
        draft.add(node, "kg:unnamed", boolean(True) if entity.unnamed else None)
        if entity.known and entity.known.same_as:
            draft.add(node, "kg:listedAs", NamedNode(entity.known.same_as))
    for mention in draft.extraction.mentions:
        stretch = draft.stretch(Span(mention.start, mention.end))
        draft.add(entity_node(draft, mention.entity), "kg:denotedBy", stretch)


def amount_sort(amount: Amount) -> Literal["money", "percent", "quantity"]:
    """Whether an amount is one of money, by its currency's code, a percentage, or any other quantity."""
    if amount.unit and len(amount.unit) == CURRENCY_LETTERS and amount.unit.isupper():
        return "money"
    return "percent" if amount.unit == "percent" else "quantity"


def amount_node(draft: Draft, amount: Amount) -> NamedNode:
    """The node of an amount: the same figure, unit, bounds and part in a change are one node, whatever the words.

    Money is a schema:MonetaryAmount, all else, percentages too (unit text "percent"), a schema:QuantitativeValue.
    """
    figures = (amount.value, amount.min, amount.max)
    more = [part for part in (amount.role, amount.per) if part]  # "5%" as a change is not "5%" as a share
    node = draft.mint("amount", names.digest(*map(_plain, figures), amount.unit, amount.approximate, *more))
    money = amount_sort(amount) == "money"
    draft.add(node, "rdf:type", name("schema:MonetaryAmount" if money else "schema:QuantitativeValue"))
    for property_, figure in zip(("schema:value", "schema:minValue", "schema:maxValue"), figures, strict=True):
        draft.add(node, property_, None if figure is None else number(figure))
    if amount.unit:
        draft.add(node, "schema:currency" if money else "schema:unitText", text(amount.unit))
    draft.add(node, "kg:approximate", boolean(True) if amount.approximate else None)
    draft.add(node, "kg:amountRole", text(amount.role) if amount.role else None)
    draft.add(node, "kg:per", text(amount.per) if amount.per else None)
    span = Span(amount.start, amount.end)
    draft.add(node, "kg:nameForm", text(draft.words(span)))
    draft.add(node, "kg:denotedBy", draft.stretch(span))
    return node


def subject_node(draft: Draft, argument: Argument) -> NamedNode:
    """The node of a subject: its entity or amount, else a concept made of the words where they stand.

    Such a concept belongs to that one place: "it" or "the move" twice need not mean the same thing twice.
    """
    known = _known_node(draft, argument)
    return known if known else _minted(draft, argument.text, argument.spans, "skos:Concept")


def object_term(draft: Draft, argument: Argument) -> Term:
    """The term of an object: its entity or amount, a typed time, else the words as a plain string.

    A relation without object («the talks failed») holds or does not: its object is the boolean true.
    """
    known = _known_node(draft, argument)
    if known:
        return known
    if argument.time is not None:
        return moment(draft.extraction.times[argument.time].value)
    return text(argument.text) if argument.text else boolean(True)


def reference_node(draft: Draft, reference: Reference) -> NamedNode:
    """The node of a speaker, addressee or outlet: its entity, else a thing made of the words where they stand."""
    if reference.entity is not None:
        return entity_node(draft, reference.entity)
    span = Span(reference.start, reference.end)
    return _minted(draft, draft.words(span), (span,), "schema:Thing")


def _known_node(draft: Draft, argument: Argument) -> NamedNode | None:
    if argument.mention is not None:
        return entity_node(draft, draft.extraction.mentions[argument.mention].entity)
    if argument.amount is not None:
        return amount_node(draft, draft.extraction.amounts[argument.amount])
    if argument.entity is not None:
        return entity_node(draft, argument.entity)
    return None


def _minted(draft: Draft, words: str, spans: tuple[Span, ...], class_: str) -> NamedNode:
    start = spans[0].start if spans else None
    node = draft.mint("entity", f"{names.slug(words)}-{names.digest(draft.id, start, words, length=8)}")
    draft.add(node, "kg:readAs", name(class_))
    draft.add(node, "kg:nameForm", text(words))
    draft.add(node, "kg:unnamed", boolean(True))
    for span in spans:
        draft.add(node, "kg:denotedBy", draft.stretch(span))
    return node


def _read_as(draft: Draft, node: NamedNode, entity: Entity) -> None:
    draft.add(node, "kg:readAs", name(KIND_CLASS[entity.kind]))
    draft.add(node, "kg:readAs", name(entity.type) if entity.type else None)


def _publisher(draft: Draft, publisher: str) -> NamedNode:
    """The publisher's entity: the organization of that name among the article's, else one of its own."""
    wanted = _bare(publisher)
    for index, entity in enumerate(draft.extraction.entities):
        forms = (entity.name, *entity.aliases, entity.known.label if entity.known else "")
        if entity.kind == "Organization" and wanted in map(_bare, forms):
            return entity_node(draft, index)
    node = draft.mint("entity", names.slug(publisher))
    draft.add(node, "kg:readAs", name("schema:Organization"))
    draft.add(node, "kg:nameForm", text(publisher))
    return node


def _bare(form: str) -> str:
    return " ".join(form.split()).casefold().removeprefix("the ")


def _plain(figure: float | None) -> str | None:
    """A figure's text for the digest, the same for 115 and 115.0."""
    return None if figure is None else repr(float(figure))
