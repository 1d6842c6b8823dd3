"""Names of persons -> chains: full names first, then surnames and first names that fit one of them."""

from __future__ import annotations

from kg.resolve.draft import Chain, Draft
from kg.resolve.naming import Name, same_person
from kg.resolve.uses import Use, begin, join

_ByWord = dict[str, dict[Chain, None]]


def link_persons(draft: Draft, uses: list[Use]) -> None:
    """Give every use of a person's name its chain."""
    known: _ByWord = {}
    for use in uses:
        if len(use.name.words) > 1:
            chain = _full(draft, use, known)
            for word in {use.name.words[0], use.name.words[-1], use.name.surname}:
                known.setdefault(word, {})[chain] = None
    alone: dict[str, list[Chain]] = {}
    for use in uses:
        if len(use.name.words) == 1:
            _single(draft, use, [c for c in known.get(use.name.surname, ()) if not _clash(c, use.name)], alone)


def _full(draft: Draft, use: Use, known: _ByWord) -> Chain:
    """A name of two words or more joins the one chain whose every form agrees with it."""
    near = [
        chain for word in (use.name.words[0], use.name.words[-1], use.name.surname) for chain in known.get(word, ())
    ]
    agreed = [(chain, reason) for chain in dict.fromkeys(near) if (reason := _agreed(chain, use.name))]
    exact = [(chain, reason) for chain, reason in agreed if any(form.words == use.name.words for form in chain.forms)]
    # «Her mother, Ann Marie Lee» is not the Ann Lee that the article is about.
    found = exact or ([] if draft.relative(use.index) else agreed)
    return join(draft, use, *found[0], 0.95) if len(found) == 1 else begin(draft, use)


def _agreed(chain: Chain, form: Name) -> str | None:
    """Why a full name is the chain's, where all of the chain's forms allow it."""
    reasons = [same_person(*sorted((form, other), key=lambda n: len(n.words))) for other in chain.forms]
    return reasons[0] if all(reasons) and not _clash(chain, form) else None


def _single(draft: Draft, use: Use, fitting: list[Chain], alone: dict[str, list[Chain]]) -> None:
    """A single word: the surname of one person, else the first name of one who was introduced before."""
    word = use.name.surname
    surname = [chain for chain in fitting if any(form.surname == word for form in chain.forms)]
    first = [chain for chain in fitting if any(form.words[0] == word for form in chain.forms)]
    met = [chain for chain in first if draft.introduced(chain, use.index) and not use.name.courtesy]
    chain = _only(draft, use.index, surname or met)
    if chain is not None:
        join(draft, use, chain, "surname" if surname else "first name", 0.9 if surname else 0.8)
        return
    own = next((chain for chain in alone.get(word, ()) if not _clash(chain, use.name)), None)
    if own is not None:
        join(draft, use, own, "same name", 0.85)
    else:
        alone.setdefault(word, []).append(begin(draft, use))


def _only(draft: Draft, index: int, candidates: list[Chain]) -> Chain | None:
    """The one candidate; of several, the one introduced before the others, or spoken of alone in the last sentences.

    Newspapers call whom an article is about by the surname, and the relatives that come later by their full names.
    """
    if len(candidates) > 1:
        candidates = [chain for chain in candidates if draft.introduced(chain, index)]
    if len(candidates) > 1:
        begun = {chain: min(draft.mentions[i].sentence for i in chain.members) for chain in candidates}
        first = [chain for chain in candidates if begun[chain] == min(begun.values())]
        candidates = first if len(first) == 1 else [c for c in first if draft.distance(c, index) in (0, 1)]
    return candidates[0] if len(candidates) == 1 else None


def _clash(chain: Chain, form: Name) -> bool:
    return chain.gender is not None and form.gender is not None and chain.gender != form.gender
