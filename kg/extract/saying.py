"""Doc -> acts: every act of saying that the tree shows, with its cue, its speaker's word and the words it conveys.

Which words are cues, and of what kind, is the ontology's (``ontology/cues.ttl``); how English hangs speaker and
content on a cue is here and in ``saying_rules``, one function a rule. Quotation marks play no part here (``speech``
adds them).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.extract.inserted import Inserted, inserted
from kg.extract.naming import named
from kg.extract.said import was_said
from kg.extract.saying_rules import RULES, THINKING, clause_of_argument, listens, told_that
from kg.extract.source import author, below, is_contrast, is_passive, scope, set_off, subject, tail
from kg.extract.tree import NOMINAL, children, dep, hanging_on, sentence_end, sentence_start, unit_head
from kg.extract.tree_index import index
from kg.ontology import Cue
from kg.records import Mode

Cues = Mapping[str, Sequence[Cue]]

# Verbs that name a source for what another verb says; with a person or paper as their object.
CITING = frozenset({"cite", "quote"})
CITING_FORMS = frozenset({"citing", "quoting"})
CITING_BEGINS = ("cit", "quot")  # every form of them
FIRST_PERSON = frozenset({"i", "we"})
ORDERS = frozenset({"order", "command", "instruct", "request"})
# Verbs of which a particle makes another («found out» is known, «made out» is seen).
OTHER_WITH_PARTICLE = frozenset({"find", "make", "put", "give", "hold", "bring", "turn"})
ADDING = frozenset({"add", "say", "note", "explain", "stress"})
INSIDE_PHRASE = ("det", "amod", "compound", "nummod", "nmod:poss", "nmod:desc", "flat", "fixed", "case", "advmod",
                 "goeswith", "nmod:unmarked", "punct", "cc", "dep", "appos")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Act:
    """An act of saying: ``words`` are the cue's tokens, ``content`` the tokens conveyed, both by index.

    ``listens``: the cue's object is the listener («told X»), ``listener`` the word for it where the tree hung it
    elsewhere. ``source_of`` is the cue token of the act that this one
    is the source of («reported, citing people»), ``passes_on`` that of the act whose content this one passes on
    («cited one person who estimated»).
    """

    cue: Token
    words: tuple[int, ...]
    speaker: Token | None
    content: frozenset[int]
    rule: str
    kind: Mode = "saying"
    listens: bool = False
    source_of: int | None = None
    passes_on: int | None = None
    commitment: str = "Asserts"
    listener: Token | None = None


def acts(doc: Doc, cues: Cues, media: Mapping[str, str]) -> list[Act]:
    """All acts of saying (and of thinking, where a clause tells what) that the tree shows, in order of their cues."""
    found: dict[int, Act] = {}
    prepositions = {lemma.split()[0] for lemma, rows in cues.items() if any(row.part == "preposition" for row in rows)}
    citing: list[Token] = []
    for token, tag in zip(index(doc).tokens, index(doc).tags, strict=True):
        told, lower = list[Act](), token.lower_
        if tag in ("VERB", "AUX"):
            told += _by_verb(token, cues, media)
        if lower in prepositions:
            told += _by_preposition(token, cues, media)
        if lower in ("in", "from") and not told:
            told += _in_words_of(token, cues)
        if tag == "NOUN":
            told += _by_noun(token, cues)
        if lower.startswith(CITING_BEGINS) and (lower in CITING_FORMS or token.lemma_.lower() in CITING):
            citing.append(token)
        for act in told:
            found.setdefault(act.cue.i, act)
    found.update({act.cue.i: act for act in _participles_behind(found)})
    found.update({act.cue.i: act for act in _added(found)})
    for token in citing:
        for act in _by_citing(token, found, media):
            found[act.cue.i] = act
    return [found[i] for i in sorted(found)]


def _participles_behind(found: Mapping[int, Act]) -> Iterator[Act]:
    """«39 died, officials said, adding that …»: the participle is the officials', though it hangs on "died"."""
    for act in found.values():
        for i in tail(act.cue):
            later = found.get(i)
            if later is not None and later.cue.tag_ == "VBG" and not children(later.cue, "nsubj"):
                yield replace(later, speaker=act.speaker)


def _added(found: Mapping[int, Act]) -> Iterator[Act]:
    """«predicted that it would fall, adding that …»: the participle is the speaker's, though it hangs on "fall"."""
    for act in found.values():
        around = [one for one in found.values() if act.cue.i in one.content and _is_added(act.cue, one)]
        if around:
            yield replace(act, speaker=min(around, key=lambda one: (len(one.content), one.cue.i)).speaker)


def cue_of(token: Token, cues: Cues, *, part: str = "verb") -> tuple[Cue, tuple[int, ...]] | None:
    """The cue that a word is, with its tokens: "point out" before "point"."""
    lemma = token.lemma_.lower()
    particles = [child for child in hanging_on(token) if child.dep_ == "compound:prt"]
    if particles and lemma in OTHER_WITH_PARTICLE and f"{lemma} {particles[0].lower_}" not in cues:
        return None
    for words in ([token, *particles], [token]) if particles else ([token],):
        key = " ".join([lemma, *(word.lower_ for word in words[1:])])
        for cue in cues.get(key, ()):
            if cue.part == part and cue.kind != "wanting":
                indices = sorted(word.i for word in words)
                adjacent = indices[-1] - indices[0] == len(indices) - 1
                return cue, tuple(indices) if adjacent else (token.i,)
    return None


# --- verbs -------------------------------------------------------------------------------------------------------


def _by_verb(verb: Token, cues: Cues, media: Mapping[str, str]) -> Iterator[Act]:
    """A verb of saying with a clause that it conveys."""
    if verb.ent_type_ or dep(verb, "aux", "cop", "amod", "compound", "case"):
        return
    cue = cue_of(verb, cues)
    if cue is None or verb.lemma_.lower() in CITING or not was_said(verb):
        return
    row, words = cue
    if row.commitment == "Wants" and verb.lemma_.lower() in ORDERS and not _with_that(verb):
        return  # «ordered the accused remain in custody»
    for naming in cues.get(row.lemma, ()):
        if naming.content and naming.part == "verb":
            by, content = named(verb, naming)
            if content:
                yield Act(verb, words, by or subject(verb, media=media), frozenset(content), "statement-named-as",
                          commitment=naming.commitment)  # fmt: skip
                return
    if row.content:
        return
    if row.kind == "thinking" and row.commitment == "Knows":
        return  # «she learned that it had closed»: the article itself says so
    if (found := inserted(verb, listens=listens(row))) is not None:
        yield _between_commas(verb, words, row, found)
        return
    for name, rule in RULES if row.kind == "saying" else THINKING:
        content = rule(verb, row)
        if content and not (name == "statement-of-argument" and _conveys_itself(verb, cues)):
            speaker = subject(verb, media=media)
            somebody = speaker is not None and speaker.lower_ not in FIRST_PERSON
            if row.kind == "saying" or somebody or name == "thought-passive":
                mode: Mode = "saying" if row.kind == "saying" else "thinking"
                told = told_that(verb, row) if name == "statement-clause" else None
                yield Act(verb, words, speaker, frozenset(content), name, mode, listens(row), commitment=row.commitment,
                          listener=told[0] if told else None)  # fmt: skip
            return


def _between_commas(verb: Token, words: tuple[int, ...], row: Cue, found: Inserted) -> Act:
    """«Around 50 gallons, officials said, spilled»."""
    mode: Mode = "saying" if row.kind == "saying" else "thinking"
    return Act(verb, words, found.speaker, found.content, "statement-parenthetical", mode, listens(row),
               commitment=row.commitment)  # fmt: skip


def _with_that(verb: Token) -> bool:
    clauses = children(verb, "ccomp", "acl")
    return any(word.lower_ == "that" for clause in clauses for word in children(clause, "mark"))


def _conveys_itself(verb: Token, cues: Cues) -> bool:
    """Whether the noun between verb and clause is a cue («issued a warning that»): the clause is the noun's."""
    found = clause_of_argument(verb)
    return found is not None and dep(found[0], "obj") and cue_of(found[0], cues, part="noun") is not None


# --- prepositions and nouns --------------------------------------------------------------------------------------


def _by_preposition(token: Token, cues: Cues, media: Mapping[str, str]) -> Iterator[Act]:
    """«according to X, …»: X speaks the clause that the phrase hangs on."""
    for lemma, rows in _starting_with(token, cues):
        words = tuple(range(token.i, token.i + len(lemma)))
        source = _object_after(token.doc, words[-1] + 1)
        if source is None or not _can_speak(source, media, strict=len(lemma) == 1):
            continue
        top = source
        while top.head.i in words and top.head != top:
            top = top.head
        content = _before_final(token) or _without_apposition(token, scope(top, top.head) - set(words))
        if len(lemma) == 1 and (lemma[0] in CITING_FORMS or not set_off(top)):
            continue
        if top.head != top and content:
            mode: Mode = "saying" if rows[0].kind == "saying" else "thinking"
            yield Act(token, words, source, frozenset(content), "statement-according", mode,
                      commitment=rows[0].commitment)  # fmt: skip
            return


def _before_final(token: Token) -> set[int]:
    """«…, according to bankers briefed on the plan.»: all before the comma, where no other follows."""
    doc, start, end = token.doc, sentence_start(token), sentence_end(token)
    silent = index(doc).silent
    behind = [doc[i] for i in range(token.i, end) if silent[i] and doc[i].text not in (".", "'", "’", "-", '"', "”")]
    if token.i - 1 <= start or doc[token.i - 1].text != "," or behind:
        return set()
    first = next((i + 1 for i in range(token.i - 1, start - 1, -1) if doc[i].text == ";"), start)
    return set(range(first, token.i - 1))


def _without_apposition(token: Token, content: set[int]) -> set[int]:
    """«According to a report by Bolt, a security firm, | two files were found»: no words of the source's own."""
    doc, start = token.doc, sentence_start(token)
    if token.i > start + 1 or not content:
        return content
    commas = [i for i in range(token.i, max(content)) if doc[i].text == ","][:2]
    if len(commas) < 2 or min(content) > commas[1] or min(content) < commas[0]:
        return content
    between = doc[commas[0] + 1 : commas[1]]
    finite = any(word.tag_ in ("VBD", "VBZ", "VBP", "MD") for word in between)
    opens = between[0].lower_ in ("a", "an", "the", "who", "which") if len(between) else False
    whole = opens and (not finite or between[0].tag_ in ("WP", "WDT"))
    return {i for i in content if i > commas[1]} or content if whole else content


def _in_words_of(token: Token, cues: Cues) -> Iterator[Act]:
    """«in X's words, …», «…, in her view, …»."""
    noun = token.head
    row = cues.get(f"in the {noun.lower_} of") or cues.get(f"in the {noun.lemma_.lower()} of")
    owners = children(noun, "nmod:poss")
    if not row or not owners or not dep(token, "case") or noun.head == noun or noun.i - token.i > 6:
        return
    phrase = set(range(token.i, noun.i + 1))
    content = scope(noun, noun.head) - phrase
    if content and set_off(noun):
        mode: Mode = "saying" if row[0].kind == "saying" else "thinking"
        words = (token.i,) if owners[0].i > token.i else (noun.i,)
        yield Act(token, words, unit_head(owners[0]), frozenset(content), "statement-according", mode,
                  commitment=row[0].commitment)  # fmt: skip


def _starting_with(token: Token, cues: Cues) -> Iterator[tuple[list[str], list[Cue]]]:
    """The preposition cues that the text shows from this token on, longest first."""
    following, found = [word.lower_ for word in index(token.doc).tokens[token.i : token.i + 5]], []
    for size in range(5, 0, -1):
        words = following[:size]
        rows = [cue for cue in cues.get(" ".join(words), ()) if cue.part == "preposition"]
        if rows and len(words) == size:
            found.append((words, rows))
    return iter(found)


def _object_after(doc: Doc, start: int) -> Token | None:
    """The head of the noun phrase that begins at a token, whatever the tree calls the preposition."""
    if start >= len(doc):
        return None
    token = doc[start]
    while token.head.i >= start and token.head != token and dep(token, *INSIDE_PHRASE):
        token = token.head
    return unit_head(token) if token.pos_ in NOMINAL or token.ent_type_ else None


def _can_speak(source: Token, media: Mapping[str, str], *, strict: bool) -> bool:
    """Whether a noun may be a source; for «per» and «via» only names, papers and what has an article."""
    if source.ent_type_ or source.lemma_.lower() in media:
        return source.ent_type_ not in ("Place", "Law") or not strict
    definite = any(dep(child, "det", "nmod:poss") for child in hanging_on(source))
    return source.pos_ != "NUM" and (definite or not strict)


def _by_noun(noun: Token, cues: Cues) -> Iterator[Act]:
    """«the claim by X that …», «X's warning that …»."""
    cue = cue_of(noun, cues, part="noun")
    if cue is None or cue[0].kind != "saying":
        return
    if any(child.lower_ == "no" for child in hanging_on(noun)):
        return  # «there is no guarantee that»
    saying = cue_of(noun.head, cues) if dep(noun, "obl") and noun.head.pos_ == "VERB" else None
    if saying is not None and saying[0].kind == "saying":
        return  # «declared in a statement that …»: it is declared
    for clause in hanging_on(noun):
        marks = {child.i for child in hanging_on(clause) if child.dep_ == "mark" and child.lower_ == "that"}
        complete = clause.dep_ != "acl:relcl" or bool(children(clause, "nsubj", "nsubj:pass"))
        if dep(clause, "acl", "ccomp") and marks and complete:
            content = below(clause) - marks
            if dep(noun, "nsubj") and noun.head.i > noun.i:  # «X's claim that they win | did not go down well»
                content = {i for i in content if i < noun.head.i}
            yield Act(noun, cue[1], author(noun), frozenset(content), "statement-noun", commitment=cue[0].commitment)
            return


# --- sources -----------------------------------------------------------------------------------------------------


def _by_citing(verb: Token, found: Mapping[int, Act], media: Mapping[str, str]) -> Iterator[Act]:
    """«X cited one person who estimated …» passes on; «X reported …, citing people» names the source of another act."""
    if quoted := list(_quoted_by(verb, found)):
        yield from quoted
        return
    objects = [unit_head(child) for child in children(verb, "obj")]
    source = objects[0] if objects else _object_after(verb.doc, verb.i + 1)
    if source is None or not was_said(verb):
        return
    as_saying = [act for act in found.values() if _as_saying(act.cue, verb)]
    if as_saying and not is_passive(verb):  # «the paper quoted X as saying that …»
        said = replace(as_saying[0], speaker=source)
        yield said
        yield Act(verb, (verb.i,), subject(verb, media=media), said.content, "statement-citing", passes_on=said.cue.i)
        return
    above = _act_above(verb, found)
    teller = subject(verb, media=media)
    telling = [act for act in found.values() if act.speaker is not None and act.speaker.i == source.i]
    if telling:
        content = telling[0].content
        yield Act(verb, (verb.i,), teller, content, "statement-citing", passes_on=telling[0].cue.i)
    elif above is not None and _can_speak(source, media, strict=False):
        same = teller is not None and above.speaker is not None and teller.i == above.speaker.i
        if same or verb.lower_ in CITING_FORMS:
            content = above.content - {word for word in below(verb) if word > verb.i or word == verb.i}
            yield Act(verb, (verb.i,), source, content, "statement-cited", source_of=above.cue.i)


def _quoted_by(verb: Token, found: Mapping[int, Act]) -> Iterator[Act]:
    """«Lee was quoted by the Post as saying …», «Lee, quoted by the Post, said …»: the Post passes it on."""
    agents = [unit_head(child) for child in children(verb, "obl:agent")]
    if not agents or verb.tag_ not in ("VBN", "VBD"):
        return
    for act in list(found.values()):
        spoken = act.speaker is not None and dep(verb, "acl") and verb.head.i == act.speaker.i
        if _as_saying(act.cue, verb):
            patients = [unit_head(child) for child in children(verb, "nsubj:pass")]
            act = replace(act, speaker=patients[0] if patients else act.speaker)
            yield act
        elif not spoken:
            continue
        yield Act(verb, (verb.i,), agents[0], act.content, "statement-citing", passes_on=act.cue.i)
        return


def _as_saying(cue: Token, verb: Token) -> bool:
    """Whether a cue is the «as saying» of a verb of citing."""
    marked = any(child.lower_ == "as" for child in hanging_on(cue)) or (cue.i and cue.nbor(-1).lower_ == "as")
    return bool(cue.tag_ == "VBG" and marked and any(one.i == verb.i for one in (cue.head, cue.head.head)))


def _act_above(verb: Token, found: Mapping[int, Act]) -> Act | None:
    """The act of saying that a «citing …» belongs to: the verb it hangs on, else the last one before it."""
    for ancestor in verb.ancestors:
        if ancestor.i in found and found[ancestor.i].rule != "statement-cited":
            return found[ancestor.i] if found[ancestor.i].kind == "saying" else None
    start = sentence_start(verb)
    before = [act for i, act in found.items() if start <= i < verb.i]
    return before[-1] if before and before[-1].kind == "saying" else None


def contrasts_removed(act: Act, others: Iterable[Act]) -> Act:
    """The act without a later clause of saying with a speaker of its own («police said …, while a witness said …»).

    Nor with what its speaker says behind it («predicted that it would fall, adding that …»).
    """
    drop: set[int] = set()
    for other in others:
        verb = other.cue
        if verb.i not in act.content or verb.pos_ != "VERB":
            continue
        apart = dep(verb, "conj", "advcl") and (is_contrast(verb) or _has_own_speaker(verb))
        if apart or _is_added(verb, act) or other.rule == "statement-as":
            drop |= below(verb)
        elif other.rule != "statement-parenthetical":
            drop |= _aside(verb, act)
    return replace(act, content=act.content - drop) if drop and act.content - drop else act


def _has_own_speaker(verb: Token) -> bool:
    """«One said it was late | and several said it was not»: a cue joined by "and" with a subject of its own."""
    joined = any(dep(child, "cc") and child.lower_ in ("and", "but") for child in hanging_on(verb))
    return dep(verb, "conj") and joined and any(child.pos_ != "PRON" for child in children(verb, "nsubj"))


def _aside(verb: Token, act: Act) -> set[int]:
    """What the reporter adds behind a comma with a cue of its own: «…, which he said would help», «…, with officials
    reporting that …»."""
    top = verb
    while top.head.i in act.content and top.head != top and not dep(top, "acl:relcl", "advcl:relcl", "obl", "nmod"):
        top = top.head
    words = below(top)
    first = min(words)
    comma = first - 1 in range(len(verb.doc)) and verb.doc[first - 1].text == "," and first > act.cue.i
    pronoun = any(word.tag_ in ("WDT", "WP") for word in verb.doc[first : first + 2])
    relative = dep(top, "acl:relcl", "advcl:relcl") and pronoun
    attending = verb.tag_ == "VBG" and verb.doc[first].lower_ == "with"
    return words if comma and verb.i in words and (relative or attending) else set()


def _is_added(verb: Token, act: Act) -> bool:
    """Whether a participle behind a comma goes on with what the speaker of an act says: «, adding that …»."""
    behind = act.cue.i < verb.i and verb.tag_ == "VBG" and verb.lemma_.lower() in ADDING
    return behind and verb.doc[verb.i - 1].text == "," and not children(verb, "nsubj")


__all__ = ["Act", "Cues", "acts", "contrasts_removed", "cue_of"]
