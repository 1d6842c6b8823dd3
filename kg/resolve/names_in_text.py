"""Names of one article -> chains: which short forms stand for which full names.

Two names are joined only where the article leaves no choice: a short form that fits two full names, that came
first, or that stands beside the long one in a sentence, stays a thing of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.records import Kind
from kg.resolve.draft import Chain, Draft, decide_kind, full_form
from kg.resolve.naming import Name, abbreviates, acronym, cut, same_person
from kg.resolve.words import UMBRELLA

_BROAD: frozenset[Kind] = frozenset(("Organization", "Product", "Work", "Event", "Law", "Other"))


@dataclass(frozen=True, slots=True)
class _Use:
    """One name mention: its index and the name that it spells under its settled kind."""

    index: int
    name: Name
    kind: Kind


def link_names(draft: Draft) -> None:
    """Give every mention that is a name its chain."""
    uses = _settled(draft)
    _persons(draft, [use for use in uses if use.kind == "Person"])
    _others(draft, [use for use in uses if use.kind != "Person"])


def _settled(draft: Draft) -> list[_Use]:
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
        uses.append(_Use(i, draft.name(i, kind), kind))
    return uses


def _plain(draft: Draft, index: int) -> tuple[str, ...]:
    return draft.name(index, "Organization").words


def _long(form: Name) -> bool:
    return len(form.words) > 1


# persons


def _persons(draft: Draft, uses: list[_Use]) -> None:
    for use in [use for use in uses if _long(use.name)]:
        _full_person(draft, use)
    people = [chain for chain in draft.chains if chain.kind == "Person"]
    for use in [use for use in uses if not _long(use.name)]:
        _short_person(draft, use, people)


def _full_person(draft: Draft, use: _Use) -> None:
    """A name of two words or more joins the one chain whose every form agrees with it."""
    fitting = [
        (chain, reasons[0])
        for chain in draft.chains
        if chain.named
        and all(reasons := [same_person(*sorted((use.name, form), key=lambda n: len(n.words))) for form in chain.names])
        and reasons[0]
        and not _clash(chain, use.name)
    ]
    exact = [(chain, reason) for chain, reason in fitting if any(form.words == use.name.words for form in chain.names)]
    found = exact or fitting
    if len(found) == 1:
        _join(draft, use, found[0][0], found[0][1], 0.95)
    else:
        _begin(draft, use)


def _short_person(draft: Draft, use: _Use, people: list[Chain]) -> None:
    """A single word: the surname of one person, else the first name of one who was introduced before."""
    fitting = [chain for chain in people if not _clash(chain, use.name)]
    surname = [chain for chain in fitting if use.name.surname in {form.surname for form in chain.names if _long(form)}]
    first = [chain for chain in fitting if use.name.words[0] in {form.words[0] for form in chain.names if _long(form)}]
    known = [chain for chain in first if draft.introduced(chain, use.index) and not use.name.courtesy]
    alone = [chain for chain in fitting if any(form.words == use.name.words for form in chain.names)]
    for candidates, reason, score in ((surname, "surname", 0.9), (known, "first name", 0.8), (alone, "same name", 0.9)):
        chain = _only(draft, use.index, candidates)
        if chain is not None:
            _join(draft, use, chain, reason, score)
            return
        if candidates:
            break
    own = next((c for c in draft.chains if c not in people and _same_single(c, use.name)), None)
    if own is None:
        _begin(draft, use)
    else:
        _join(draft, use, own, "same name", 0.85)


def _same_single(chain: Chain, form: Name) -> bool:
    return chain.kind == "Person" and any(n.words == form.words for n in chain.names) and not _clash(chain, form)


def _only(draft: Draft, index: int, candidates: list[Chain]) -> Chain | None:
    """The one candidate; of several, the one already introduced, or the only one spoken of in the last sentences."""
    if len(candidates) > 1:
        candidates = [chain for chain in candidates if draft.introduced(chain, index)]
    if len(candidates) > 1:
        candidates = [chain for chain in candidates if draft.distance(chain, index) in (0, 1)]
    return candidates[0] if len(candidates) == 1 else None


def _clash(chain: Chain, form: Name) -> bool:
    return chain.gender is not None and form.gender is not None and chain.gender != form.gender


# everything else


def _others(draft: Draft, uses: list[_Use]) -> None:
    """Same normal forms first, then short forms, longest names first so that each finds its fullest name."""
    by_words: dict[tuple[str, ...], Chain] = {}
    for use in uses:
        same = by_words.get(use.name.words)
        if same is None:
            by_words[use.name.words] = _begin(draft, use)
        else:
            _join(draft, use, same, "same name", 0.98)
    chains = list(by_words.values())
    for chain in chains:
        chain.kind = decide_kind(draft.mentions[i].kind for i in chain.members)
    for rule in (_bracketed, _initials, _umbrella, _short):
        _apply(draft, chains, rule)


_Rule = Callable[[Draft, Chain, Chain], tuple[str, float] | None]


def _apply(draft: Draft, chains: list[Chain], rule: _Rule) -> None:
    """Join every short chain with the one long chain that a rule gives it; with two or more, with none."""
    for short in sorted(chains, key=lambda c: -len(c.names[0].words)):
        found = [(long, why) for long in chains if long is not short and (why := rule(draft, short, long))]
        if len(found) == 1:
            long, (reason, score) = found[0]
            _merge(draft, short, long, reason, score)
            chains.remove(short)


def _compatible(a: Chain, b: Chain) -> bool:
    return a.kind == b.kind or "Other" in (a.kind, b.kind) or {a.kind, b.kind} <= _BROAD


def _bracketed(draft: Draft, short: Chain, long: Chain) -> tuple[str, float] | None:
    """ "World Health Organization (WHO)": the short form stands in brackets right behind the long one."""
    if not any(abbreviates(short.names[0], form) for form in long.names):
        return None
    ends = {draft.mentions[i].end for i in long.members}
    for i in short.members:
        start = draft.mentions[i].start
        lead = draft.text[:start].rstrip("\"'“‘")
        if lead.endswith("(") and len(lead[:-1].rstrip()) in ends:
            return "abbreviation in brackets", 0.97
    return None


def _initials(draft: Draft, short: Chain, long: Chain) -> tuple[str, float] | None:
    kinds = {short.kind, long.kind}
    if not (_compatible(short, long) or kinds == {"Place", "Organization"}):
        return None
    found = any(acronym(a, b) for a in short.names for b in long.names)
    return ("initials", 0.9) if found else None


def _umbrella(draft: Draft, short: Chain, long: Chain) -> tuple[str, float] | None:
    """ "Volkswagen Group" and "Volkswagen", whichever comes first."""
    a, b = short.names[0].words, long.names[0].words
    if b[:-1] == a and b[-1] in UMBRELLA and short.kind == long.kind == "Organization":
        return "same name with group or holding", 0.85
    return None


def _short(draft: Draft, short: Chain, long: Chain) -> tuple[str, float] | None:
    """ "Spirit Airlines" … "Spirit"; "Business Insider" … "Insider".

    The long name introduces the thing and the short one takes over. Where both go on side by side, or stand in
    one sentence ("Amazon said Amazon Pharmacy …"), they are two things.
    """
    ways = [way for form in long.names if (way := cut(short.names[0], form))]
    if not ways or "Place" in (short.kind, long.kind) or not _compatible(short, long) or "Group" in (short.kind,):
        return None
    if ways[0] == "start" and short.kind != long.kind:
        return None
    starts = sorted(draft.mentions[i].start for i in short.members)
    if min(draft.mentions[i].start for i in long.members) > starts[0] or draft.meets(short, long):
        return None
    again = sum(draft.mentions[i].start > starts[0] for i in long.members)
    if again > (len(starts) // 2 if ways[0] == "end" else 0):
        return None
    return f"short form ({ways[0]} of the name)", 0.85 if ways[0] == "end" else 0.75


# chains


def _begin(draft: Draft, use: _Use) -> Chain:
    chain = draft.new(use.index, "name")
    chain.kind = use.kind
    chain.names.append(use.name)
    chain.gender = chain.gender or use.name.gender
    return chain


def _join(draft: Draft, use: _Use, chain: Chain, reason: str | None, score: float) -> None:
    draft.add(use.index, chain, reason or "same name", score)
    chain.names.append(use.name)
    chain.gender = chain.gender or use.name.gender


def _merge(draft: Draft, short: Chain, long: Chain, reason: str, score: float) -> None:
    """Move every mention of one chain into another."""
    for index in short.members:
        draft.add(index, long, reason, score)
    long.names.extend(short.names)
    if long.kind == "Other":
        long.kind = short.kind
    draft.chains.remove(short)


def display(chain: Chain) -> tuple[str, tuple[str, ...]]:
    """The fullest name of a chain, and its other forms in the order of the text."""
    best = full_form(chain.names)
    others = dict.fromkeys(form.text for form in chain.names if form.text != best.text)
    return best.text, tuple(others)
