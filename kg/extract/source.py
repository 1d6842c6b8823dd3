"""Questions to the tree about one cue of saying: who speaks, and how far an inserted phrase reaches."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Span, Token

from kg.extract.tree import (
    NOMINAL, case_words, children, dep, hanging_on, is_predicate, runs, sentence_end, sentence_start, unit, unit_head,
)  # fmt: skip
from kg.extract.tree_index import index

# By what means something is told: no speaker («informed by letter»).
WRITTEN = frozenset({"letter", "email", "e-mail", "mail", "phone", "telephone", "post", "text", "radio", "fax"})
# Verbs whose subject is the author of the statement, letter or report that is their object.
AUTHORING = frozenset({"issue", "release", "send", "write", "publish", "post", "make", "give", "sign", "deliver",
                       "file", "circulate", "put", "read", "draft", "co-author", "tweet"})  # fmt: skip

_NEAR = 12  # words between "with" and a participle of saying


def author(noun: Token) -> Token | None:
    """Whose statement, claim or letter it is: «X's letter», «a letter by X», «X issued a letter»."""
    for child in children(noun, "nmod:poss"):
        return _antecedent(unit_head(child), noun)
    for child in children(noun, "nmod"):
        prepositions = [word.lower_ for word in case_words(child)]
        named = child.ent_type_ in ("Person", "Organization")
        if prepositions in (["by"], ["from"]) or (prepositions == ["of"] and named):
            return unit_head(child)
    for clause in children(noun, "acl"):  # «a statement released by the court»
        agents = [child for child in hanging_on(clause) if child.dep_ == "obl:agent"]
        if agents and clause.lemma_.lower() in AUTHORING:
            return unit_head(agents[0])
    governor = noun.head
    if dep(noun, "obj") and governor.lemma_.lower() in AUTHORING:
        return subject(governor, media={})
    return None


def subject(verb: Token, *, media: Mapping[str, str], depth: int = 0) -> Token | None:
    """The word that names the speaker: own subject, antecedent of "who", or the subject shared with another verb."""
    agents = [child for child in hanging_on(verb) if child.dep_ == "obl:agent"]
    if agents and agents[0].lemma_.lower() not in WRITTEN:
        return unit_head(agents[0])
    passive = any(dep(child, "aux:pass", "nsubj:pass") for child in hanging_on(verb))
    own = [child for child in hanging_on(verb) if dep(child, "nsubj") and child.dep_ != "nsubj:outer"]
    if own and not passive:
        return _antecedent(unit_head(own[0]), verb)
    if (attending := _attending(verb)) is not None:
        return attending
    if passive or depth > 6 or verb.head == verb or is_asked(verb):
        return None
    head = verb.head
    if dep(verb, "acl") and verb.dep_ != "acl:relcl":
        return (author(head) if head.lemma_.lower() in media else None) or unit_head(head)
    written = [child for child in children(head, "obj") if child.lemma_.lower() in media and child.i < verb.i]
    if dep(verb, "advcl") and written and (writer := author(written[-1])) is not None:
        return writer  # «the journal published a report by Roe, saying …»
    if dep(verb, "conj", "xcomp", "advcl", "parataxis", "dep"):
        if dep(verb, "conj") and is_passive(head) and not children(verb, "obj", "iobj"):
            return None  # «was fired and (was) told»; but «was led out and later told the Post»
        return _doer(head, media=media, depth=depth + 1)
    return None


def _doer(verb: Token, *, media: Mapping[str, str], depth: int) -> Token | None:
    """Who a clause is about, for a participle that shares its subject: a passive's patient too («quoted as saying»)."""
    patients = [child for child in hanging_on(verb) if child.dep_ == "nsubj:pass"]
    if patients:
        return _antecedent(unit_head(patients[0]), verb)
    return subject(verb, media=media, depth=depth)


def _attending(verb: Token) -> Token | None:
    """«They disagreed, with Lee calling it late and Park saying that …»: the noun between "with" and participle."""
    doc, last = verb.doc, max(sentence_start(verb), verb.i - _NEAR)
    if verb.tag_ != "VBG":
        return None
    begins = next((i for i in range(verb.i - 1, last - 1, -1) if doc[i].lower_ in ("with", "and", ",")), None)
    if begins is None or (doc[begins].text == "," and not _is_phrase(doc[begins + 1 : verb.i])):
        return None
    if doc[begins].text == ",":  # «denied it, its spokesman Bo Park telling reporters that …»
        return unit_head(next((word for word in doc[begins + 1 : verb.i] if word.ent_type_), doc[verb.i - 1]))
    first = verb.head if doc[begins].lower_ == "and" and dep(verb, "conj") else verb
    if not any(child.lower_ == "with" for child in children(first, "mark", "case")):
        return None
    between = [word for word in doc[begins + 1 : verb.i] if word.pos_ in NOMINAL]
    return next((unit_head(word) for word in between if not dep(word, "nmod", "flat", "compound")), None)


def _is_phrase(words: Span) -> bool:
    """Whether words are a noun phrase and nothing else."""
    plain = all(word.pos_ in (*NOMINAL, "DET", "ADJ", "NUM") or word.tag_ in ("PRP$", "POS") for word in words)
    return plain and len(words) > 1 and words[len(words) - 1].pos_ in ("NOUN", "PROPN")


def is_asked(verb: Token) -> bool:
    """«Asked whether it was over, he laughed»: the participle's subject is spoken to, and does not speak."""
    told = verb.lemma_.lower() in ("ask", "tell") and verb.tag_ in ("VBN", "VBD")
    return told and dep(verb, "advcl") and not children(verb, "aux", "nsubj")


def is_passive(verb: Token) -> bool:
    """Whether the verb has a passive auxiliary or subject."""
    return any(dep(child, "aux:pass", "nsubj:pass") for child in hanging_on(verb))


def _antecedent(word: Token, verb: Token) -> Token:
    """What "who" or "which" stands for: the noun that its clause describes."""
    if word.lower_ not in ("who", "which", "that", "whom", "whose") or not word.tag_.startswith("W"):
        return word
    clause = verb
    while clause.dep_ not in ("acl:relcl", "advcl:relcl") and clause.head != clause:
        clause = clause.head
    if clause.dep_ == "acl:relcl":
        return unit_head(clause.head)
    before = word.i - 1 if clause.dep_ == "advcl:relcl" else -1  # «sided with officers, whose report found …»
    before -= before > 0 and word.doc[before].text == ","
    return unit_head(word.doc[before]) if before >= 0 and word.doc[before].pos_ in NOMINAL else word


def scope(phrase: Token, host: Token, *, whole: bool = True) -> set[int]:
    """The words that an inserted phrase of saying reaches over.

    At the end of the sentence, after a comma, it reaches over the whole sentence; elsewhere over the clause that it
    stands in, without a later "but" clause that has a subject of its own. ``whole`` False: that clause in any place.
    """
    own, root = _unbroken(phrase) | tail(phrase), sentence_root(phrase)
    last = all(index(phrase.doc).silent[max(own) + 1 : sentence_end(phrase)])
    if whole and set_off(phrase) and last and root.i not in own:
        return _filled(below(root)) - own
    top = host
    while top.head != top and (not is_predicate(top) or _shares_subject(top)):
        top = top.head
    rivals = [child for child in hanging_on(top) if dep(child, "conj") and child.i > max(own) and is_contrast(child)]
    dropped = {word for child in rivals for word in below(child)}
    return _filled(below(top)) - own - dropped


def _unbroken(phrase: Token) -> set[int]:
    """The words of an inserted phrase that stand together with its head; others hang there by a slip."""
    words = below(phrase)
    return next((set(run) for run in runs(tuple(words)) if phrase.i in run), words)


def _filled(words: set[int]) -> set[int]:
    return set(range(min(words), max(words) + 1))


def sentence_root(token: Token) -> Token:
    """The root of a token's sentence."""
    while token.head.i != token.i:
        token = token.head
    return token


def tail(phrase: Token) -> set[int]:
    """What follows a cue at the end of its sentence, wherever the tree hung it: «…, he said | in a memo to staff»;
    «…, it reported, | citing people». A comma and a finite verb, or a comma alone, take the sentence up again.
    """
    if phrase.pos_ != "VERB" or not set_off(phrase):
        return set()
    doc, known = phrase.doc, index(phrase.doc)
    start = max(word for word in below(phrase) if not known.silent[word]) + 1
    words = [known.tokens[i] for i in range(start, sentence_end(phrase)) if not known.silent[i]]
    resumed = start < len(doc) and doc[start].text in (",", "—", "–") and words and words[0].tag_ != "VBG"
    if start < len(doc) and doc[start].text == "," and words and words[0].tag_ == "VBG":
        return {word.i for word in words}
    clauses = [word for word in words if word.tag_ in ("VBD", "VBZ", "VBP", "MD")]
    if resumed or any("acl:relcl" not in (word.dep_, word.head.dep_) for word in clauses):
        return set()
    return {word.i for word in words}


def _shares_subject(clause: Token) -> bool:
    """Whether a coordinated verb takes its subject from the verb before («fell and averaged 50»)."""
    return dep(clause, "conj") and not children(clause, "nsubj") and clause.head.pos_ in ("VERB", "AUX", "ADJ", "NOUN")


def set_off(phrase: Token) -> bool:
    """Whether a phrase stands behind a comma, dash or quotation mark, or begins its sentence."""
    silent = index(phrase.doc).silent
    first = min((word for word in below(phrase) if not silent[word]), default=phrase.i)
    return first == sentence_start(phrase) or phrase.doc[first - 1].text in {
        ",",
        "—",
        "–",
        "-",
        "”",
        '"',
        "'",
        "’",
        "''",
    }


def is_contrast(clause: Token) -> bool:
    """Whether a clause has a subject of its own and begins with "but", "while" or the like."""
    words = {child.lower_ for child in hanging_on(clause) if dep(child, "cc", "mark")}
    return bool(words & {"but", "while", "whereas", "although", "though"}) and bool(children(clause, "nsubj"))


def ends_sentence(phrase: Token) -> bool:
    """Whether nothing but punctuation follows a phrase in its sentence."""
    last = max(below(phrase))
    return all(index(phrase.doc).silent[last + 1 : sentence_end(phrase)])


def is_silent(token: Token) -> bool:
    """Whether a token is punctuation or blank, no word."""
    return token.is_punct or token.is_space or token.pos_ in ("PUNCT", "SPACE")


def below(token: Token, *, without: Token | None = None) -> set[int]:
    """A token and all that hangs below it, by index; ``without`` cuts off one branch."""
    found: set[int] = set()
    hanging, cut = index(token.doc).hanging, -1 if without is None else without.i
    todo = [word.i for word in unit(token)]
    while todo:
        i = todo.pop()
        if i not in found and i != cut:
            found.add(i)
            todo += [word.i for word in hanging[i]]
    return found


__all__ = [
    "author",
    "below",
    "ends_sentence",
    "is_asked",
    "is_contrast",
    "is_passive",
    "is_silent",
    "scope",
    "set_off",
    "subject",
    "tail",
]
