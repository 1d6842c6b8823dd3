"""Names of one article -> chains: the kind that each name has, then persons and things by their own rules."""

from __future__ import annotations

from kg.records import Kind
from kg.resolve.draft import Chain, Draft, decide_kind, full_form
from kg.resolve.naming import Name
from kg.resolve.persons import link_persons
from kg.resolve.things import link_things
from kg.resolve.uses import Use


def link_names(draft: Draft) -> None:
    """Give every mention that is a name its chain."""
    uses = _settled(draft)
    link_persons(draft, [use for use in uses if use.kind == "Person"])
    link_things(draft, [use for use in uses if use.kind != "Person"])


def _settled(draft: Draft) -> list[Use]:
    """Name mentions in text order, each with the kind that its name has in most places.

    "Washington" may be a man and a city in one article: where a longer person's name ends in it, or a title
    stands before it, a mention tagged Person stays one.
    """
    indices = [i for i in draft.order if draft.mentions[i].form == "name"]
    people = {draft.name(i).surname for i in indices if draft.mentions[i].kind == "Person" and _long(draft.name(i))}
    tagged: dict[tuple[str, ...], list[Kind]] = {}
    apart: set[int] = set()
    for i in indices:
        kind, form = draft.mentions[i].kind, draft.name(i)
        if form.courtesy or (kind == "Person" and len(form.words) == 1 and form.surname in people):
            apart.add(i)
        else:
            tagged.setdefault(_plain(draft, i), []).append(kind)
    settled = {form: decide_kind(kinds) for form, kinds in tagged.items()}
    uses = []
    for i in indices:
        kind = "Person" if i in apart else settled[_plain(draft, i)]
        if kind == "Other" and draft.name(i, "Person").words[0] in people:
            kind = "Person"
        uses.append(Use(i, draft.name(i, kind), kind))
    return uses


def _plain(draft: Draft, index: int) -> tuple[str, ...]:
    return draft.name(index, "Organization").words


def _long(form: Name) -> bool:
    return len(form.words) > 1


def display(chain: Chain) -> tuple[str, tuple[str, ...]]:
    """The fullest name of a chain, and its other forms in the order of the text."""
    best = full_form(chain.names)
    others = dict.fromkeys(form.text for form in chain.names if form.text != best.text)
    return best.text, tuple(others)
