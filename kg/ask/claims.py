"""One claim by its address, digest or the beginning of it: what it says, who vouches, and the words that bear it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg import names
from kg.ask.values import python_value
from kg.errors import UsageError
from kg.store import Store, StoredArticle
from kg.voices import NOBODY, Voices

SHORT = 8
"""How many digits of a digest are shown where there is little room; as a rule they mean one claim."""
_REFERENCE = re.compile(r"(?:claim[/:])?([0-9a-f]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Node:
    """A term of a triple: in words and, where it is no literal, its IRI."""

    label: str
    iri: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of the article that bears a claim, ``[start, end)``, with the rest of its sentence around it."""

    start: int
    end: int
    words: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """The statement that conveys a claim; people and outlets by their names, ``voices`` with the chain of sources."""

    iri: str
    text: str
    quotation: str
    speaker: str | None = None
    cue: str | None = None
    addressee: str | None = None
    via: str | None = None
    medium: str | None = None
    nested_in: str | None = None
    voices: str = NOBODY
    mode: str = "saying"
    said_on: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as the graph holds it; ``statement`` is None where the article itself asserts it.

    ``term`` is the time for which it is said to hold, in words ("from 2012 to 2014"), empty where none is told;
    ``begins`` and ``ends`` are its dates, ISO 8601.
    """

    iri: str
    subject: Node
    relation: Node
    object: Node
    polarity: str
    certainty: str
    tense: str
    conditional: bool
    confidence: float | None
    rule: str
    speaker: Node | None
    statement: Said | None
    event: Node | None
    article: StoredArticle
    evidence: tuple[Evidence, ...]
    term: str = ""
    begins: str = ""
    ends: str = ""

    @property
    def sentences(self) -> tuple[tuple[int, str], ...]:
        """The sentences of the evidence, as far as the graph holds them: where each begins, and its text."""
        found = {e.start - len(e.before): e.before + e.words + e.after for e in self.evidence}
        return tuple(sorted(found.items()))


def short(iri: str) -> str:
    """A claim's address as far as there is room for it.

    >>> short("https://w3id.org/newskg/claim/5fd9f98357ba3042")
    'claim/5fd9f983'
    """
    return f"claim/{iri.rpartition('/')[2][:SHORT]}"


def find(store: Store, reference: str) -> Claim:
    """The claim that is meant by an IRI, ``claim/DIGEST``, ``claim:DIGEST`` or the beginning of a digest.

    Raises UsageError, with what may have been meant, where there is no such claim or there are several.
    """
    reference = reference.strip()
    if reference.startswith(("http://", "https://")):
        iri = reference
    elif match := _REFERENCE.fullmatch(reference):
        iri = _by_digest(store, match[1].lower())
    else:
        raise UsageError(f"{reference!r} is no claim; give one as claim/DIGEST, as it stands in: kg show NAME")
    node = _node(iri)
    if node is None or not has_class(store, node, "kg:Claim"):
        what = "something else" if node is not None and _known(store, node) else "not in the graph"
        raise UsageError(f"{iri!r} is no claim but {what}; the claims about a thing stand in: kg show NAME"
                         if what == "something else" else f"{iri!r} is {what}; kg show NAME lists claims")
    return claim(store, node)


def _by_digest(store: Store, digits: str) -> str:
    """The IRI of the one claim whose digest begins so."""
    home = names.mint("claim", "", base=store.base)
    if has_class(store, ox.NamedNode(home + digits), "kg:Claim"):
        return home + digits
    known = sorted(iri[len(home) :] for iri in _claims(store) if iri.startswith(home))
    found = [digest for digest in known if digest.startswith(digits)]
    if len(found) > 1:
        some = ", ".join(found[:5]) + (" …" if len(found) > 5 else "")
        raise UsageError(f"claim/{digits} begins {len(found):,} claims ({some}); give more of it")
    if not found:
        near = " or ".join([f"claim/{digest}" for digest in known if _near(digits, digest)][:3])
        hint = f"; did you mean {near}?" if near else "; kg show NAME lists claims"
        raise UsageError(f"no claim in the graph begins with claim/{digits}{hint}")
    return home + found[0]


def _near(digits: str, digest: str) -> bool:
    """Whether one or two wrong digits part what was given from the beginning of a digest."""
    wrong = sum(a != b for a, b in zip(digits, digest, strict=False)) + max(0, len(digits) - len(digest))
    return len(digits) >= 4 and wrong <= (1 if len(digits) < SHORT else 2)


def _claims(store: Store) -> Iterator[str]:
    class_ = ox.NamedNode(names.expand("kg:Claim"))
    for quad in store.inner.quads_for_pattern(None, _TYPE, class_, None):
        yield str(python_value(quad.subject))


# ---- from quads to records


def claim(store: Store, node: ox.NamedNode) -> Claim:
    """The claim that a node is."""
    about = About(store, node)
    statement = about.node("kg:statedIn")
    begins, ends = (str(about.value(f"schema:{end}Date") or "") for end in ("start", "end"))
    score, article = about.value("kg:confidence"), str(about.value("prov:wasDerivedFrom"))
    return Claim(
        iri=node.value,
        subject=shown(store, about.term("rdf:subject")),
        relation=relation(store, about.term("rdf:predicate")),
        object=shown(store, about.term("rdf:object")),
        polarity=about.local("kg:polarity"),
        certainty=about.local("kg:certainty"),
        tense=about.local("kg:tense"),
        conditional=bool(about.value("kg:conditional")),
        confidence=None if score is None else float(score),
        rule=str(about.value("kg:rule") or ""),
        speaker=about.shown("kg:attributedTo"),
        statement=None if statement is None else said(store, statement),
        event=about.shown("kg:aboutEvent"),
        article=store.find_article(article.removeprefix(names.mint("article", "", base=store.base))),
        evidence=tuple(sorted(_evidence(store, about), key=lambda e: (e.start, e.end))),
        term=names.held(begins, ends),
        begins=begins,
        ends=ends,
    )


def said(store: Store, node: ox.NamedNode) -> Said:
    """The statement that a node is."""
    about = About(store, node)
    people = {name: about.shown(f"kg:{name}") for name in ("speaker", "addressee", "via")}
    labels = {name: None if person is None else person.label for name, person in people.items()}
    texts = {name: about.value(f"kg:{name}") for name in ("cue", "medium")}
    outer, said_on = about.value("kg:nestedIn"), about.value("kg:saidOn")
    return Said(
        node.value, str(about.value("kg:text") or ""), about.local("kg:quotation"), **labels, **texts,
        nested_in=outer, voices=_voices(store, node).words(node.value), mode=about.local("kg:mode") or "saying",
        said_on=None if said_on is None else str(said_on),
    )  # fmt: skip


def _voices(store: Store, node: ox.NamedNode) -> Voices[str]:
    """The voices of a statement and of those that report it."""
    found: Voices[str] = Voices()
    at: ox.NamedNode | None = node
    while at is not None and at.value not in found.speakers:
        about = About(store, at)
        outer, via = about.node("kg:nestedIn"), about.shown("kg:via")
        found.add(at.value, outer=outer.value if outer else None, via=via.label if via else None)
        for speaker in about.terms("kg:speaker"):
            found.add(at.value, speaker=shown(store, speaker).label)
        at = outer
    return found


def _evidence(store: Store, claim: About) -> Iterator[Evidence]:
    for place in claim.terms("kg:evidence"):
        selector = About(store, place).node("oa:hasSelector")
        if selector is not None:
            found = About(store, selector)
            start, end, words, before, after = (
                found.value(f"oa:{name}") for name in ("start", "end", "exact", "prefix", "suffix")
            )
            yield Evidence(int(start), int(end), str(words), str(before or ""), str(after or ""))


class About:
    """What the graph says of one node, by prefixed property."""

    def __init__(self, store: Store, node: Any) -> None:
        self.store, self._node = store, node

    def terms(self, property_: str) -> list[Any]:
        """All values of a property, each once, in order."""
        name = ox.NamedNode(names.expand(property_))
        found = self.store.inner.quads_for_pattern(self._node, name, None, None)
        return sorted({quad.object for quad in found}, key=str)

    def term(self, property_: str) -> Any:
        """The first value."""
        return next(iter(self.terms(property_)), None)

    def value(self, property_: str) -> Any:
        """The first value as Python has it."""
        return python_value(self.term(property_))

    def node(self, property_: str) -> ox.NamedNode | None:
        """The first value, if it is a node."""
        term = self.term(property_)
        return term if isinstance(term, ox.NamedNode) else None

    def shown(self, property_: str) -> Node | None:
        """The first value with its name."""
        term = self.term(property_)
        return None if term is None else shown(self.store, term)

    def local(self, property_: str) -> str:
        """The last part of the IRI of a value of ours, in lower case (``kg:Positive``: "positive")."""
        return names.in_words(str(self.value(property_) or "")).lower()


def shown(store: Store, term: Any) -> Node:
    """A term with its name, without one the end of its IRI."""
    if not isinstance(term, ox.NamedNode):
        return Node(str(python_value(term)))
    return Node(str(About(store, term).value("rdfs:label") or re.split(r"[/#]", term.value)[-1]), term.value)


def relation(store: Store, term: Any) -> Node:
    """A property with its name, without one the end of its IRI in words."""
    iri = str(python_value(term))
    return Node(str(About(store, term).value("rdfs:label") or names.in_words(iri)), iri)


def _node(iri: str) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None


def has_class(store: Store, node: ox.NamedNode, class_: str) -> bool:
    """Whether a node has a class, given with its prefix."""
    found = store.inner.quads_for_pattern(node, _TYPE, ox.NamedNode(names.expand(class_)), None)
    return next(iter(found), None) is not None


def narrowest(store: Store, node: ox.NamedNode) -> list[str]:
    """The IRIs of a node's classes without those that lie above another one, in order."""
    own = {quad.object for quad in store.inner.quads_for_pattern(node, _TYPE, None, None)}
    above = {quad.object for class_ in own if isinstance(class_, ox.NamedNode)
             for quad in store.inner.quads_for_pattern(class_, _ABOVE, None, None)}  # fmt: skip
    return sorted(class_.value for class_ in own - above if isinstance(class_, ox.NamedNode))


def _known(store: Store, node: ox.NamedNode) -> bool:
    return next(iter(store.inner.quads_for_pattern(node, None, None, None)), None) is not None


_TYPE = ox.NamedNode(names.expand("rdf:type"))
_ABOVE = ox.NamedNode(names.expand("rdfs:subClassOf"))

__all__ = [
    "About", "Claim", "Evidence", "Node", "Said", "claim", "find", "has_class", "narrowest", "relation", "said",
    "short", "shown",
]  # fmt: skip
