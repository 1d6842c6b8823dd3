"""Pages of the server: a node with all that is known of it, an article with its claims, lists, plain messages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox

from kg import names
from kg.errors import KgError
from kg.answers import Answer
from kg.serve import node as data
from kg.serve.html import frame, link, text
from kg.serve.node import Told, Value
from kg.store import Store

if TYPE_CHECKING:
    from kg.ask.claims import Claim
    from kg.serve.jobs import Desk
    from kg.show import Line

PAGE, NAMES, CLAIMS, LATEST = 100, 100, 2000, 12
_DENOTED = names.expand("kg:denotedBy")
_OWN = tuple(map(names.expand, ("rdf:type", "rdfs:label", "kg:denotedBy", "skos:altLabel", "kg:nameForm")))
_BACK_LEFT = tuple(map(names.expand, ("rdf:subject", "rdf:object", "prov:wasDerivedFrom", "oa:hasSource")))


def node(store: Store, iri: ox.NamedNode, kind: str) -> str:
    """The page of an entity, event, claim, statement, amount or run."""
    title = data.label(store, iri)
    classes = ", ".join(link(data.label(store, one), one.value, store.base) for one in data.types(store, iri))
    parts = [
        f"<h1><bdi>{text(title, limit=300)}</bdi></h1>",
        f'<p class="dim">{classes}</p>' if classes else "",
        _names(store, iri, title),
        _claim(store, iri) if kind == "claim" else "",
        _facts(store, iri),
        _said_of(store, iri) if kind in ("entity", "event") else "",
        _rest(store, iri),
        _places(store, iri),
        _as_data(iri.value[len(store.base) :]),
    ]
    return frame(title, "\n".join(parts))


def _names(store: Store, iri: ox.NamedNode, title: str) -> str:
    others = sorted({line.words for told in data.told(store, iri) if told.iri == names.expand("skos:altLabel")
                     for line in told.values} - {title})  # fmt: skip
    return f"<p>Also: {', '.join(f'<bdi>{text(name, limit=200)}</bdi>' for name in others[:40])}</p>" if others else ""


# ---- sections


def _facts(store: Store, iri: ox.NamedNode) -> str:
    """What holds, in both directions, and whether it is only reported."""
    lines = [line for back in (False, True) for line in data.told(store, iri, back=back)]
    rows = [
        _row(store, Told(line.name, line.iri, kept, line.back, line.more))
        for line in lines
        if (kept := tuple(value for value in line.values if value.layer))
    ]
    return f"<h2>Facts</h2><table>{''.join(rows)}</table>" if rows else ""


def _rest(store: Store, iri: ox.NamedNode) -> str:
    """All else that is told of the node."""
    lines = data.told(store, iri, left=_OWN) + data.told(store, iri, back=True, left=_BACK_LEFT)
    rows = [
        _row(store, Told(line.name, line.iri, kept, line.back, line.more))
        for line in lines
        if (kept := tuple(value for value in line.values if not value.layer))
    ]
    return f"<h2>Details</h2><table>{''.join(rows)}</table>" if rows else ""


def _row(store: Store, line: Told) -> str:
    values = "".join(f"<li>{_value(store, value)}</li>" for value in line.values)
    more = "<li>… and more</li>" if line.more else ""
    arrow = "← " if line.back else ""
    return f'<tr><th scope="row">{arrow}{text(line.name, limit=200)}</th><td><ul>{values}{more}</ul></td></tr>'


def _value(store: Store, value: Value) -> str:
    note = ' <span class="note">reported</span>' if value.layer == "reported" else ""
    return f"{link(value.words, value.iri, store.base, limit=600)}{note}"


def _said_of(store: Store, iri: ox.NamedNode) -> str:
    """The claims about a node, each with who says so and the words; and what it said itself."""
    from kg import show

    if data.busy(store, iri, CLAIMS):
        return (f"<h2>What is said of it</h2><p>More than {CLAIMS:,} claims: too many for a page. Ask for them at "
                '<a href="/sparql">SPARQL</a>, or take them as data.</p>')
    def asked(question: str, bound: dict[str, str]) -> Answer:
        by_name = "wanted" in bound  # the node is known: there is no name to look for
        return Answer(("node",), ()) if by_name else data.asked(store, question, bound)

    try:
        found = show.show(asked, iri.value)[0]
    except KgError:
        return ""
    claims, said = (_lines(store, lines) for lines in (found.lines, found.said))
    return (f"<h2>What is said of it</h2>{claims}" if claims else "") + (f"<h2>What it said</h2>{said}" if said else "")


def _lines(store: Store, lines: Iterable[Line]) -> str:
    rows = []
    for line in lines:
        told = f"<bdi>{text(line.subject)}</bdi> · {text(line.relation)} · <bdi>{text(line.object, limit=300)}</bdi>"
        claim = f"/claim/{quote(line.claim.rpartition('/')[2], safe='')}" if line.claim else None
        stance = f' <span class="note">{text(line.stance)}</span>' if line.stance else ""
        by = f" — {text(line.speaker, limit=300)}" if line.speaker else ""
        article = f'<a href="/article/{quote(line.article, safe="")}">{text(line.date or line.article)}</a>'
        rows.append(
            f'<li>{f"""<a href="{claim}">{told}</a>""" if claim else told}{stance}'
            f"<blockquote>{text(line.words, limit=1500)}</blockquote><p class=dim>{article}{by}</p></li>"
        )
    return f'<ol class="claims">{"".join(rows)}</ol>' if rows else ""


def _claim(store: Store, iri: ox.NamedNode) -> str:
    """A claim in words, who says it, and the sentence in which it stands."""
    from kg.ask import claims

    try:
        claim = claims.find(store, iri.value)
    except KgError:
        return ""
    parts = " · ".join(
        link(one.label, one.iri, store.base) for one in (claim.subject, claim.relation, claim.object)
    )
    stance = ", ".join(filter(None, (claim.polarity, claim.certainty, claim.tense, claim.term)))
    score = "" if claim.confidence is None else f", confidence {claim.confidence:.2f}"
    says = f"<p>{text(claim.statement.voices)} ({text(claim.statement.quotation)})</p>" if claim.statement else ""
    where = link(claim.article.title or claim.article.id, claim.article.iri, store.base)
    date = f", {claim.article.date.isoformat()}" if claim.article.date else ""
    return (
        f"<p class=claim>{parts}</p><p>{text(stance)}{score}, rule {text(claim.rule, limit=200)}</p>{says}"
        f"{_sentences(claim)}<p class=dim>{where}{date}</p>"
    )


def _sentences(claim: Claim) -> str:
    """The sentences of a claim with its words marked."""
    out = []
    for start, sentence in claim.sentences:
        marks = sorted({(max(e.start - start, 0), e.end - start) for e in claim.evidence
                        if start <= e.start < start + len(sentence)})  # fmt: skip
        at, pieces = 0, []
        for first, last in marks:
            if first >= at:
                pieces.append(f"{text(sentence[at:first])}<mark>{text(sentence[first:last])}</mark>")
                at = last
        out.append(f"<blockquote>{''.join(pieces)}{text(sentence[at:])}</blockquote>")
    return "".join(out)


def _places(store: Store, iri: ox.NamedNode) -> str:
    """The articles that speak of a node, and how often."""
    counts: dict[str, int] = {}
    for quad in store.inner.quads_for_pattern(iri, ox.NamedNode(_DENOTED), None):
        if isinstance(quad.object, ox.NamedNode):
            article = quad.object.value.partition("#")[0]
            counts[article] = counts.get(article, 0) + 1
    rows = "".join(
        f"<li>{link(data.label(store, ox.NamedNode(one)), one, store.base)} <span class=dim>{n} ×</span></li>"
        for one, n in sorted(counts.items())[:PAGE]
    )
    more = f"<li>… and {len(counts) - PAGE:,} more</li>" if len(counts) > PAGE else ""
    return f"<h2>Where it is told</h2><ul>{rows}{more}</ul>" if rows else ""


def _as_data(path: str) -> str:
    here = quote(path, safe="/%-._~")
    links = (("Turtle", "ttl"), ("JSON-LD", "jsonld"), ("N-Triples", "nt"), ("RDF/XML", "rdf"))
    return "<p class=dim>As data: " + " · ".join(
        f'<a href="/{here}?format={form}">{name}</a>' for name, form in links
    ) + "</p>"


# ---- articles


def article(desk: Desk, iri: ox.NamedNode, key: str) -> str:
    """An article with its claims marked; where its record is gone, what else is known of it."""
    from kg.annotation.page import page

    try:
        return page([desk.records.record(key)])
    except KgError:
        return node(desk.store, iri, "article")


def articles(desk: Desk, page: int) -> str:
    """The articles, the latest first, a hundred a page."""
    store, known = desk.store, desk.articles
    pages = max(1, -(-len(known) // PAGE))
    page = min(max(page, 1), pages)
    rows = "".join(
        f"<tr><td>{one.date.isoformat() if one.date else '–'}</td><td>{link(one.title or one.id, one.iri, store.base)}"
        f"</td><td>{text(one.publisher or '', limit=200)}</td></tr>"
        for one in known[(page - 1) * PAGE : page * PAGE]
    )
    steps = [f'<a href="/articles?page={to}">{word}</a>' for word, to in (("Later", page - 1), ("Earlier", page + 1))
             if 1 <= to <= pages]  # fmt: skip
    listed = f"<table class=list>{rows}</table><p>{' · '.join(steps)}</p>"
    return frame("Articles", f"<h1>{len(known):,} articles</h1>{listed}")


def meanwhile(desk: Desk) -> str:
    """What is shown while the picture is being drawn: that it is, and the latest articles."""
    rows = "".join(
        f"<li>{link(one.title or one.id, one.iri, desk.store.base)} "
        f"<span class=dim>{one.date.isoformat() if one.date else ''}</span></li>"
        for one in desk.articles[:LATEST]
    )
    said = "<p role=status>A large graph takes a minute; this page then shows it by itself.</p>"
    return frame("Being drawn", f"<h1>The picture is being drawn</h1>{said}<h2>The latest articles</h2><ul>{rows}</ul>")


def found(store: Store, words: str) -> str:
    """What is called by some words."""
    hits = data.called(store, words.strip(), NAMES) if words.strip() else []
    rows = "".join(
        f"<li>{link(label, iri, store.base)} "
        f"<span class=dim>{text(iri[len(store.base) :].partition('/')[0])}</span></li>"
        for iri, label in hits
    )
    said = f"<ul>{rows}</ul>" if rows else "<p>No such name. Try a part of it.</p>"
    return frame("Find a name", f"<h1>Names with “<bdi>{text(words, limit=200)}</bdi>”</h1>{said}", words=words)


def missing(kind: str, key: str) -> str:
    """The page for what is not there."""
    return frame("Not here", f"<h1>Not here</h1><p>This graph has no {text(kind)} “{text(key, limit=200)}”.</p>")


__all__ = ["article", "articles", "found", "meanwhile", "missing", "node"]
