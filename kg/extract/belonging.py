"""Words for members beside a person -> nationality and political party.

    before     the American banker Ann Lee / Irish chemist Ann Lee / Labour MP Ann Lee / Republican Ann Lee
    noun       Ann Lee, a Peruvian national / a citizen of Peru / the Green Party's Ann Lee / Brenton Lee, an Australian
    predicate  Ann Lee is German. / Ann Lee is a French chemist.
    state      Ann Lee (D-Ohio)
    member     Ann Lee is a member, or the leader, of the Green Party.

A person is never merged with a people: «American» names the United States here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.extract.frame_fill import STEPS, Scene
from kg.extract.members import Body, beginnings, bodies
from kg.extract.named import named
from kg.extract.noun_phrase import phrase
from kg.extract.nouns import counted
from kg.extract.parts import Stance
from kg.extract.roles import held
from kg.extract.stance import stance
from kg.extract.tree import case_words, children, dep, slot_of, unit, unit_head
from kg.extract.tree_index import index as index_of
from kg.records import Entity, Kind, Proposition, Span

NATIONALITY, PARTY, BIRTH_PLACE = "schema:nationality", "kg:politicalParty", "schema:birthPlace"
BESIDE, SAID, BY_STATE = 0.88, 0.9, 0.92
CITIZENS = frozenset({"national", "citizen", "native"})
NOT_OF_PEOPLE = frozenset({
    "restaurant", "language", "literature", "history", "studies", "embassy", "consulate", "cuisine", "bank",
    "company", "law", "church", "art", "music", "league", "bureau", "edition", "version", "market", "markets",
})  # fmt: skip
"""What a word for a nationality may describe between itself and a person («a French restaurant owner»)."""
POLITICIANS = frozenset({
    "mp", "mep", "msp", "ms", "am", "mla", "senator", "sen.", "sen", "rep.", "rep", "congressman", "congresswoman",
    "representative", "lawmaker", "legislator", "councillor", "councilor", "candidate", "politician", "member",
    "leader", "chairman", "chairwoman", "chair", "deputy", "minister", "governor", "mayor", "nominee", "president",
    "peer", "parliamentarian", "secretary", "spokesman", "spokeswoman", "spokesperson", "activist", "backbencher",
    "frontbencher", "chancellor", "premier", "incumbent", "whip", "strategist", "frontrunner", "assemblyman",
    "assemblywoman", "gov.", "gov", "treasurer", "donor", "hopeful", "challenger", "contender", "speaker",
})  # fmt: skip
"""Whom the word for a party may describe («Labour minister»); a «Democratic house» is nobody."""
ABSTRACT = ("tion", "sion", "ment", "ness", "ity", "ance", "ence", "ism", "ship", "descent", "origin", "heritage")
"""Ends of nouns that stand for nobody."""
GAMES = frozenset({("American", "football"), ("Australian", "rules"), ("Canadian", "football"), ("English", "teacher")})
"""Whose players, or teachers, are of any country."""
MEMBERSHIPS = frozenset({"schema:memberOf", "kg:leads", "schema:worksFor"})
_STATE = re.compile(r"\s*\((?P<party>D|R|Lab|Con|LD|SNP|DUP)(?:[-–—]\s?[A-Z][A-Za-z. ]{1,20}?)?\)")
_PARTIES = {"D": "Democratic Party", "R": "Republican Party", "Lab": "Labour Party", "Con": "Conservative Party",
            "LD": "Liberal Democrats", "SNP": "SNP", "DUP": "DUP"}  # fmt: skip
_PARTY_NAME = re.compile(r"\b[Pp]arty\b|\bDemocrats\b")


@dataclass(frozen=True, slots=True)
class Belonging:
    """A person (index of a mention) who belongs to a country or party: ``name`` is its usual name, ``span`` the word.

    ``mention`` is the mention that names it; None where only a word for its members does.
    """

    property: str
    person: int
    name: str
    span: Span
    stance: Stance
    confidence: float
    mention: int | None = None


@dataclass(frozen=True, slots=True)
class _Word:
    """A word for members in the text: its tokens from ``first`` to ``last``."""

    first: Token
    last: Token
    body: Body
    mention: int | None = None


def belongings(scene: Scene) -> list[Belonging]:
    """Whom the article says to be of which country or party, each person and body once a sentence."""
    found: dict[tuple[str, int, str], Belonging] = {}
    for one in (*_by_words(scene), *_by_state(scene), *_citizens(scene)):
        found.setdefault((one.property, one.person, one.name), one)
    return list(found.values())


def _by_words(scene: Scene) -> Iterator[Belonging]:
    for word in (*_words(scene), *_named_parties(scene)):
        name = NATIONALITY if word.body.sort == "country" else PARTY
        if _born(word) is not None:
            name = BIRTH_PLACE
        span = Span(word.first.idx, word.last.idx + len(word.last))
        for person, how, score in dict.fromkeys(_whose(scene, word)):
            yield Belonging(name, person, word.body.name, span, how, score, word.mention)


def _words(scene: Scene) -> Iterator[_Word]:
    """The words for members that the article uses, each by itself or as a name of its own, no part of another name."""
    table, first, tokens = bodies(), beginnings(), index_of(scene.doc).tokens
    for token in (token for token in tokens if token.text in first):
        for size in (2, 1):
            words = tokens[token.i : token.i + size]
            body = table.get(" ".join(word.text for word in words))
            if body is not None and _is_apart(words) and not _is_hyphened(token) and not _is_language(words[-1]):
                yield _Word(words[0], words[-1], body)
                break


def _is_apart(words: Sequence[Token]) -> bool:
    """Whether the words are in no longer name («American Airlines», «Ann French»).

    "Democrat" and "Republican" right before a person's name may have been read as part of it.
    """
    head = unit_head(words[-1])
    if head.ent_type_ == "Person":
        return words[-1].text in ("Democrat", "Republican") and words[0] == unit(head)[0] != unit(head)[-1]
    return all(word in words for one in words for word in unit(one))


def _is_hyphened(token: Token) -> bool:
    """«African-American», «Native American»: a people within a country is told by the whole of the words."""
    before = token.nbor(-1) if token.i else None
    return before is not None and before.text in ("-", "–", "Native", "African", "Latin", "North", "South", "Central")


def _is_language(word: Token) -> bool:
    """«Ann Lee (Russian: …)»."""
    return word.i + 1 < len(word.doc) and word.nbor(1).text == ":"


def _named_parties(scene: Scene) -> Iterator[_Word]:
    """The parties that the article calls by name («the Conservative Party's Ann Lee»)."""
    for index, mention in enumerate(scene.mentions):
        name = scene.text[mention.start : mention.end]
        known = mention.form == "name" and mention.kind == "Organization" and is_party(name)
        if known and (words := _tokens(scene, mention.start, mention.end)):
            yield _Word(words[0], words[-1], Body("party", name), index)


def is_party(name: str) -> bool:
    """Whether an organisation's name is a party's: it says so, or the name is one that we know."""
    known = bodies().get(name)
    says_so = bool(_PARTY_NAME.search(name)) and not name.startswith("Young ")
    return says_so or (known is not None and known.sort == "party")


def _tokens(scene: Scene, start: int, end: int) -> list[Token]:
    found = scene.doc.char_span(start, end, alignment_mode="expand")
    return list(found) if found is not None else []


# --- whose ---------------------------------------------------------------------------------------------------------


def _whose(scene: Scene, word: _Word) -> Iterator[tuple[int, Stance, float]]:
    """The persons that a word for members describes."""
    head, born = unit_head(word.last), _born(word)
    if head.dep_ == "conj" and head.head.text in bodies() and head.pos_ == "ADJ":
        head = head.head  # «a French and American citizen»
    if born is not None:
        yield from _described(scene, replace(word, last=born), unit_head(born.head))
    elif children(head, "cop") and head.pos_ in ("ADJ", "NOUN", "PROPN"):
        for subject in children(head, "nsubj"):
            yield from ((one, stance(head), SAID) for one in _persons(scene, _antecedent(head, subject)))
        return
    elif word.body.sort == "party" and dep(head, "nmod") and slot_of(head) in ("for", "of", "from", "with"):
        if unit_head(head.head).lower_ in POLITICIANS:  # «a candidate for the Green Party»
            yield from _called(scene, unit_head(head.head))
    elif dep(head, "amod", "compound", "nmod:desc", "nmod:poss", "nmod:unmarked", "nmod") and head.i < head.head.i:
        yield from _described(scene, word, unit_head(head.head))
    elif word.body.sort == "country" or head.tag_ in ("NN", "NNP"):  # «Ann Lee, an Australian»
        yield from _called(scene, head)
    last = born or word.last
    after = last.nbor(1) if last.i + 1 < len(scene.doc) else None
    if after is not None and after.ent_type_ == "Person" and word.first.ent_type_ != "Person":
        yield from ((one, Stance(), BESIDE) for one in _persons(scene, unit_head(after)))


def _born(word: _Word) -> Token | None:
    """«GERMAN-BORN Ann Lee»: where somebody comes from, whatever they are now."""
    behind = index_of(word.last.doc).tokens[word.last.i + 1 : word.last.i + 3]
    born = [token for token in behind if token.lower_ in ("born", "-born")]
    return born[0] if born and behind[0].text in ("-", "–", born[0].text) else None


def _antecedent(predicate: Token, subject: Token) -> Token:
    """«Ann Lee, WHO is German»: the noun that the clause is about."""
    return unit_head(predicate.head) if subject.tag_ == "WP" and dep(predicate, "acl") else unit_head(subject)


def _described(scene: Scene, word: _Word, noun: Token) -> Iterator[tuple[int, Stance, float]]:
    """The person whom a noun behind the word names or describes («American banker Ann Lee», «a French chemist»)."""
    noun = _over(noun)
    between = {token.lower_ for token in index_of(scene.doc).tokens[word.last.i + 1 : noun.i]}
    if between & NOT_OF_PEOPLE or noun.tag_ in ("NNS", "NNPS"):
        return
    if (word.last.text, word.last.nbor(1).lower_) in GAMES:
        return
    if noun.ent_type_ == "Person":
        yield from ((one, Stance(), BESIDE) for one in _persons(scene, noun))
        return
    if noun.ent_type_ and noun.pos_ != "NOUN" and noun.lower_ not in POLITICIANS:
        return
    if noun.lower_ not in POLITICIANS and (word.body.sort == "party" or not _is_somebody(scene, noun)):
        return
    yield from _called(scene, noun)


def _over(noun: Token) -> Token:
    """The noun behind another word for members («British LABOUR PARTY politician», «Russian ORTHODOX theologian»)."""
    for _ in range(STEPS):
        before = dep(noun, "amod", "compound", "nmod:desc") and noun.i < noun.head.i
        if noun.ent_type_ not in ("Group", "Organization") or not before:
            break
        noun = unit_head(noun.head)
    return noun


def _is_somebody(scene: Scene, noun: Token) -> bool:
    """Whether a noun stands for a person; «of Japanese descent» and «an Iranian form» are nobody's nationality."""
    index, lemma = scene.mention(noun), noun.lemma_.lower()
    kind = scene.ontology.nouns.get(lemma, counted().get(lemma))
    if lemma in CITIZENS or kind == "Person" or (index is not None and scene.mentions[index].kind == "Person"):
        return True
    return kind is None and not case_words(noun) and not lemma.endswith(ABSTRACT) and bool(named(scene, noun).parts)


def _called(scene: Scene, noun: Token) -> Iterator[tuple[int, Stance, float]]:
    """The persons named by a noun, with the stance of what says so; the noun itself where it stands for somebody."""
    who = named(scene, noun)
    how = who.stance or held(scene.doc, list(phrase(noun)))
    persons = [one for part in who.parts for one in _persons(scene, scene.doc[part.head])]
    if not persons and not who.parts and noun.dep_ != "conj":
        persons = list(_persons(scene, noun))
    yield from ((one, how, BESIDE) for one in persons)


def _persons(scene: Scene, word: Token) -> Iterator[int]:
    index = scene.mention(word)
    if index is not None and scene.mentions[index].kind == "Person" and not scene.mentions[index].plural:
        yield index


# --- by other forms ------------------------------------------------------------------------------------------------


def _by_state(scene: Scene) -> Iterator[Belonging]:
    """«Ann Lee (D-Ohio)»."""
    for index, mention in enumerate(scene.mentions):
        if mention.kind == "Person" and mention.form == "name":
            found = _STATE.match(scene.text, mention.end)
            if found is not None:
                span = Span(found.start("party"), found.end("party"))
                yield Belonging(PARTY, index, _PARTIES[found["party"]], span, Stance(), BY_STATE)


def _citizens(scene: Scene) -> Iterator[Belonging]:
    """«a citizen of Peru»: the country is named."""
    known = index_of(scene.doc)
    nouns = [token for token, lemma in zip(known.tokens, known.lemmas, strict=True) if lemma == "citizen"]
    countries = {body.name for body in bodies().values() if body.sort == "country"} if nouns else set()
    for noun in nouns:
        for child in children(noun, "nmod", "compound"):
            place = scene.mention(unit_head(child))
            if place is not None and scene.mentions[place].kind == "Place":
                name = scene.text[scene.mentions[place].start : scene.mentions[place].end]
                if name in countries or name.replace(".", "") in ("US", "UK", "USA"):
                    span = Span(scene.mentions[place].start, scene.mentions[place].end)
                    for person, how, score in _called(scene, noun):
                        yield Belonging(NATIONALITY, person, name, span, how, score, place)


def with_parties(scene: Scene, propositions: Sequence[Proposition]) -> list[Proposition]:
    """The propositions, with memberships in parties told as such («a member, or the leader, of the Green Party»).

    Whom a title puts beside a party («Labour MP Ann Lee») does not work for it.
    """
    found = [one for one in propositions if one.property == PARTY]
    for one in propositions:
        if one.property == PARTY:
            continue
        if _in_party(scene, one):
            label = scene.ontology.labels.get(PARTY, PARTY)
            found.append(replace(one, property=PARTY, relation=replace(one.relation, lemma=label)))
            if one.rule.startswith("title-"):
                continue
        found.append(one)
    return _each_once(found)


def _in_party(scene: Scene, one: Proposition) -> bool:
    who, body = one.subject.mention, one.object.mention
    if one.property not in MEMBERSHIPS or who is None or body is None or scene.mentions[who].kind != "Person":
        return False
    mention = scene.mentions[body]
    return mention.form == "name" and is_party(scene.text[mention.start : mention.end])


def _each_once(propositions: Sequence[Proposition]) -> list[Proposition]:
    """Each party of a person once: the first of those that tell it."""
    seen: set[tuple[int | None, str]] = set()
    found = []
    for one in propositions:
        if one.property == PARTY:
            known = bodies().get(one.object.text)
            key = (one.subject.mention, one.object.text if known is None else known.name)
            if key in seen:
                continue
            seen.add(key)
        found.append(one)
    return found


# --- entities ------------------------------------------------------------------------------------------------------


def with_entities(entities: Sequence[Entity], found: Iterable[Belonging]) -> tuple[tuple[Entity, ...], dict[str, int]]:
    """The entities with those countries and parties that only words for their members name; where each name is."""
    all_, where = list(entities), {entity.name: i for i, entity in enumerate(entities) if not entity.unnamed}
    for one in found:
        if one.mention is None and one.name not in where:
            where[one.name] = len(all_)
            kind: Kind = "Organization" if one.property == PARTY else "Place"
            all_.append(Entity(one.name, kind))
    return tuple(all_), where


__all__ = ["Belonging", "NATIONALITY", "PARTY", "belongings", "is_party", "with_entities", "with_parties"]
