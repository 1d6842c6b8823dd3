"""Common-noun phrases of one article -> chains: repeats, "the company", "the airline", "the chief executive".

A definite phrase is joined with a name only where one candidate stands out; all else is a thing of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from kg.records import Kind
from kg.resolve import gazetteer
from kg.resolve.described import beside_name, described
from kg.resolve.draft import HORIZON, MANY, Chain, Draft
from kg.resolve.words import (
    BODY,
    COMPANY,
    FLYING,
    HAPPENINGS,
    MAN,
    MEDIA,
    MEDIA_NAMES,
    ORDINALS,
    PLACES,
    SITES,
    SMALL,
    SORTS_OF_THINGS,
    THINGS,
    WOMAN,
    WORKS,
    Gender,
    bare,
    concept,
    listed,
    noun_gender,
    singular,
)

DECAY: Final = 0.8
MARGIN: Final = 1.4
"""How much more salient than the next candidate a name must be to be meant by a common noun."""
LEAD: Final = 2.0
"""How much more the subject of the first sentence is meant."""
SAID: Final = 8.0
"""How much more a name is meant that says what the noun is told by."""
REACH: Final = 8
"""How many sentences back a name may lie to be meant by a common noun."""
REPEAT_REACH: Final = HORIZON

DESCRIPTIVE: Final = listed(
    "veteran champion striker midfielder winger defender goalkeeper rider player singer actor actress novelist author "
    "writer defendant accused suspect victim pensioner teenager youngster star businessman tycoon billionaire skipper "
    "swimmer runner boxer driver musician rapper comedian painter poet sculptor director filmmaker"
)
"""What a person is called instead of by name, once named; unlike an office, of which there may be another."""

_UNIQUE_BODIES: Final = listed(
    "court ministry department parliament congress senate cabinet government police army navy military force "
    "church university college school hospital party council board bureau authority administration museum "
    "institute league federation committee commission team"
)
"""Bodies that an article may name by "the" without having named them: joined by their own word only."""

SELF_NAMING: Final = listed("company firm group corporation bank airline party union charity")
"""Words that only say again what a named organisation is: "the Boeing company" is Boeing, "the Boeing plant" is not."""

REPORTING: Final = frozenset({"reported", "reports", "reporting"})
_TITLE_SAME: Final = {"ceo": "chief executive", "chief executive officer": "chief executive", "pm": "prime minister"}
_SIDE: Final = 90
_AFTER_TITLE: Final = re.compile(r"[,;:.!?\n]|\s(?:of|at|for|in|with|who|and|to|from)\s")


def link_nominal(draft: Draft, index: int, choose: Choose) -> Chain:
    """The chain of a common-noun phrase: the first rule that finds one, else a new one."""
    mention = draft.mentions[index]
    if (same := _a_name_elsewhere(draft, index)) is not None:
        return draft.add(index, same, "a name elsewhere in the article", 0.85)
    beside = described(draft, index)
    if beside is not None:
        return beside_name(draft, index, beside)
    if mention.generic:
        return _generic(draft, index)
    if draft.pointing(index) and (named := _names_itself(draft, index)) is not None:
        return draft.add(index, named, "the name with the word for what it is", 0.85)
    if not _predicated(draft, index):
        found = choose(index, _by_rule(draft, index) if draft.pointing(index) else None)
        if found is not None:
            return draft.add(index, *found)
    return draft.new(index, "definite phrase, nothing before it stands out" if draft.pointing(index) else "new phrase")


_Found = tuple[Chain, str, float] | None
Choose = Callable[[int, _Found], _Found]
"""What makes the choice for a mention, given what the rules would choose."""


def _by_rule(draft: Draft, index: int) -> _Found:
    """What the hand-made rules choose for a phrase that points back."""
    rules = (_apposed, _by_name_word, _by_title, _by_class, _repeat, _by_description)
    return next((found for rule in rules if (found := rule(draft, index)) is not None), None)


def _a_name_elsewhere(draft: Draft, index: int) -> Chain | None:
    """«Insider cited one person», where "Insider" is a name in other sentences: a capital at a sentence's start tells
    nothing, the other sentences do.
    """
    words = draft.words(index)
    if " " in words or not words[:1].isupper() or words.isupper() or draft.mentions[index].plural:
        return None
    found = {id(chain): chain for i, chain in draft.names_like(words)}
    return next(iter(found.values())) if len(found) == 1 else None


def _generic(draft: Draft, index: int) -> Chain:
    """Bare common nouns ("marketing") mean one concept each, whatever their number."""
    words = concept(draft.words(index))
    if words in draft.concepts:
        return draft.add(index, draft.concepts[words], "same common noun", 0.95)
    draft.concepts[words] = draft.new(index, "common noun")
    return draft.concepts[words]


def _predicated(draft: Draft, index: int) -> bool:
    """Whether a proposition says of something that it is this: "Acme is the firm …" must not become Acme is Acme."""
    return index in draft.predicated


def _names_itself(draft: Draft, index: int) -> Chain | None:
    """«the Reuters news agency», «the Boeing company»: the organisation that the phrase has in it."""
    mention, noun = draft.mentions[index], draft.noun(index)
    if mention.plural or not (noun in MEDIA or noun in SELF_NAMING) or not draft.bare_head(index):
        return None
    for i, chain in draft.beside(index):
        name = draft.mentions[i]
        begins = mention.start < name.start <= mention.start + 4 and name.end <= mention.head.start
        if begins and name.form == "name" and chain.kind == "Organization":
            return chain
    return None


def _apposed(draft: Draft, index: int) -> _Found:
    """ "Acme, the retailer, said": a phrase between commas right behind a name of its kind."""
    mention = draft.mentions[index]
    lead = draft.text[max(0, mention.start - 3) : mention.start]
    if not re.search(r",\s$", lead) or draft.text[mention.end : mention.end + 1] not in (",", ".", ";"):
        return None
    ends = mention.start - len(lead) + lead.rindex(",")
    for i, chain in draft.beside(index):
        other = draft.mentions[i]
        if other.form == "name" and other.end == ends and chain.kind == mention.kind and not mention.plural:
            return chain, "in apposition to the name", 0.85
    return None


def _by_name_word(draft: Draft, index: int) -> _Found:
    """ "the airline" after "Spirit Airlines", "the court" after "Supreme Court": the noun is in the name."""
    if draft.mentions[index].plural or not draft.bare_head(index):
        return None
    noun, modifiers = draft.noun(index), set(draft.modifiers(index))
    found = [chain for chain in _candidates(draft, index) if chain.named and _says(chain, noun, modifiers)]
    if not found:
        return None
    best = max(found, key=lambda chain: draft.salience(chain, index, decay=DECAY))
    return best, f"the name says {noun}", 0.8


def _says(chain: Chain, noun: str, modifiers: set[str]) -> bool:
    """Whether the noun is the head of some form of the name, and its modifiers are words of the name too."""
    for form in chain.forms:
        words = list(form.all_words)
        cut = next((i for i, word in enumerate(words) if word in SMALL and word != "and"), len(words))
        heads = {singular(words[-1])} | ({singular(words[cut - 1])} if cut else set())
        if chain.kind == "Person" or (chain.kind == "Work" and noun not in WORKS):
            continue  # «the band» is not «Band on the Run»
        if len(words) > 1 and noun in heads and modifiers <= set(words):
            return True
    return False


def _repeat(draft: Draft, index: int) -> _Found:
    """ "a man" … "the man": the same noun again, with no modifier that the first one lacked."""
    mention, noun = draft.mentions[index], draft.noun(index)
    modifiers = set(draft.modifiers(index))
    best: tuple[int, Chain] | None = None
    for chain in _candidates(draft, index, reach=REPEAT_REACH):
        for i in chain.members[-MANY:]:
            other = draft.mentions[i]
            if other.form != "nominal" or other.end > mention.start or draft.noun(i) != noun or chain.generic:
                continue
            alike = concept(draft.words(i)) == concept(draft.words(index))
            same = draft.bare_head(index) and modifiers <= set(draft.modifiers(i))
            if same and not alike and not modifiers and _test(draft, noun) is not None:
                continue  # "the company" is more likely a name than the "rival company" that was last spoken of
            if other.plural == mention.plural and (alike or same) and (best is None or other.start > best[0]):
                best = other.start, chain
    return None if best is None else (best[1], "the same noun again", 0.7)


def _by_title(draft: Draft, index: int) -> _Found:
    """ "the chief executive" after "chief executive Ann Lee" or "Ann Lee, chief executive of …"."""
    mention = draft.mentions[index]
    if mention.kind != "Person" or mention.plural or not draft.bare_head(index):
        return None
    phrase = _title(" ".join((*draft.modifiers(index), draft.noun(index))))
    named = [c for c in _candidates(draft, index) if c.kind == "Person" and c.named]
    found = [chain for chain in named if _titled(draft, chain, index, phrase)]
    if len(found) == 1:
        return found[0], "the title given with the name", 0.8
    gender: Gender | None = "m" if draft.noun(index) in MAN else "f" if draft.noun(index) in WOMAN else None
    if found or gender is None or phrase != draft.noun(index):
        return None
    people = [c for c in _candidates(draft, index, reach=2) if c.kind == "Person" and c.seems in (None, gender)]
    return (people[0], "the only person spoken of", 0.6) if len(people) == 1 and not people[0].plural else None


def _by_description(draft: Draft, index: int) -> _Found:
    """ "the retired postman", "the 16-year-old", "the defendant": the one person named in the sentences before."""
    mention, noun = draft.mentions[index], draft.noun(index)
    words = set(draft.modifiers(index))
    telling = noun in DESCRIPTIVE or noun.endswith("-year-old") or bool(words & {"retired", "former", "veteran"})
    if mention.kind not in ("Person", "Concept") or mention.plural or not telling or not draft.bare_head(index):
        return None
    gender = noun_gender(noun)
    people = [c for c in _candidates(draft, index, reach=3) if c.kind == "Person" and c.named and not c.plural]
    people = [c for c in people if c.seems in (None, gender) or gender is None]
    return (people[0], "the one person spoken of before", 0.55) if len(people) == 1 else None


def _titled(draft: Draft, chain: Chain, index: int, phrase: str) -> bool:
    """Whether the words right before or right after a mention of the name give this title."""
    for i in chain.members[-MANY:]:
        mention = draft.mentions[i]
        if mention.form != "name" or mention.end > draft.mentions[index].start:
            continue
        ahead = re.split(r"[,;:.!?\n]", draft.text[max(0, mention.head.start - _SIDE) : mention.head.start])[-1]
        behind = draft.text[mention.head.end : mention.head.end + _SIDE]
        after = _AFTER_TITLE.split(behind[1:])[0] if behind.startswith(",") else ""
        if any(_title(side).split()[-len(phrase.split()) :] == phrase.split() for side in (ahead, after)):
            return True
    return False


@lru_cache(maxsize=1000)
def _title(words: str) -> str:
    plain = " ".join(singular(word) for word in words.split())
    for form, usual in _TITLE_SAME.items():
        plain = re.sub(rf"(?<!\w){form}(?!\w)", usual, plain)
    return plain


def _by_class(draft: Draft, index: int) -> _Found:
    """ "the company", "the newspaper", "the city": the most salient name of that sort, by a margin."""
    if draft.mentions[index].plural or not draft.bare_head(index):
        return None
    test = _test(draft, draft.noun(index))
    if test is None or _told_apart(draft, index) or "aircraft" in draft.modifiers(index):  # «the aircraft carrier»
        return None
    scored = [
        (draft.salience(chain, index, decay=DECAY) * _topic(draft, chain, index) * _said(draft, chain, index), chain)
        for chain in _candidates(draft, index)
        if not chain.plural and not chain.generic and test(chain) and not _otherwise(draft, chain, index)
        and (chain.named or (chain.kind == "Organization" and _alike(draft, chain, index)))
    ]  # fmt: skip
    return clear(scored, f"the most salient {draft.noun(index)}", MARGIN)


def _otherwise(draft: Draft, chain: Chain, index: int) -> bool:
    """Whether the noun is one of another sort than what a thing was called before: no ship is «the satellite»."""
    noun = draft.noun(index)
    sort = next((nouns for nouns in SORTS_OF_THINGS if noun in nouns), None)
    if sort is None:
        return False
    called = {draft.noun(i) for i in chain.members if draft.mentions[i].form == "nominal"}
    called |= {singular(word) for form in chain.forms for word in form.all_words[-1:]}
    return any(called & other for other in SORTS_OF_THINGS if other is not sort) and not called & sort


def _alike(draft: Draft, chain: Chain, index: int) -> bool:
    """Whether a thing without a name was called by a noun of the same sort: "the airline" is no union."""
    noun = draft.noun(index)
    sort = next((nouns for nouns in (MEDIA, COMPANY, BODY) if noun in nouns), frozenset())
    return any(draft.noun(i) in sort for i in chain.members if draft.mentions[i].form == "nominal")


def _said(draft: Draft, chain: Chain, index: int) -> float:
    """How much more a name is meant that has a modifier in it: "the freight company" after "Harrow Freight"."""
    modifiers = set(draft.modifiers(index)) | (FLYING if draft.noun(index) in ("airline", "carrier") else set())
    return SAID if any(not modifiers.isdisjoint(form.all_words) for form in chain.forms) else 1.0


def _topic(draft: Draft, chain: Chain, index: int) -> float:
    """How much more a chain is what the article is about: by how often it was named so far, and by the lead.

    News tells in its first sentence who it is about; "the company" further down is most often its subject.
    """
    before = [m for m in (draft.mentions[i] for i in chain.members) if m.start < draft.mentions[index].start]
    named = sum(m.form == "name" for m in before)
    leads = any(m.sentence == 0 and m.role == "subject" for m in before)
    return (named**0.5 if named else 0.5) * (LEAD if leads else 1.0)


def _told_apart(draft: Draft, index: int) -> bool:
    """Whether a modifier names something ("the Reuters report", "the first boat"), nationalities excepted."""
    mention = draft.mentions[index]
    words = draft.text[mention.start : mention.head.start].split()[1:]
    if not any(word[0].isupper() or word[0].isdigit() or bare(word) in ORDINALS for word in words):
        return False
    inside = [m for m in draft.mentions if m.form == "name" and mention.start < m.start and m.end <= mention.head.start]
    nations = all(m.kind == "Group" or _is_nation(draft.text[m.start : m.end]) for m in inside)
    return not inside or not nations  # «the French company», «the U.S. carmaker»


def clear(scored: list[tuple[float, Chain]], reason: str, margin: float) -> _Found:
    """The candidate that leads by a margin, with a score that says by how much."""
    ranked = sorted(scored, key=lambda pair: -pair[0])
    if not ranked or ranked[0][0] <= 0:
        return None
    best, chain = ranked[0]
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    return (chain, reason, 0.5 + 0.4 * (1 - second / best)) if best >= margin * second else None


def _test(draft: Draft, noun: str) -> Callable[[Chain], bool] | None:
    """Which chains a noun may point back to; None where it points back to no name."""
    if noun in MEDIA:
        return lambda chain: is_media(draft, chain) and not _publishes(draft, chain)
    if noun in COMPANY:
        return lambda chain: chain.kind == "Organization" and not is_media(draft, chain) and not _is_body(chain)
    if noun in BODY and noun not in _UNIQUE_BODIES:
        return lambda chain: chain.kind == "Organization" and not is_media(draft, chain)
    if noun in PLACES:
        return _place_test(noun)
    kinds: dict[Kind, frozenset[str]] = {"Product": THINGS, "Work": WORKS, "Event": HAPPENINGS}
    kind = next((kind for kind, nouns in kinds.items() if noun in nouns), None)
    return None if kind is None else lambda chain: chain.kind == kind


def _place_test(noun: str) -> Callable[[Chain], bool] | None:
    """Countries are known by the gazetteer; a town is a place that is none."""
    if noun in ("country", "nation"):
        return lambda chain: chain.kind == "Place" and _is_country(chain)
    if noun in ("city", "town", "village"):
        return lambda chain: chain.kind == "Place" and chain.named and not _is_country(chain) and not _is_site(chain)
    return None


def _is_site(chain: Chain) -> bool:
    """Whether the name says that it is a place of another sort: «Tarn Market»."""
    return any(len(form.words) > 1 and singular(form.words[-1]) in SITES for form in chain.forms)


def _publishes(draft: Draft, chain: Chain) -> bool:
    """Whether a name is that of the outlet whose article this is: it does not call itself «the paper»."""
    publisher = draft.extraction.article.publisher or ""
    words = {word for form in chain.forms if len(form.words) == 1 for word in form.words}
    return bool(words & set(re.split(r"[^\w]+", publisher.casefold())))


def _is_nation(words: str) -> bool:
    return bool(gazetteer.canonical(" ".join(map(bare, words.split()))))


def _is_country(chain: Chain) -> bool:
    return any(gazetteer.canonical(" ".join(form.words)) for form in chain.forms)


def _is_body(chain: Chain) -> bool:
    """Whether the name itself says that it is no company ("Ministry of Health")."""
    words = {singular(word) for form in chain.forms for word in form.all_words}
    return bool(words & (BODY - {"club", "team", "group"} | {"office", "project", "registry"}))


def is_media(draft: Draft, chain: Chain) -> bool:
    """Whether a named organisation reports or is told things, or is called as news organisations are."""
    misread = chain.kind == "Person" and chain.seems is None  # «Dagens Blad reported … The paper said»
    if not chain.named or not (misread or chain.kind in ("Organization", "Work", "Other")):
        return False
    if any(MEDIA_NAMES & set(form.all_words) or form.all_words[-1].endswith("news") for form in chain.forms):
        return True
    passed_on = () if misread else draft.extraction.statements
    told = [side for statement in passed_on for side in (statement.via, statement.addressee)]
    told += [s.speaker for s in draft.extraction.statements if s.cue and draft.text[slice(*s.cue)] in REPORTING]
    return any(side is not None and draft.at(side) is chain for side in told)


def _candidates(draft: Draft, index: int, *, reach: int = REACH) -> list[Chain]:
    """The chains mentioned before, not too far back, that do not share a clause or words with the mention."""
    barred = draft.partners(index) | draft.overlapping(index)
    return [chain for chain in draft.near(index, reach) if chain not in barred and not chain.apart]
