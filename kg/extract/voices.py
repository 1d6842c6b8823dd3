"""Act -> who speaks, to whom, through which outlet, in what, and when: the ``Reference``s of a statement."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extract.deverbal import verb_of
from kg.extract.act import Act
from kg.extract.source import author, below, is_asked
from kg.extract.noun_phrase import phrase
from kg.extract.nouns import is_somebody
from kg.extract.tree import (
    NOMINAL, case_words, children, dep, hanging_on, runs, sentence_end, sentence_start, unit_head,
)  # fmt: skip
from kg.extract.tree_index import index
from kg.records import Mention, Reference, Span, Time

ANIMATE = frozenset({"Person", "Organization", "Group"})
# What one acts according to: no source («according to plan», «according to royal law»).
RULES_AND_PLANS = frozenset({"law", "rule", "plan", "schedule", "tradition", "custom", "regulation", "principle",
                             "treaty", "procedure", "protocol", "need", "taste", "size", "ability",
                             "standard"})  # fmt: skip
REASONS = frozenset({"reason", "concern", "fear", "lack", "need", "cost", "pressure", "risk", "example", "health",
                     "safety", "weather", "price", "problem", "issue", "precedent", "article", "case"})  # fmt: skip
FIGURES = frozenset({"figure", "data", "estimate", "statistics", "number"})  # «figures from the agency»: it speaks
# Nouns of what can be cited, beside media and persons.
TELLERS = frozenset({"source", "data", "figure", "document", "record", "research", "statistics", "poll"})
PASSIVE_CONTENT = frozenset({"statement-passive", "thought-passive", "statement-named-as", "statement-named"})
# Verbs whose object is the listener, or that take one as «told the Post».
LISTENER = ("obj", "iobj")
# Prepositions before the listener, beside "to".
LISTENED = {
    **dict.fromkeys(("shout", "yell", "scream", "snap", "bark", "growl", "hiss", "swear"), ("at",)),
    "testify": ("before",), "argue": ("before",), "plead": ("with", "before"), "confide": ("in",), "joke": ("with",),
}  # fmt: skip
_TITLES = 8  # words of titles between an employer and a name
_LONGEST = 400  # characters: no mention is longer
MEDIUM_PREPOSITIONS = frozenset({"in", "via", "through", "on", "by", "at", "during", "over"})
_NAMELESS = re.compile(
    r"\b(?:on|under)\s+(?:the\s+)?condition\s+of\s+anonymity|\bnot\s+(?:to\s+)?be(?:ing)?\s+(?:named|identified)"
    r"|\banonymous(?:ly)?\b|\bunnamed\b|\bunidentified\b|\bfamiliar\s+with\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What a document's statements refer to: its mentions (sorted) and times, and the nouns that name a medium."""

    doc: Doc
    mentions: Sequence[Mention]
    times: Sequence[Time]
    media: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """All that is known of an act beside its cue and content."""

    speaker: Reference | None
    anonymous: bool = False
    addressee: Reference | None = None
    via: Reference | None = None
    medium: str | None = None
    time: int | None = None
    joint: tuple[Reference, ...] = ()


def circumstances(scene: Scene, act: Act) -> Circumstances:
    """Speaker, addressee, outlet, medium and time of an act."""
    speaker, medium = act.speaker, _medium(scene, act)
    document = speaker is not None and (speaker.lemma_.lower() in scene.media or speaker.lemma_.lower() in FIGURES)
    written = speaker is not None and (document or speaker.lemma_.lower() in TELLERS)
    behind = author(speaker) if speaker is not None and document else None
    if behind is not None and act.cue.dep_ != "acl" and is_animate(scene, behind):
        medium, speaker = medium or speaker, behind  # «according to a statement from X»: X speaks, in a statement
    return Circumstances(
        speaker=reference(scene, speaker) if speaker is not None else None,
        anonymous=speaker is not None and _is_anonymous(scene, speaker),
        addressee=_addressee(scene, act, medium),
        via=_through(scene, act, medium or (speaker if written else None)),
        medium=_medium_name(scene, medium) if medium is not None else None,
        time=_time(scene, act),
        joint=_joint(scene, act, speaker) if speaker is not None else (),
    )


def _joint(scene: Scene, act: Act, speaker: Token) -> tuple[Reference, ...]:
    """Those who say it with the speaker: «Lee and Park said»; «Lee, Park and the union said»."""
    first, found = reference(scene, speaker), list[Reference]()
    if speaker.pos_ == "PRON" or act.cue.tag_ == "VBZ":  # «says Lee, a nurse and author of a book»
        return ()
    named = mention_of(scene, speaker)
    head = next((t for t in (speaker, *children(speaker, "appos", "flat")) if _headed(scene, t) is named), speaker)
    for word in (*children(speaker, "conj"), *(children(head, "conj") if head is not speaker else ())):
        other = unit_head(word)
        if other.tag_ == "NN" and not other.ent_type_ and not children(other, "det", "nmod:poss", "nummod"):
            continue  # «Lee, a nurse at the clinic and | author of a book»
        joined = any(dep(child, "cc") and child.lower_ != "and" for child in hanging_on(word))  # «Lee or Park»
        crossed = speaker.i < act.cue.i < other.i  # «with Lee calling it late and Park saying that …»
        if joined or crossed or other.i in act.content or other.pos_ not in NOMINAL or not is_animate(scene, other):
            continue
        one = reference(scene, other)
        if not first.start <= one.start < first.end and one not in found:
            found.append(one)
    return tuple(found)


# --- references --------------------------------------------------------------------------------------------------


def reference(scene: Scene, token: Token) -> Reference:
    """The mention that a word heads, a name before a description of it («chief executive Ann Lee»); else its phrase."""
    mention = mention_of(scene, token)
    if mention is not None:
        return Reference(mention.start, mention.end, mention.entity)
    run = next((run for run in runs(phrase(token)) if token.i in run), [token.i])
    first, last = scene.doc[run[0]], scene.doc[run[-1]]
    return Reference(first.idx, last.idx + len(last), None)


def reference_at(scene: Scene, label: Span) -> Reference:
    """The mention whose head ends a label; the label itself where none does."""
    found = [m for m in scene.mentions if m.head.end == label.end and m.start >= label.start]
    best = max(found, key=lambda m: m.end - m.start, default=None)
    return Reference(best.start, best.end, best.entity) if best else Reference(label.start, label.end, None)


def mention_of(scene: Scene, token: Token) -> Mention | None:
    """The mention headed by a word, or the name set right beside it."""
    own = _headed(scene, token)
    if own is not None and own.form == "name" and own.kind != "Other":
        return (_titled(scene, token) if own.kind == "Organization" else None) or own
    return next(_named_beside(scene, token, own), None) or _identified(scene, token) or _titled(scene, token) or own


def _named_beside(scene: Scene, token: Token, own: Mention | None) -> Iterator[Mention]:
    """The names that a description stands with: «the broadcaster Kanal Ost», «one of her students, Kit Morrow»."""
    kind = own.kind if own is not None and own.form != "name" else "Person"
    for child in hanging_on(token):
        if not dep(child, "flat", "appos", "compound", "nmod:desc") or child.i < token.i:
            continue
        name = _headed(scene, unit_head(child))
        if name is None or name.form != "name":
            continue
        beside = child.i - token.i <= 2 and name.kind in ("Person", "Organization", "Work")
        counted = token.pos_ in ("NUM", "PRON", "DET")  # «One of her students, the illustrator Kit Morrow»
        media = child.i - token.i == 1 and own is not None and own.kind == "Organization"  # «the broadcaster Kanal Ost»
        if name.kind == kind or beside or media or (counted and name.kind == "Person"):
            yield name


def _identified(scene: Scene, token: Token) -> Mention | None:
    """«a sister, identified only as Nurse B», «a student named Wong»: the name that one is given."""
    for clause in children(token, "acl"):
        for child in hanging_on(clause) if clause.lemma_.lower() in ("identify", "name", "know", "call") else ():
            name = _headed(scene, unit_head(child))
            beside = child.i == clause.i + 1 and clause.lemma_.lower() in ("name", "call")
            if name is not None and name.form == "name" and (beside or _has_case(child, "as")):
                return name
    return None


def _titled(scene: Scene, token: Token) -> Mention | None:
    """«Amazon Institute Director Ane Alencar said», «co-author and geochemist Seth John»: the person behind titles."""
    doc, i = token.doc, token.i + 1
    while i < len(doc) and i - token.i <= _TITLES and doc[i].ent_type_ != "Person":
        if doc[i].pos_ not in ("NOUN", "PROPN", "ADJ", "CCONJ", "ADP") and doc[i].text not in ("(", ")", "-"):
            return None
        i += 1
    behind = i < len(doc) and i - token.i <= _TITLES and doc[i - 1].pos_ in ("NOUN", "PROPN", "PUNCT")
    name = _headed(scene, unit_head(doc[i])) if behind else None
    return name if name is not None and name.form == "name" and name.kind == "Person" else None


def _start(mention: Mention) -> int:
    return mention.start


def _headed(scene: Scene, token: Token) -> Mention | None:
    """The smallest mention whose head holds a token."""
    start, end = token.idx, token.idx + len(token)
    first = bisect_left(scene.mentions, start - _LONGEST, key=_start)
    near = scene.mentions[first : bisect_right(scene.mentions, start, key=_start)]
    held = [mention for mention in near if mention.head.start <= start and end <= mention.head.end]
    return min(held, key=lambda mention: (mention.end - mention.start, mention.start), default=None)


def is_animate(scene: Scene, token: Token) -> bool:
    """Whether a word stands for somebody who can speak or listen."""
    mention = mention_of(scene, token)
    if mention is None:
        return token.pos_ == "PRON" and token.lower_ not in ("it", "this", "that", "which", "what")
    return mention.kind in ANIMATE or (mention.form == "pronoun" and token.lower_ not in ("it", "its", "itself"))


def is_source(scene: Scene, token: Token | None) -> bool:
    """Whether a noun behind "according to" may be a source: not «according to plan», but «according to police»."""
    if token is not None and token.lemma_.lower() in RULES_AND_PLANS and not token.ent_type_:
        return any(is_animate(scene, unit_head(owner)) for owner in children(token, "nmod:poss"))
    if token is None or token.tag_ != "NN" or token.ent_type_ or token.lemma_.lower() in scene.media:
        return token is not None
    modified = any(dep(child, "det", "nmod", "amod", "compound", "acl", "nummod") for child in hanging_on(token))
    return modified or is_animate(scene, token)


def is_teller(scene: Scene, token: Token | None) -> bool:
    """Whether what is cited is somebody or a document, no event and no reason («citing the disruption»)."""
    if token is None or token.ent_type_ or token.lemma_.lower() in scene.media or token.lemma_.lower() in TELLERS:
        return token is not None
    return is_animate(scene, token) or not (verb_of(token.lemma_.lower()) or token.lemma_.lower() in REASONS)


def _is_anonymous(scene: Scene, token: Token) -> bool:
    """Whether a speaker is not named and cannot be told: "a physician", "people within the company", "sources"."""
    words = sorted(below(token))
    text = scene.doc[words[0] : words[-1] + 1].text
    mention = mention_of(scene, token)
    if token.pos_ == "PROPN" or (mention is not None and mention.form != "nominal"):
        return False
    if _NAMELESS.search(text):
        return True
    return mention is not None and mention.kind in ("Person", "Group") and not mention.definite


# --- medium, addressee, outlet -----------------------------------------------------------------------------------


def _adjuncts(act: Act) -> list[Token]:
    """The prepositional phrases of the cue, those before the sentence's subject included («In a memo, X said …»)."""
    if act.cue.pos_ != "VERB" or act.rule == "statement-according":
        return []
    known = index(act.cue.doc)
    start, end = sentence_start(act.cue), sentence_end(act.cue)
    phrases = [known.tokens[i] for i in range(start, end) if known.kinds[i] in ("obl", "nmod")]
    own = [child for child in children(act.cue, "obl", "nmod") if child.dep_ != "obl:agent"]
    before = [
        token
        for token in phrases
        if token.i < act.cue.i < token.head.i and token.i not in act.content and token not in own
    ]
    fronted = min(act.content) < act.cue.i  # «"…," he said in an email to staff»: hung on a word inside the marks
    after = [
        token
        for token in phrases
        if fronted and token.head.i < act.cue.i < token.i and token.i not in act.content
    ]
    return [*own, *before, *after]


def _medium(scene: Scene, act: Act) -> Token | None:
    """The word for what it was said in: "in a statement", "on Twitter"; an object too («sent a letter saying»)."""
    for child in _adjuncts(act):
        for word in (child, *children(child, "nmod")):
            prepositions = {case.lower_ for case in case_words(word)}
            if prepositions & MEDIUM_PREPOSITIONS and _medium_name(scene, word) and child.i not in act.content:
                return word
    head = act.cue.head
    if dep(act.cue, "acl") and head.lemma_.lower() in scene.media and author(head) is not None:
        return head
    return None


def _medium_name(scene: Scene, word: Token) -> str:
    """What a medium is called: "memo", "press conference"; "" for a word that names none."""
    compounds = [child.lemma_.lower() for child in hanging_on(word) if child.dep_ == "compound" and not child.ent_type_]
    long = " ".join([*compounds[-1:], word.lemma_.lower()])
    return scene.media.get(long) or scene.media.get(word.lemma_.lower(), "")


def _addressee(scene: Scene, act: Act, medium: Token | None) -> Reference | None:
    """Whom it was said to: «told X», «said to X», «in a statement to X», «in an interview with X»."""
    verb = act.cue
    if act.listener is not None:
        return reference(scene, act.listener)
    if verb.pos_ != "VERB" or act.rule in ("statement-according", "statement-citing"):
        candidates: list[Token] = []
    elif is_asked(verb) and (asked := children(verb.head, "nsubj")):
        candidates = asked
    elif any(child.dep_ == "nsubj:pass" for child in hanging_on(verb)) and act.rule not in PASSIVE_CONTENT:
        candidates = children(verb, "nsubj:pass")[::-1]  # «Lee stole it, | the court | was told»
    else:
        listeners = children(verb, *LISTENER) if act.source_of is None and act.passes_on is None else []
        listens = act.listens and listeners and listeners[0].i not in act.content and listeners[0].pos_ in NOMINAL
        if listens and not _is_occasion(scene, unit_head(listeners[0])):
            return reference(scene, unit_head(listeners[0]))
        candidates = [child for child in listeners if child is not act.speaker]
        towards = ("to", *LISTENED.get(verb.lemma_.lower(), ()))
        candidates += [child for child in _adjuncts(act) if child.i > verb.i and _has_case(child, *towards)]
    if medium is not None:
        candidates += [child for child in children(medium, "nmod", "obl") if _has_case(child, "to", "with")]
    candidates += _interviewer(verb)
    for candidate in candidates:
        word = unit_head(candidate)
        told = is_animate(scene, word) or (_has_case(candidate, "to") and _may_listen(scene, word))
        if word.i not in act.content and word.pos_ in NOMINAL and told:
            return reference(scene, word)
    return None


def _may_listen(scene: Scene, word: Token) -> bool:
    """«whispered to the medics»: somebody of whom no table tells; not «said to laughter»."""
    known = bool(children(word, "det", "nmod:poss"))
    return known and word.pos_ == "NOUN" and is_somebody(word.lemma_.lower(), scene.media)


def _is_occasion(scene: Scene, word: Token) -> bool:
    """«told a news conference»: words spoken in it, which it does not hear."""
    return word.pos_ == "NOUN" and not is_animate(scene, word) and bool(_medium_name(scene, word))


def _interviewer(verb: Token) -> Iterator[Token]:
    """«Speaking to the Post, he said», «When interviewed by the Post, she said»: who was spoken to."""
    for child in children(verb, "advcl"):
        if child.lemma_.lower() in ("speak", "talk") and child.tag_ == "VBG":
            yield from (unit_head(one) for one in children(child, "obl") if _has_case(one, "to", "with"))
        if child.lemma_.lower() in ("interview", "ask"):
            yield from (unit_head(one) for one in children(child, "obl:agent"))


def _has_case(token: Token, *prepositions: str) -> bool:
    return any(word.lower_ in prepositions for word in case_words(token))


def _through(scene: Scene, act: Act, document: Token | None) -> Reference | None:
    """Who passed it on: with a document, or in the speaker's name."""
    return (_via(scene, act, document) if document is not None else None) or _mouthpiece(scene, act)


def _via(scene: Scene, act: Act, medium: Token) -> Reference | None:
    """The outlet that a document came through: «an email obtained by the Post», «a memo shared with Reuters»."""
    behind = [child for child in _adjuncts(act) if child.i > medium.i]
    for word in (medium, *children(medium, "nmod"), *behind):
        for clause in children(word, "acl"):
            for child in children(clause, "obl"):
                prepositions = ("by",) if child.dep_ == "obl:agent" else ("by", "with")
                outlet = unit_head(child)
                if _has_case(child, *prepositions) and (is_animate(scene, outlet) or outlet.is_title):
                    return reference(scene, outlet)
    return None


def _mouthpiece(scene: Scene, act: Act) -> Reference | None:
    """Who spoke in the speaker's name: «said through her lawyer», «said via a spokesman»."""
    for child in _adjuncts(act):
        if _has_case(child, "through", "via") and child.i not in act.content and is_animate(scene, unit_head(child)):
            return reference(scene, unit_head(child))
    return None


# --- when --------------------------------------------------------------------------------------------------------


def _time(scene: Scene, act: Act) -> int | None:
    """The index of the time in the cue's own clause that stands nearest to the cue («said on Tuesday»)."""
    if act.cue.pos_ not in ("VERB", "NOUN"):
        return None
    clauses = children(act.cue, "ccomp", "xcomp", "advcl", "parataxis", "conj", "nsubj", "acl")
    words = below(act.cue) - act.content - {word for clause in clauses for word in below(clause)}
    words |= set(range(act.cue.i + 1, min(act.content))) - act.content
    starts = {scene.doc[word].idx for word in words}
    found = [
        (abs(time.start - act.cue.idx), index)
        for index, time in enumerate(scene.times)
        if time.type in ("DATE", "TIME") and any(start in starts for start in range(time.start, time.end))
    ]
    return min(found)[1] if found else None


__all__ = ["Circumstances", "Scene", "circumstances", "is_animate", "mention_of", "reference"]
