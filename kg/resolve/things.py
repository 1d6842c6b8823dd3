"""Names of everything but persons -> chains: which short forms and abbreviations stand for which full names.

Two names are joined only where the article leaves no choice: a short form that fits two full names, that came
first, or that stands beside the long one in a sentence, stays a thing of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from typing import Final, NamedTuple

from kg.records import Kind
from kg.resolve.draft import Chain, Draft, decide_kind
from kg.resolve.naming import abbreviates, cut, initials, letters
from kg.resolve.uses import Use, begin, join, merge
from kg.resolve.words import UMBRELLA

RENAMING: Final = re.compile(
    r"\s*\((?:(?:now|formerly|previously|later|then|originally|today)\s+(?:known as\s+|called\s+|named\s+|renamed\s+)?"
    r"|(?:also\s+|since\s+)?(?:known as|called|renamed)\s+)(?:the )?[\"'“‘]?\Z"
)
"""What stands between a name and the other name that the same thing has in brackets."""
_BROAD: frozenset[Kind] = frozenset(("Organization", "Product", "Work", "Event", "Law", "Other"))


def link_things(draft: Draft, uses: list[Use]) -> None:
    """Same normal forms first, then short forms, longest names first so that each finds its fullest name."""
    by_words: dict[tuple[str, ...], Chain] = {}
    for use in uses:
        same = by_words.get(use.name.words)
        if same is None:
            by_words[use.name.words] = begin(draft, use)
        else:
            join(draft, use, same, "same name", 0.98)
    chains = list(by_words.values())
    for chain in chains:
        chain.kind = decide_kind(draft.mentions[i].kind for i in chain.members)
    for rule in _TOLD:
        chains = _apply(draft, chains, rule)
    chains = _join_listed(draft, chains)
    for rule in _GUESSED:
        chains = _apply(draft, chains, rule)


def _join_listed(draft: Draft, chains: list[Chain]) -> list[Chain]:
    """ "International Business Machines" … "IBM": names that the gazetteer has for one thing, the fuller one first."""
    known: dict[str, tuple[Chain, bool]] = {}
    left = dict.fromkeys(chains)
    for chain in sorted(chains, key=lambda c: -len(c.names[0].words)):
        if (match := draft.listed(chain)) is None:
            continue
        fuller, strong = known.setdefault(match.thing.key, (chain, match.strong))
        if fuller is not chain:
            reason = f"both are names of {match.thing.label} in the gazetteer"
            merge(draft, chain, fuller, reason, 0.95 if strong and match.strong else 0.8)
            del left[chain]
    return list(left)


class _Rule(NamedTuple):
    """A test of a short and a long name; only pairs that share a key are tried."""

    test: Callable[[Draft, Chain, Chain], tuple[str, float] | None]
    short_keys: Callable[[Draft, Chain], Iterable[Hashable]]
    long_keys: Callable[[Draft, Chain], Iterable[Hashable]]
    guessed: bool = True


def _apply(draft: Draft, chains: list[Chain], rule: _Rule) -> list[Chain]:
    """Join every short chain with the one long chain that a rule gives it; with two or more, with none."""
    index: dict[Hashable, dict[Chain, None]] = {}
    for chain in chains:
        for key in rule.long_keys(draft, chain):
            index.setdefault(key, {})[chain] = None
    alive = dict.fromkeys(chains)
    for short in sorted(chains, key=lambda c: -len(c.names[0].words)):
        near = dict.fromkeys(long for key in rule.short_keys(draft, short) for long in index.get(key, ()))
        pairs = ((long, rule.test(draft, short, long)) for long in near if long in alive and long is not short)
        found = [(long, why) for long, why in pairs if why and not (rule.guessed and _two(draft, short, long))]
        if len(found) == 1:
            merge(draft, short, found[0][0], *found[0][1])
            del alive[short]
    return list(alive)


def _two(draft: Draft, a: Chain, b: Chain) -> bool:
    """ "US" are initials of "US Senate", too: names that the gazetteer has for two things."""
    one, other = draft.listed(a), draft.listed(b)
    return one is not None and other is not None and one.strong and other.strong and one.thing is not other.thing


def _compatible(a: Chain, b: Chain) -> bool:
    return a.kind == b.kind or "Other" in (a.kind, b.kind) or {a.kind, b.kind} <= _BROAD


def _bracketed(draft: Draft, short: Chain, long: Chain) -> tuple[str, float] | None:
    """ "World Health Organization (WHO)": the short form stands in brackets right behind the long one."""
    if not any(abbreviates(short.names[0], form) for form in long.forms):
        return None
    ends = {draft.mentions[i].end for i in long.members}
    return ("abbreviation in brackets", 0.97) if ends & set(_bracket_places(draft, short)) else None


def _renamed(draft: Draft, other: Chain, name: Chain) -> tuple[str, float] | None:
    """ "Acme Corp (now Bolt Group)", "Acme Corp (formerly known as Bolt)": one thing under two names."""
    ends = {draft.mentions[i].end for i in name.members}
    places = ends & set(_renaming_places(draft, other))
    return ("other name in brackets", 0.93) if places and _compatible(other, name) else None


def _initials(draft: Draft, short: Chain, long: Chain) -> tuple[str, float] | None:
    kinds = {short.kind, long.kind}
    if not (_compatible(short, long) or kinds == {"Place", "Organization"}):
        return None
    return "initials", 0.9


def _umbrella(draft: Draft, short: Chain, long: Chain) -> tuple[str, float] | None:
    """ "Volkswagen Group" and "Volkswagen", whichever comes first."""
    a, b = short.names[0].words, long.names[0].words
    if b[:-1] == a and b[-1] in UMBRELLA and short.kind == long.kind == "Organization":
        return "same name with group or holding", 0.85
    return None


def _designation(draft: Draft, short: Chain, long: Chain) -> tuple[str, float] | None:
    """ "Airbus A380" and "A380", whichever comes first: a word with a figure in it names one model."""
    word = "".join(short.names[0].words)
    model = len(short.names[0].words) == 1 and any(c.isdigit() for c in word) and any(c.isalpha() for c in word)
    if not model or not {short.kind, long.kind} <= {"Product", "Other"}:
        return None
    ends = any(len(form.words) == 2 and form.words[-1] == word for form in long.forms)
    return ("the model that the full name ends in", 0.85) if ends else None


def _short(draft: Draft, short: Chain, long: Chain) -> tuple[str, float] | None:
    """ "Spirit Airlines" … "Spirit"; "Business Insider" … "Insider".

    The long name introduces the thing and the short one takes over. Where both go on side by side, or stand in
    one sentence ("Amazon said Amazon Pharmacy …"), they are two things.
    """
    ways = [way for form in long.forms if (way := cut(short.names[0], form))]
    if not ways or "Place" in (short.kind, long.kind) or not _compatible(short, long) or short.kind == "Group":
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


def _bracket_places(draft: Draft, short: Chain) -> Iterable[int]:
    """Where a name would have to end for a mention of the short form to be its abbreviation in brackets."""
    for i in short.members:
        start = draft.mentions[i].start
        lead = draft.text[max(0, start - 4) : start].rstrip("\"'“‘")
        if lead.endswith("("):
            yield start - len(draft.text[max(0, start - 4) : start]) + len(lead[:-1].rstrip())


def _renaming_places(draft: Draft, other: Chain) -> Iterable[int]:
    """Where a name would have to end for a mention to be what it is called now, or once was, in brackets."""
    for i in other.members:
        start = draft.mentions[i].start
        if found := RENAMING.search(draft.text, max(0, start - 60), start):
            yield found.start()


def _cuts(draft: Draft, long: Chain) -> Iterable[tuple[str, ...]]:
    for form in long.forms:
        for size in range(1, min(len(form.words), 12)):
            yield form.words[:size]
            yield form.words[-size:]


_TOLD = (
    _Rule(_bracketed, _bracket_places, lambda draft, long: [draft.mentions[i].end for i in long.members], False),
    _Rule(_renamed, _renaming_places, lambda draft, long: [draft.mentions[i].end for i in long.members], False),
)
"""What the article says itself."""
_GUESSED = (
    _Rule(
        _initials,
        lambda draft, short: {letters(form) for form in short.forms} - {""},
        lambda draft, long: {found for form in long.forms for found in initials(form)},
    ),
    _Rule(_umbrella, lambda draft, short: [short.names[0].words], lambda draft, long: [long.names[0].words[:-1]]),
    _Rule(
        _designation,
        lambda draft, short: short.names[0].words[:1],
        lambda draft, long: [form.words[-1] for form in long.forms if len(form.words) == 2],
    ),
    _Rule(_short, lambda draft, short: [short.names[0].words], _cuts),
)
