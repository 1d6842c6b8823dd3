"""Small questions to a Universal Dependencies tree, by spaCy token; a name is one unit in every answer."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.extract.tree_index import INDEX, Index, index

FINITE = frozenset({"MD", "VBD", "VBZ", "VBP"})
"""PTB tags of finite verb forms."""
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})
# Words that stand inside a noun phrase before or after its head and say which thing is meant.
PREMODIFIERS = frozenset({
    "det", "det:predet", "amod", "compound", "nummod", "nmod:poss", "nmod:desc", "advmod", "flat", "fixed",
    "nmod:unmarked", "goeswith", "compound:prt", "cc:preconj",
})  # fmt: skip
POSTMODIFIERS = frozenset({"flat", "fixed", "goeswith", "compound", "nummod", "nmod:unmarked"})
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
JOINTS = frozenset({"and", "or", "but", "nor"})
# «All residents over 18 must register»: behind these a phrase without what restricts it says too much.
QUANTIFIERS = frozenset({"all", "every", "any", "only", "no", "each", "most", "first", "last"})
RESTRICTIVE = frozenset({
    "over", "under", "with", "without", "from", "in", "for", "on", "above", "below", "between", "about", "against",
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
                return [child for child in known.dependents[token.i] if dep(child, *labels)]
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
    words = unit(token)
    if len(words) == 1:
        return token
    return next((word for word in words if word.head not in words or word.head == word), words[0])


def conjuncts(token: Token) -> list[Token]:
    """The token and what is coordinated with it ("marketing, recruiting and finance"), in text order."""
    found = [*_named_before(token), token] if token.ent_type_ else [token]
    for child in children(token, "conj"):
        if child.lower_ in ("al", "al.", "etc", "etc.") or any(word.lower_ == "not" for word in child.children):
            continue  # «Lee et al», «remove Acme, not Bolt»
        if child.pos_ in NOMINAL or (child.pos_ == "ADJ" and token.pos_ == "ADJ") or not is_predicate(child):
            found.extend(conjuncts(child))
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
    for child in (child for word in words for child in word.children if child not in words):
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
    known = index(token.doc).cases
    if token.i not in known:
        known[token.i] = _case_words(token)
    return known[token.i]


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


def phrase(head: Token, *, of_phrases: bool = True) -> tuple[int, ...]:
    """The minimal complete words of an argument, by token index.

    The head with what identifies it: determiner, adjectives, compounds, numbers, possessor, and an ``of`` phrase
    right behind it; never clauses, appositions or other prepositional phrases. A name is the name alone.
    """
    known, key = index(head.doc).phrases, (head.i, of_phrases)
    if key not in known:
        known[key] = tuple(sorted(_without_marks(head.doc, _words(head, of_phrases=of_phrases, depth=0))))
    return known[key]


def _without_marks(doc: Doc, words: set[int]) -> set[int]:
    """Quotation marks go, and commas, brackets and "and" at an edge («a "few hundred roles» -> a few hundred roles).

    The mark of «the workers' rights» is none of them.
    """
    tokens = index(doc).tokens
    kept = {i for i in words if not tokens[i].is_quote or tokens[i].ent_type_ or tokens[i].tag_ == "POS"}
    kept |= _linked(doc, max(kept, default=0))
    for edge in (min, max):
        while len(kept) > 1 and _joins(tokens[edge(kept)]):
            kept.discard(edge(kept))
    return kept or words


def _linked(doc: Doc, last: int) -> set[int]:
    """What hyphens join to the last word of a phrase: «his son-in-law»."""
    end = last
    while end + 2 < len(doc) and doc[end + 1].text == "-" and not doc[end].whitespace_ and not doc[end + 1].whitespace_:
        end += 2
    return set(range(last + 1, end + 1)) if not doc[last].ent_type_ else set()


def _joins(word: Token) -> bool:
    return not word.ent_type_ and ((word.pos_ == "PUNCT" and word.tag_ != "POS") or word.lower_ in JOINTS)


def _words(head: Token, *, of_phrases: bool, depth: int) -> set[int]:
    words, hanging = {word.i for word in unit(head)}, hanging_on(head)
    if head.ent_type_ or not hanging:
        return words
    if head.pos_ == "NUM":
        words |= _score(head)
    begin = max((word.i for word in case_words(head) if word.i < head.i), default=-1)
    all_of = any(child.lower_ in QUANTIFIERS for child in hanging if child.i < head.i)
    for child in hanging:
        if (begin < child.i < head.i and (_measures(child, head) or _modifies(child, head))) or (
            child.i > head.i and child.dep_ in POSTMODIFIERS and _goes_on(head, child)
        ):
            words |= _subtree(child)
        elif of_phrases and child.dep_ == "amod" and child.i == head.i + 1:
            words |= _behind(child, depth)
        elif of_phrases and depth < 3 and child.i > head.i and child.dep_ == "nmod" and (
            slot_of(child) in ("of", "per") or (all_of and slot_of(child) in RESTRICTIVE)
        ):
            inner = _words(child, of_phrases=True, depth=depth + 1) | {word.i for word in case_words(child)}
            inner |= {word.i for word in children(child, "det") if word.i > min(inner)}  # «head of the Red Cross»
            inner |= {word.i for word in unit(named_by(child)) if word.i > child.i}  # «lyricist of rock band Bolt»
            if min(inner) <= max(word for word in words if word >= head.i) + 2:
                words |= inner
    return words


def _behind(adjective: Token, depth: int) -> set[int]:
    """«levels | typical of sea water»: an adjective right behind its noun, with the phrase that it needs."""
    for phrase_ in children(adjective, "obl")[:1]:
        case = [word.i for word in case_words(phrase_)]
        if case and case[0] == adjective.i + 1 and depth < 3:
            return {adjective.i, *case, *_words(phrase_, of_phrases=True, depth=depth + 1)}
    return set()


def _score(number: Token) -> set[int]:
    """«voted 66 to 27»: both numbers of a score."""
    after = list(number.doc[number.i + 1 : number.i + 3])
    scored = len(after) == 2 and after[0].lower_ == "to" and after[1].pos_ == "NUM" and not after[1].is_sent_start
    return {word.i for word in after} if scored and slot_of(number) != "from" else set()


def _modifies(child: Token, head: Token) -> bool:
    if child.lower_ in ("both", "either", "neither") and _has_second(head):
        return False  # each of the coordinated is told apart
    bound = head.pos_ == "NUM" and child.lower_ in ("least", "most")
    return (child.dep_ in PREMODIFIERS or bound) and not _outside(child, head)


def _has_second(head: Token) -> bool:
    """«both Acme, a maker, and Bolt»: whether a second one follows, wherever the tree may hang it."""
    for word in head.doc[head.i + 1 : min(sentence_end(head), head.i + 9)]:
        if word.pos_ in ("VERB", "AUX"):
            break
        if word.lower_ in ("and", "or", "nor"):
            return True
    return bool(children(head, "conj"))


def _measures(child: Token, adjective: Token) -> bool:
    """«82 years old», «ten feet tall»: without its measure the adjective says something else."""
    return child.dep_ == "obl:unmarked" and adjective.pos_ in ("ADJ", "ADV") and bool(children(child, "nummod"))


def _goes_on(head: Token, child: Token) -> bool:
    """Whether what follows a head is part of the phrase: «21 September 2010», but not «told the outlet Feb. 28»."""
    if child.ent_type_:
        return False
    return not _names_a_day(child) or head.like_num or head.lower_.rstrip(".")[:3] in DAYS


def _names_a_day(word: Token) -> bool:
    """«told the outlet Feb. 28»: a month or weekday is no part of the phrase before it."""
    date = (word, *word.children)
    return word.dep_ == "nmod:unmarked" and any(part.lower_.rstrip(".")[:3] in DAYS for part in date)


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
    return name if name.dep_ in ("appos", "flat") and name.head == noun else None


def named_by(noun: Token) -> Token:
    """The name right behind a common noun that describes it («division Audible» -> Audible); else the noun."""
    after = noun.i + 1
    if noun.ent_type_ or after >= len(noun.doc) or not noun.doc[after].ent_type_ or noun.tag_ in ("NNS", "NNPS"):
        return noun
    name = unit_head(noun.doc[after])
    return name if noun in (name.head, *name.children) or name.head == noun.head else noun


def _outside(child: Token, head: Token) -> bool:
    """Adverbs that belong to the clause ("also", "only") and words cut off by a comma are no part of a phrase.

    The words of degree before an adjective are («so far away», «very hard»).
    """
    if child.dep_ == "advmod" and head.pos_ in ("ADJ", "ADV") and child.lower_ not in CLAUSE_ADVERBS:
        return any(word.dep_ != "advmod" for word in head.children if child.i < word.i < head.i)
    if head.pos_ == "NUM" and child.lower_ in ("least", "most"):
        return False  # «at least 45»
    if child.dep_ == "advmod" and head.pos_ == "NUM":
        return child.tag_ == "WRB" or child.lower_ in CLAUSE_ADVERBS  # but «fewer than two hundred», «over a thousand»
    if child.dep_ == "advmod" and child.i + 1 != head.i and child.nbor().dep_ != "nummod":
        return True
    return child.dep_ == "advmod" and head.pos_ not in ("NUM", "NOUN", "PROPN", "ADJ")


def _subtree(token: Token) -> set[int]:
    """A modifier with what hangs on it, clauses and outer punctuation left out."""
    words = {token.i}
    for child in hanging_on(token):
        if not dep(child, "acl", "advcl", "appos", "parataxis", "dep", "discourse", "orphan", "cop", "aux", "nsubj"):
            words |= _subtree(child)
    return words


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
