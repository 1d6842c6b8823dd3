"""Small questions to a Universal Dependencies tree, by spaCy token; a name is one unit in every answer."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.extract.tree_index import INDEX, Index, index

FINITE = frozenset({"MD", "VBD", "VBZ", "VBP"})
"""PTB tags of finite verb forms."""
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})
DAYS = frozenset({
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    "mon", "tue", "wed", "thu", "fri", "sat", "sun",
})  # fmt: skip
TIME_NOUNS = frozenset({
    "year", "month", "week", "day", "night", "morning", "evening", "afternoon", "noon", "midnight", "hour", "time",
    "today", "yesterday", "tomorrow", "tonight", "quarter", "season", "weekend", "decade", "century", "spring",
    "summer", "autumn", "fall", "winter", "date", "moment", "o'clock", "minute",
})  # fmt: skip
# Words that count or measure and name nothing themselves: «a number of members» is about members.
TRANSPARENT = frozenset({"number", "string", "lot", "range", "variety", "series", "set", "group", "dozen", "hundred",
                         "thousand", "million", "billion", "pair", "couple", "majority", "host", "handful", "kind",
                         "sort", "type", "part", "some", "percent", "%"})  # fmt: skip
# Adverbs before an adjective that speak of the clause, not of the degree ("is also glad", "was never safe").
CLAUSE_ADVERBS = frozenset({
    "also", "now", "then", "still", "already", "always", "never", "not", "often", "usually", "again", "once", "soon",
    "currently", "reportedly", "allegedly", "probably", "perhaps", "apparently", "however", "therefore", "thus",
    "later", "recently", "previously", "only", "just", "instead", "n't", "n’t", "too", "either", "even",
})  # fmt: skip
UNMARKED = frozenset({"obl:unmarked", "nmod:unmarked", "obl:tmod", "nmod:tmod", "obl:npmod", "nmod:npmod"})
INSIDE_A_NAME_OR_WORD = frozenset({"flat", "fixed", "goeswith", "compound", "compound:prt"})


def dep(token: Token, *labels: str) -> bool:
    """Whether the token's relation is one of ``labels``, subtypes included ("nsubj" covers "nsubj:pass")."""
    known, i = token.doc.user_data.get(INDEX) or index(token.doc), token.i
    return known.relations[i] in labels or known.kinds[i] in labels


def children(token: Token, *labels: str) -> list[Token]:
    """The token's dependents with one of these relations (subtypes included), in text order.

    For a name they are the dependents of any of its words, since a tree may hang them on each.
    """
    known: Index = token.doc.user_data.get(INDEX) or index(token.doc)
    related = known.related[token.i]
    if not related:
        return []
    found: list[Token] = []
    for label in labels:
        if label in related:
            if found:
                kinds, relations = known.kinds, known.relations
                below = known.dependents[token.i]
                return [child for child in below if kinds[child.i] in labels or relations[child.i] in labels]
            found = related[label]
    return found.copy()


def has(token: Token, *labels: str) -> bool:
    """Whether the token has a dependent with one of these relations, as ``children`` finds them."""
    known: Index = token.doc.user_data.get(INDEX) or index(token.doc)
    return not known.related[token.i].keys().isdisjoint(labels)


def hanging_on(token: Token) -> tuple[Token, ...]:
    """What hangs on the token itself, in text order, as ``Token.children`` without making them anew."""
    known: Index = token.doc.user_data.get(INDEX) or index(token.doc)
    return known.hanging[token.i]


def unit(token: Token) -> tuple[Token, ...]:
    """The words of the name that the token belongs to, or the token alone."""
    known: Index = token.doc.user_data.get(INDEX) or index(token.doc)
    return known.names.get(token.i) or (token,)


def unit_head(token: Token) -> Token:
    """The word of a name whose own head lies outside the name; the token itself if it is in no name."""
    known: Index = token.doc.user_data.get(INDEX) or index(token.doc)
    return known.tops.get(token.i, token)


def conjuncts(token: Token, *, over: frozenset[int] = frozenset()) -> list[Token]:
    """The token and what is coordinated with it ("marketing, recruiting and finance"), in text order.

    ``over`` are the words that it was reached over: a name that hangs in two places may lead back to itself.
    """
    found, over = ([*_named_before(token), token] if token.ent_type_ else [token]), over | {token.i}
    for child in children(token, "conj"):
        if child.i in over:
            continue
        if child.lower_ in ("al", "al.", "etc", "etc.") or any(word.lower_ == "not" for word in hanging_on(child)):
            continue  # «Lee et al», «remove Acme, not Bolt»
        if child.pos_ in NOMINAL or (child.pos_ == "ADJ" and token.pos_ == "ADJ") or not is_predicate(child):
            found.extend(conjuncts(child, over=over))
    return found if len(found) == 1 else _without_titles(found)


def _without_titles(words: list[Token]) -> list[Token]:
    """«singer, actor and activist Ann Lee» is one person: bare nouns before a person's name are titles."""
    name = words[-1]
    if words[0].tag_ == "NN" and not words[0].ent_type_ and not children(words[0], "det", "nmod:poss"):
        named = [child for child in children(words[0], "appos") if child.ent_type_ == "Person"]
        if named and unit(named[0])[0].i == words[-1].i + 1:
            return [unit_head(named[0])]  # «singer and lyricist Ann Lee», hung on the first
    if name.ent_type_ != "Person" or not children(name, "nmod:desc", "compound", "amod"):
        return words
    kept = len(words) - 1
    while kept and words[kept - 1].tag_ == "NN" and not words[kept - 1].ent_type_ and not children(
        words[kept - 1], "det", "nmod:poss"
    ):
        kept -= 1
    return [*words[:kept], name]


def _named_before(token: Token) -> list[Token]:
    """Names that a tree hangs below a name as its modifiers though an "and" stands between («at Acme and Bolt»)."""
    found: list[Token] = []
    first, words = unit(token)[0], unit(token)
    for child in (child for word in words for child in hanging_on(word) if child not in words):
        name = unit(child)
        if child.ent_type_ and name[-1].i < first.i and not dep(child, "nmod:poss", "nmod:desc"):
            between = index(token.doc).tokens[name[-1].i + 1 : first.i]
            if any(word.pos_ == "CCONJ" for word in between) and all(
                word.pos_ in ("CCONJ", "PUNCT", "DET") or word.ent_type_ for word in between
            ):
                found.append(unit_head(child))
    return found


def is_predicate(token: Token) -> bool:
    """Whether the token heads a clause: a verb, or a word with a copula or a subject of its own."""
    if token.ent_type_ and token.pos_ != "VERB":
        return has(token, "cop") and token == unit_head(token)
    if token.pos_ == "VERB":
        return not dep(token, "amod", "compound", "case", "mark", "fixed", "flat", "aux", "cc")
    return has(token, "cop") or (has(token, "nsubj") and not dep(token, "aux", "cop"))


def case_words(token: Token) -> tuple[Token, ...]:
    """The preposition of a phrase, with its fixed words ("according to", "because of"), no possessive 's."""
    known: Index = token.doc.user_data.get(INDEX) or index(token.doc)
    found = known.cases.get(token.i)
    if found is None:
        found = known.cases[token.i] = _case_words(token)
    return found


def _case_words(token: Token) -> tuple[Token, ...]:
    found = [child for child in children(token, "case") if child.tag_ != "POS"]
    found += [word for child in found for word in hanging_on(child) if dep(word, "fixed", "goeswith")]
    return tuple(sorted(found, key=lambda word: word.i)) if found else ()


def slot_of(token: Token) -> str:
    """The slot that a prepositional phrase fills: its preposition in lower case ("in", "according to")."""
    case = case_words(token)
    return " ".join([word.lower_ for word in case]) if case else ""


def shared_case(token: Token) -> tuple[Token, ...]:
    """The preposition of a phrase; a conjunct without one uses that of the first («at Acme and Bolt»)."""
    while not case_words(token) and token.dep_ == "conj":
        token = token.head
    return case_words(token)


def is_time(token: Token) -> bool:
    """Whether a phrase without preposition tells when («sold it Tuesday»), and is no measure («fell 40 feet»)."""
    if token.dep_ not in UNMARKED:
        return False
    words = {token.lemma_.lower(), *(child.lemma_.lower() for child in hanging_on(token))}
    timely = (token.lower_.rstrip(".")[:3] in DAYS and token.pos_ == "PROPN") or bool(words & TIME_NOUNS)
    return timely or token.like_num


def names_a_time(token: Token) -> bool:
    """Whether the head of a phrase is a word of time («in August of that year», «on 21 September»)."""
    return token.lemma_.lower() in TIME_NOUNS or (token.lower_.rstrip(".")[:3] in DAYS and token.pos_ == "PROPN")


def named_in_apposition(noun: Token) -> Token | None:
    """The one person or organisation that a description is followed by («the president, Ann Lee, left»), if any."""
    names = [child for child in children(noun, "appos") if child.ent_type_ in ("Person", "Organization")]
    return unit_head(names[0]) if len(names) == 1 and not noun.ent_type_ and names[0].i > noun.i else None


def adjoining_name(noun: Token) -> Token | None:
    """The name in apposition right behind a common noun («congressman Ann Lee»), no comma between."""
    after = noun.i + 1
    if noun.ent_type_ or after >= len(noun.doc) or not noun.doc[after].ent_type_:
        return None
    name = unit_head(noun.doc[after])
    slipped = name.dep_ == "nsubj" and name.head == noun.head and noun.head.i < noun.i  # a second subject behind
    return name if slipped or (name.dep_ in ("appos", "flat") and name.head == noun) else None


def named_by(noun: Token) -> Token:
    """The name right behind a common noun that describes it («division Audible» -> Audible); else the noun."""
    after = noun.i + 1
    if noun.ent_type_ or after >= len(noun.doc) or not noun.doc[after].ent_type_ or noun.tag_ in ("NNS", "NNPS"):
        return noun
    name = unit_head(noun.doc[after])
    return name if noun in (name.head, *name.children) or name.head == noun.head else noun


def above(token: Token) -> set[int]:
    """The token and all that it hangs below, by index."""
    heads, i = index(token.doc).heads, token.i
    found = {i}
    while heads[i] != i:
        i = heads[i]
        found.add(i)
    return found


def inside(token: Token, ancestor: Token) -> bool:
    """Whether ``token`` is ``ancestor`` or hangs below it."""
    return ancestor.i in above(token)


def sentence_start(token: Token) -> int:
    """The index of the first token of a token's sentence; ``token.sent`` would walk over the whole Doc each time."""
    return index(token.doc).sentence[token.i]


def sentence_end(token: Token) -> int:
    """The index behind the last token of a token's sentence."""
    return index(token.doc).stops[token.i]


def span_of(doc: Doc, words: tuple[int, ...]) -> list[tuple[int, int]]:
    """The stretches of text that some token indices cover, as [start, end) in code points, in order."""
    known = index(doc)
    return [(known.starts[run[0]], known.ends[run[-1]]) for run in runs(words)]


def runs(words: tuple[int, ...]) -> Iterator[list[int]]:
    """Sorted token indices cut where one is missing.

    >>> list(runs((1, 2, 5)))
    [[1, 2], [5]]
    """
    run: list[int] = []
    for word in sorted(words):
        if run and word != run[-1] + 1:
            yield run
            run = []
        run.append(word)
    if run:
        yield run
