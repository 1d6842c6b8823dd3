"""Namespaces of the graph, and how an IRI is minted: readable, stable, the same on every machine."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import quote

BASE = "https://w3id.org/newskg/"
PREFIXES = {
    "kg": "https://w3id.org/newskg/ontology#",
    "rel": "https://w3id.org/newskg/relation/",
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "dcterms": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "void": "http://rdfs.org/ns/void#",
    "wd": "http://www.wikidata.org/entity/",
}
_BETWEEN = re.compile(r"[^\w]+|_+")
DATA_KINDS = ("article", "entity", "event", "claim", "statement", "amount", "graph", "run")


def prefixes(base: str = BASE) -> dict[str, str]:
    """All prefixes of a graph: the vocabularies, and one for each kind of node under its base.

    >>> prefixes()["entity"]
    'https://w3id.org/newskg/entity/'
    """
    return PREFIXES | {kind: f"{base}{kind}/" for kind in DATA_KINDS}


def expand(name: str) -> str:
    """The IRI of a prefixed name.

    >>> expand("kg:acquired")
    'https://w3id.org/newskg/ontology#acquired'

    Raises KeyError for an unknown prefix.
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def shortened(iri: str) -> str:
    """An IRI with the prefix of its vocabulary, where it has one.

    >>> shortened("https://schema.org/Person"), shortened("urn:x")
    ('schema:Person', 'urn:x')
    """
    found = ((prefix, space) for prefix, space in PREFIXES.items() if iri.startswith(space))
    return next((f"{prefix}:{iri[len(space) :]}" for prefix, space in found), iri)


def slug(text: str, *, limit: int = 80) -> str:
    """Words as the readable part of an IRI: lower case, runs of anything but letters and digits become ``-``.

    Letters of every script stay (NFKC; Latin accents are dropped), so that names in other scripts keep a name.

    >>> slug("One Medical"), slug("AT&T Inc."), slug("Beyoncé"), slug("***")
    ('one-medical', 'at-t-inc', 'beyonce', 'x-596f4162')
    """
    plain = text.casefold()
    if not plain.isascii():
        letters = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
        plain = unicodedata.normalize("NFKC", letters)
    words = _BETWEEN.sub("-", plain).strip("-")
    if not words:
        return f"x-{digest(text, length=8)}"
    if len(words) <= limit:
        return words
    return f"{words[:limit].rsplit('-', 1)[0][:limit]}-{digest(text, length=8)}"


def digest(*parts: object, length: int = 16) -> str:
    """A stable digest of some values (SHA-256 over their text, hexadecimal, ``length`` digits)."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def mint(kind: str, key: str, *, base: str = BASE) -> str:
    """The IRI of a node: ``kind`` is article, entity, event, claim, statement, amount, graph or run.

    >>> mint("entity", "one-medical")
    'https://w3id.org/newskg/entity/one-medical'
    """
    return f"{base}{kind}/{quote(key, safe='-._~')}"


def evidence(article: str, start: int, end: int, *, base: str = BASE) -> str:
    """The IRI of a stretch of an article's text (RFC 5147 fragment, code points).

    >>> evidence("2024-02-07-0123456789ab", 3, 9)
    'https://w3id.org/newskg/article/2024-02-07-0123456789ab#char=3,9'
    """
    return f"{mint('article', article, base=base)}#char={start},{end}"


def in_words(iri: str) -> str:
    """The last part of an IRI in words; a property in lower case, a class with its capitals.

    >>> in_words("https://w3id.org/newskg/ontology#cutPositionsIn"), in_words("x/relation/cut-back")
    ('cut positions in', 'cut back')
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.split(r"[/#]", iri)[-1]).replace("-", " ").replace("_", " ")
    return spaced.lower() if spaced[:1].islower() else spaced


def held(begins: object, ends: object) -> str:
    """Since when and until when something holds, in words; empty where neither is known.

    >>> held(2012, 2014), held("2009-05", None), held(None, None)
    ('from 2012 to 2014', 'since 2009-05', '')
    """
    if begins and ends:
        return f"from {begins} to {ends}"
    return f"since {begins}" if begins else f"until {ends}" if ends else ""
