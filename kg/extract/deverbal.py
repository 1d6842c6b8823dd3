"""Nouns that say what a verb says: «acquisition» -> acquire, «takeover» -> take over.

By suffix, kept only where the verb exists (WordNet's verbs, as spaCy's tables of lemmas list them), and a list of
those that no suffix tells. Nouns that have become things of their own ("organization", "position") are none.
Idea: nominal predicates of NOMLEX (Macleod et al. 1998).
"""

from __future__ import annotations

from functools import lru_cache

IRREGULAR = {
    "sale": "sell", "loss": "lose", "death": "die", "takeover": "take over", "buyout": "buy out", "theft": "steal",
    "choice": "choose", "gift": "give", "growth": "grow", "flight": "fly", "criticism": "criticise", "entry": "enter",
    "marriage": "marry", "pursuit": "pursue", "response": "respond", "defence": "defend", "defense": "defend",
    "conquest": "conquer", "complaint": "complain", "analysis": "analyse", "spinoff": "spin off", "rollout": "roll out",
    "shutdown": "shut down", "crackdown": "crack down", "bailout": "bail out", "advice": "advise", "proof": "prove",
    "payment": "pay", "pay-out": "pay out", "layoff": "lay off", "handover": "hand over", "assault": "assault",
    "merger": "merge",
}  # fmt: skip
# Verbs that are nouns as they stand; others ("head", "share", "house") are things more often than deeds.
SAME = frozenset({
    "purchase", "attack", "visit", "defeat", "murder", "arrest", "support", "launch", "release", "search", "review",
    "study", "attempt", "use", "control", "ban", "rescue", "raid", "strike", "protest", "vote", "win",
    "cut", "rise", "fall", "drop", "increase", "decrease", "decline", "return", "transfer", "upgrade",
    "abuse", "rape", "bombing", "killing", "shooting", "testing", "funding", "training", "hiring", "firing",
    "sacking", "ruling", "hearing", "capture", "seizure", "repeal", "reform", "recall", "pursuit", "embrace", "endorse",
    "claim", "influence", "impact", "exit", "love",
    "hatred", "contact", "work", "debut", "appeal", "escape", "march", "bid",
})  # fmt: skip
# (ending of the noun, endings of the verb that are tried in its place)
SUFFIXES = (
    ("ization", ("ize", "ise")), ("isation", ("ise", "ize")), ("ification", ("ify",)),
    ("ication", ("icate", "ify", "y")),
    ("isition", ("ire",)), ("scription", ("scribe",)), ("ception", ("ceive",)), ("umption", ("ume",)),
    ("etition", ("ete",)), ("duction", ("duce", "duct")), ("mission", ("mit",)), ("cession", ("cede",)),
    ("nsion", ("nd", "nse")), ("rsion", ("rt", "rse")), ("ssion", ("ss", "t")), ("sion", ("de", "d", "se")),
    ("ation", ("ate", "e", "")), ("ition", ("ite", "e", "")), ("tion", ("t", "te", "")), ("ion", ("", "e")),
    ("ement", ("e", "")), ("ment", ("",)), ("ial", ("y",)), ("al", ("e", "")), ("ance", ("", "e")), ("ence", ("", "e")),
    ("ure", ("", "e")), ("ery", ("er",)), ("ing", ("", "e")),
)  # fmt: skip
THINGS = frozenset({
    "position", "department", "apartment", "portion", "station", "section", "mission", "session", "version", "edition",
    "condition", "institution", "constitution", "organization", "organisation", "corporation", "administration",
    "population", "generation", "foundation", "federation", "association", "union", "region", "tradition", "reputation",
    "occasion", "relation", "situation", "material", "festival", "hospital", "capital", "journal", "trial", "rival",
    "animal", "signal", "equipment", "document", "environment", "element", "government", "parliament", "legislation",
    "profession", "publication", "television", "question", "vision", "division", "dimension", "pension", "option",
    "nation", "fraction", "location", "basement", "monument", "instrument", "moment", "segment", "experiment",
    "audience", "distance", "instance", "substance", "insurance", "ambulance", "entrance", "finance", "science",
    "violence", "evidence", "conference", "presence", "figure", "culture", "nature", "future", "structure", "picture",
    "feature", "measure", "pleasure", "temperature", "literature", "agriculture", "venture", "battery", "gallery",
    "surgery", "building", "meeting", "feeling", "being", "something", "nothing", "everything", "anything", "thing",
    "morning", "evening", "wedding", "spring", "ring", "king", "wing", "string", "ceiling", "clothing", "painting",
    "writing", "drawing", "recording", "saving", "earning", "belonging", "surrounding", "holding", "offspring", "sing",
    "professional", "individual", "animation", "passion", "fashion", "cushion", "medication", "vacation", "convention",
    "expression", "impression", "opinion", "religion", "champion", "companion", "million", "billion", "interval",
    "deal", "goal", "meal", "metal", "medal", "local", "personal", "general", "principal", "criminal", "official",
})  # fmt: skip


@lru_cache(maxsize=1)
def verbs() -> frozenset[str]:
    """The verbs of English, as WordNet has them."""
    from spacy.lookups import load_lookups

    return frozenset(load_lookups("en", tables=["lemma_index"]).get_table("lemma_index")["verb"])


@lru_cache(maxsize=4096)
def verb_of(noun: str) -> str | None:
    """The verb that a noun (its lemma in lower case) is made of; None where it names a thing.

    >>> verb_of("acquisition"), verb_of("expansion"), verb_of("approval"), verb_of("takeover"), verb_of("position")
    ('acquire', 'expand', 'approve', 'take over', None)
    """
    if noun in THINGS:
        return None
    if noun in IRREGULAR:
        return IRREGULAR[noun]
    known = verbs()
    if noun in SAME and noun in known:
        return noun
    for ending, others in SUFFIXES:
        if noun.endswith(ending) and len(noun) > len(ending) + 1:
            stem = noun[: -len(ending)]
            return next((stem + other for other in others if len(stem + other) > 2 and stem + other in known), None)
    return None
