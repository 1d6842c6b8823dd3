"""Base forms: by the treebanks' own table, else by the edit tree that the network chose; spaCy's table and rules where
what the tree gives, or the table for a verb, is no known word and theirs is.

The treebanks' table (`lemmas.json` beside the model) has the words where they differ from spaCy's English tables
(`spacy-lookups-data`, MIT).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from kg.language.edits import Edits

ENDED = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy](?:ed|ing)")
"""A past form or participle of one syllable that would double its consonant, had the verb no "e" («hop», "hopped")."""
BASE = ("NN", "VB", "VBP", "JJ", "RB", "MD")
"""Tags of forms that are their own lemma."""
KINDS: Mapping[str, str] = {"NOUN": "noun", "VERB": "verb", "AUX": "verb", "ADJ": "adj", "ADV": "adv"}
"""The names that spaCy's tables give to parts of speech."""


class Lemmas:
    """Looks up lemmas by word, part of speech and tag."""

    def __init__(
        self, tables: Mapping[str, Mapping[str, object]], own: Mapping[str, str], edits: Edits | None = None
    ) -> None:
        self._exceptions: Mapping[str, Mapping[str, Sequence[str]]] = tables["lemma_exc"]  # type: ignore[assignment]
        self._index: Mapping[str, Sequence[str]] = tables["lemma_index"]  # type: ignore[assignment]
        self._rules: Mapping[str, Sequence[tuple[str, str]]] = tables["lemma_rules"]  # type: ignore[assignment]
        self._known = {kind: frozenset(words) for kind, words in self._index.items()}
        self._own, self._edits = own, edits
        self.of = lru_cache(maxsize=100_000)(self._lemma)

    def is_common(self, word: str) -> bool:
        """Whether the word in lower case is an ordinary noun, verb, adjective or adverb."""
        lower = word.lower()
        found = any(lower in known for known in self._known.values())
        return found or any(lower in words for words in self._exceptions.values())

    def _lemma(self, word: str, upos: str, xpos: str, edit: int = -1) -> str:
        lemma = self._of(word, upos, xpos, edit)
        return self._whole(word, lemma) if upos == "VERB" else lemma

    def _of(self, word: str, upos: str, xpos: str, edit: int = -1) -> str:
        """The lemma; `edit` is the learned edit tree for the word in its place, -1 for none."""
        own = self._own.get(f"{word.lower()} {upos} {xpos}")
        by_table = self._by_table(word, upos, xpos)
        if own is not None:  # a treebank has its slips: «fled» is of "flee", not of "flead"
            verbs = self._known.get("verb", frozenset())
            return by_table if upos == "VERB" and own not in verbs and by_table in verbs else own
        learned = self._edits.apply(edit, word) if self._edits is not None and edit >= 0 else None
        if learned is None:
            return by_table
        kind = KINDS.get(upos, "")
        return by_table if self._knows(by_table, kind) and not self._knows(learned, kind) else learned

    def _whole(self, word: str, lemma: str) -> str:
        """The verb with its "e" («fined» is of "fine": of "fin" it would be "finned")."""
        lower, whole = word.lower(), f"{lemma}e"
        ended = lower in (f"{lemma}ed", f"{lemma}ing") and ENDED.fullmatch(lower) is not None
        return whole if ended and whole in self._known.get("verb", frozenset()) else lemma

    def _knows(self, form: str, kind: str) -> bool:
        """Whether the form is a known lemma, or what stands behind its hyphen is («co-found»)."""
        known = self._known.get(kind, frozenset())
        return form in known or form.rpartition("-")[2] in known

    def _by_table(self, word: str, upos: str, xpos: str) -> str:
        """The lemma by table and rule; a name keeps its form, an unknown word its lower case."""
        if upos in ("PROPN", "X", "SYM", "NUM"):
            return word
        lower = word.lower()
        kind = KINDS.get(upos, "")
        if not kind or (xpos in BASE and lower in self._known.get(kind, ())):
            return lower
        return self._by_rule(lower, kind)

    def _by_rule(self, lower: str, kind: str) -> str:
        found = self._exceptions.get(kind, {}).get(lower)
        if found:
            return found[0]
        known = self._known.get(kind, frozenset())
        before, hyphen, last = lower.rpartition("-")
        if before and last and lower not in known:
            return before + hyphen + self._by_rule(last, kind)  # «co-founded» is of "co-found"
        forms = [lower[: -len(old)] + new for old, new in self._rules.get(kind, ()) if old and lower.endswith(old)]
        return next((form for form in forms if form in known), None) or (
            lower if lower in known or not forms else _plainest(lower, forms)
        )


def _plainest(lower: str, forms: Sequence[str]) -> str:
    """The first rule's form of an unknown word ("tokenizers"), if enough of the word is left."""
    forms = [form for form in forms if not form.endswith("ye")] or forms
    return forms[0] if len(forms[0]) > 2 else lower
