"""Base forms by table and rule, and the few features of form that the tag says.

The tables are spaCy's English ones (`spacy-lookups-data`, MIT) and, for words where the treebanks differ
from them, the treebanks' own (`lemmas.json` beside the model).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

MORPH: Mapping[str, str] = {
    "NN": "Number=Sing", "NNS": "Number=Plur", "NNP": "Number=Sing", "NNPS": "Number=Plur",
    "VB": "VerbForm=Inf", "VBD": "Mood=Ind|Tense=Past|VerbForm=Fin", "VBG": "Tense=Pres|VerbForm=Part",
    "VBN": "Tense=Past|VerbForm=Part", "VBP": "Mood=Ind|Tense=Pres|VerbForm=Fin",
    "VBZ": "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "MD": "VerbForm=Fin",
    "JJ": "Degree=Pos", "JJR": "Degree=Cmp", "JJS": "Degree=Sup",
    "RB": "Degree=Pos", "RBR": "Degree=Cmp", "RBS": "Degree=Sup",
    "PRP": "PronType=Prs", "PRP$": "Poss=Yes|PronType=Prs",
    "CD": "NumType=Card",
}  # fmt: skip
BASE = ("NN", "VB", "VBP", "JJ", "RB", "MD")
"""Tags of forms that are their own lemma."""
PERSONS: Mapping[str, str] = {
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), "Number=Sing|Person=1"),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), "Number=Plur|Person=1"),
    **dict.fromkeys(("you", "your", "yours", "yourself", "yourselves"), "Person=2"),
    **dict.fromkeys(("he", "him", "his", "himself"), "Gender=Masc|Number=Sing|Person=3"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "Gender=Fem|Number=Sing|Person=3"),
    **dict.fromkeys(("it", "its", "itself"), "Gender=Neut|Number=Sing|Person=3"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "Number=Plur|Person=3"),
}


def morph(word: str, upos: str, xpos: str) -> str:
    """Features of a word as Universal Dependencies writes them, those that tense, number and person need.

    >>> morph("acquired", "VERB", "VBD"), morph("her", "PRON", "PRP$")
    ('Mood=Ind|Tense=Past|VerbForm=Fin', 'Gender=Fem|Number=Sing|Person=3|Poss=Yes|PronType=Prs')
    """
    if upos in ("ADV", "ADJ", "PRON", "NOUN", "PROPN", "VERB", "AUX", "NUM", "DET"):
        found = MORPH.get(xpos, "")
        person = PERSONS.get(word.lower(), "") if upos == "PRON" else ""
        return "|".join(sorted(part for part in (*found.split("|"), *person.split("|")) if part))
    return ""


class Lemmas:
    """Looks up lemmas by word, part of speech and tag."""

    def __init__(self, tables: Mapping[str, Mapping[str, object]], own: Mapping[str, str]) -> None:
        self._exceptions: Mapping[str, Mapping[str, Sequence[str]]] = tables["lemma_exc"]  # type: ignore[assignment]
        self._index: Mapping[str, Sequence[str]] = tables["lemma_index"]  # type: ignore[assignment]
        self._rules: Mapping[str, Sequence[tuple[str, str]]] = tables["lemma_rules"]  # type: ignore[assignment]
        self._known = {kind: frozenset(words) for kind, words in self._index.items()}
        self._own = own
        self.of = lru_cache(maxsize=100_000)(self._of)

    def is_common(self, word: str) -> bool:
        """Whether the word in lower case is an ordinary noun, verb, adjective or adverb."""
        lower = word.lower()
        found = any(lower in known for known in self._known.values())
        return found or any(lower in words for words in self._exceptions.values())

    def _of(self, word: str, upos: str, xpos: str) -> str:
        """The lemma; a name keeps its form, an unknown word its lower case."""
        own = self._own.get(f"{word.lower()} {upos} {xpos}")
        if own is not None:
            return own
        if upos in ("PROPN", "X", "SYM", "NUM"):
            return word
        lower = word.lower()
        kind = {"NOUN": "noun", "VERB": "verb", "AUX": "verb", "ADJ": "adj", "ADV": "adv"}.get(upos, "")
        if not kind or (xpos in BASE and lower in self._known.get(kind, ())):
            return lower
        return self._by_rule(lower, kind)

    def _by_rule(self, lower: str, kind: str) -> str:
        found = self._exceptions.get(kind, {}).get(lower)
        if found:
            return found[0]
        known = self._known.get(kind, frozenset())
        forms = [lower[: -len(old)] + new for old, new in self._rules.get(kind, ()) if old and lower.endswith(old)]
        return next((form for form in forms if form in known), None) or (
            lower if lower in known or not forms else _plainest(lower, forms)
        )


def _plainest(lower: str, forms: Sequence[str]) -> str:
    """The first rule's form of an unknown word ("tokenizers"), if enough of the word is left."""
    return forms[0] if len(forms[0]) > 2 else lower
