"""What kind of thing a common noun stands for: the ontology's table over the one counted in GUM."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from functools import lru_cache
from importlib import resources

from kg.ontology import Ontology


@lru_cache(maxsize=1)
def counted() -> dict[str, str]:
    """Noun lemma -> kind of record, as GUM's training documents use the noun."""
    table = resources.files("kg.extract") / "nouns.json"
    found: dict[str, str] = json.loads(table.read_text(encoding="utf-8"))
    return found


# Nouns in -er and -or that are things although there is such a verb.
_TOOLS = frozenset({
    "poster", "letter", "newsletter", "paper", "folder", "drawer", "counter", "printer", "computer", "tower", "layer",
    "tender", "corner", "container", "trailer", "sensor", "reactor", "tracker", "register", "reminder", "server",
})  # fmt: skip


@lru_cache(maxsize=4096)
def is_agent(noun: str) -> bool:
    """Whether a noun's form says that it is somebody who does something; asked only of those who speak.

    >>> is_agent("dispatcher"), is_agent("geologist"), is_agent("councilwoman"), is_agent("poster"), is_agent("memo")
    (True, True, True, False, False)
    """
    from kg.extract.deverbal import verbs

    if noun in _TOOLS or len(noun) < 5:
        return False
    if noun.endswith(("man", "woman", "keeper")) or re.search(r"(?:[aeiou]l|[^l])ist$|ician$", noun):
        return True
    stem = noun[:-2] if noun.endswith(("er", "or")) else ""
    return bool(stem) and bool({stem, stem + "e", stem[:-1] if stem[-1:] == stem[-2:-1] else stem} & verbs())


# What says something without being somebody: signs, laws, figures, works, beliefs.
_SPEAKING_THINGS = frozenset({
    "sign", "banner", "placard", "slogan", "caption", "label", "website", "page", "site", "map", "chart", "index",
    "database", "transcript", "verdict", "ruling", "lawsuit", "suit", "indictment", "clause", "constitution", "law",
    "bill", "act", "rule", "code", "treaty", "bible", "song", "film", "movie", "logo", "plaque", "inscription",
    "evidence", "data", "figure", "number", "result", "finding", "test", "image", "footage", "record", "file", "model",
    "theory", "legend", "rumor", "rumour", "it", "thing", "word", "name", "story", "tale", "fact", "history",
    "experience", "wisdom", "voice", "text", "line", "headline", "title", "tag", "screen", "clock", "contract", "deal",
    "inquiry", "inquest", "audit", "probe", "rules", "guideline", "policy", "list",
    "table", "graph", "scan", "autopsy", "diary", "journal", "log", "receipt",
    "bank", "firm", "company", "shop", "store", "club", "body", "institute", "country", "state", "city", "town",
})  # fmt: skip
_ABSTRACT = ("tion", "sion", "ment", "ness", "ity", "ance", "ence", "ism", "ship", "dom", "hood", "ure", "age")


def is_somebody(noun: str, media: Collection[str]) -> bool:
    """Whether a noun of which no table tells stands for somebody where it speaks: no medium, thing or abstraction.

    >>> is_somebody("shepherd", ()), is_somebody("constitution", ()), is_somebody("memo", ("memo",))
    (True, False, False)
    """
    from kg.extract.deverbal import verb_of

    if is_agent(noun):
        return True
    thing = noun in _TOOLS or noun in _SPEAKING_THINGS or noun in media or noun.endswith(_ABSTRACT)
    return not thing and verb_of(noun) is None


def kinds(ontology: Ontology) -> dict[str, str]:
    """Noun lemma -> kind of record; the ontology's own statements win."""
    return {**counted(), **ontology.nouns}
