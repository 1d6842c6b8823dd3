"""A claim, and how its sentence was read: which reading makes it, and what else was read or nearly read there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg import names
from kg.ask.claims import Claim
from kg.extract.rules import Rule
from kg.extract.trace import Trace, Traced
from kg.records import Event, Proposition, Span


@dataclass(frozen=True, slots=True)
class Explanation:
    """A claim with the rule that made it and, where its words could be parsed again, with the trace of them.

    ``sentences`` are those of the trace in which the evidence stands; ``offset`` is where the text that was parsed
    begins in the article's text. ``propositions`` and ``events`` are the readings that make the claim, as indices into
    the trace's extraction. ``note`` tells what was parsed, or why nothing was.
    """

    claim: Claim
    rule: Rule
    note: str
    trace: Trace | None = None
    offset: int = 0
    sentences: tuple[Traced, ...] = ()
    propositions: tuple[int, ...] = ()
    events: tuple[int, ...] = ()


def explanation(claim: Claim, rule: Rule, trace: Trace, *, offset: int, note: str) -> Explanation:
    """The claim beside the trace of its article, or of its sentence alone, which then begins at ``offset``."""
    places = [Span(e.start - offset, e.end - offset) for e in claim.evidence]
    found = trace.extraction
    return Explanation(
        claim, rule, note, trace, offset,
        sentences=tuple(s for s in trace.sentences if any(p.start < s.end and s.start < p.end for p in places)),
        propositions=tuple(i for i, p in enumerate(found.propositions) if _makes(p, claim, places)),
        events=tuple(i for i, e in enumerate(found.events) if _tells(e, claim, places)),
    )  # fmt: skip


def _makes(proposition: Proposition, claim: Claim, places: Iterable[Span]) -> bool:
    """Whether a proposition says what the claim says, in its words and by its rule."""
    if proposition.rule != claim.rule or not proposition.spans:
        return False
    if proposition.property:
        same = claim.relation.iri == names.expand(proposition.property)
    else:
        slug = names.slug(proposition.relation.lemma or proposition.relation.text)
        same = claim.relation.iri in (names.expand(f"rel:{slug}"), names.expand(f"rel:x-{slug}"))
    stance = ("positive" if proposition.polarity == "+" else "negative", proposition.certainty)
    return same and stance == (claim.polarity, claim.certainty) and _within(proposition.spans, places)


def _tells(event: Event, claim: Claim, places: Iterable[Span]) -> bool:
    """Whether an event's words are among the claim's and its frame is the claim's rule."""
    return event.rule == claim.rule and _within(event.spans or (event.trigger,), places)


def _within(spans: Iterable[tuple[int, int]], places: Iterable[Span]) -> bool:
    return all(any(place.start <= start and end <= place.end for place in places) for start, end in spans)
