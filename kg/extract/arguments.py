"""A predicate -> its subjects and objects in active order: voice, sharing, control, relatives and reduced clauses.

Who does it and to whom is often said elsewhere in the sentence: by the first of two verbs ("bought Bolt and sold
Nut"), by a governing verb ("plans to buy"), by the noun that a clause modifies ("the man who left"). The rules have
the names of ``rules``. Idea: argument resolution of PredPatt (White et al. 2016).
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.apposition import named_for
from kg.extract.tree import (
    FINITE, NOMINAL, adjoining_name, case_words, children, conjuncts, dep, is_predicate, is_time, names_a_time,
    slot_of, unit_head,
)  # fmt: skip
from kg.extract.tree_index import index

RELATIVE_SUBJECTS = frozenset({"who", "which", "that", "whom"})
# Verbs that take a clause without "that", so that a noun behind them is more likely its subject than their object.
THAT_VERBS = frozenset({
    "say", "estimate", "claim", "believe", "think", "report", "predict", "expect", "fear", "suggest", "warn", "know",
    "hope", "argue", "note", "add", "suspect", "insist", "announce", "confirm", "deny", "admit", "assume", "guess",
})  # fmt: skip
SUBJECT_OF_OBJECT = frozenset({"promise", "pledge", "vow", "threaten", "offer", "owe"})

# Verbs whose object does what an infinitive behind it says ("led Acme to close Bolt"), though a tree may call the
# infinitive a purpose.
OBJECT_CONTROL = frozenset({
    "lead", "cause", "force", "allow", "enable", "encourage", "urge", "ask", "tell", "order", "help", "persuade",
    "require", "invite", "expect", "get", "want", "instruct", "permit", "push", "prompt", "inspire", "motivate",
    "advise", "warn", "forbid", "convince", "drive", "compel", "oblige", "appoint", "authorize", "authorise", "task",
    "hire", "recruit", "nominate", "commission", "enlist", "train", "send", "dispatch", "deploy", "elect", "select",
})  # fmt: skip
# Verbs that say behind a preposition who does what an infinitive says («called on Acme to close Bolt»).
PHRASE_CONTROL = frozenset({
    "call on", "call upon", "call for", "appeal to", "plead with", "wait for", "push for", "press for", "campaign for",
    "lobby for", "hope for", "pray for", "arrange for", "rely on", "count on",
})  # fmt: skip
# Verbs behind which a participle says what somebody is («became known for it»).
BECOMING = frozenset({"become", "get", "remain", "feel", "seem", "appear", "look", "stay", "stand"})
# What is read of a noun holds of whatever it describes only while it is one of several ("a maker that sells bolts").
INDEFINITE = frozenset({"a", "an", "one", "another"})
ORDINALS = frozenset({"first", "last", "next", "only", "second", "third", "latest", "youngest", "oldest"})
# Nouns whose infinitive is done by whoever has or makes them.
CONTROL_NOUNS = frozenset({
    "plan", "decision", "effort", "attempt", "agreement", "bid", "deal", "move", "pledge", "promise", "vow", "refusal",
    "failure", "intention", "offer", "proposal", "commitment", "ability", "right", "chance", "opportunity", "desire",
    "threat", "willingness", "inability", "readiness", "license", "licence", "permission", "campaign", "drive",
})  # fmt: skip
# Nouns whose infinitive somebody else does («the best way to win»).
MEANS = frozenset({
    "way", "time", "chance", "place", "method", "means", "opportunity", "reason", "thing", "step", "moment", "day",
    "option", "choice", "effort", "attempt", "plan", "move", "tool", "decision", "bid", "deal", "offer", "role",
    "action", "measure", "campaign", "initiative", "process", "money", "fund", "law",
})  # fmt: skip
# Verbs whose gerund somebody else does («the demands include closing Bolt», «she proposed closing Bolt»).
OTHERS_DO = frozenset({
    "include", "involve", "mean", "entail", "cover", "require", "recommend", "suggest", "propose", "advise",
    "advocate", "oppose", "prohibit", "ban", "forbid", "allow", "permit", "discuss", "criticise",
    "criticize", "demand", "justify", "prevent",
})  # fmt: skip
# Verbs that share no object with the next («arrived and shot him»).
INTRANSITIVE = frozenset({
    "arrive", "go", "come", "stand", "sit", "rise", "fall", "appear", "die", "sleep", "walk", "run", "wait", "return",
    "stop", "flee", "live", "stay", "rush", "jump", "wake", "speak", "turn", "respond", "happen", "escape", "retire",
})  # fmt: skip
# Nouns whose participle is done by whoever has them («had trouble landing»).
SHARING = frozenset({"trouble", "difficulty", "problem", "success", "experience", "time", "fun", "luck"})
# Verbs that say behind "for" what their object did («blamed Bolt for hiding it»).
BLAMING = frozenset({
    "blame", "praise", "criticise", "criticize", "thank", "condemn", "punish", "jail", "arrest", "fine", "sentence",
    "convict", "sue", "charge", "fault", "denounce", "commend", "reward", "slam", "mock", "forgive", "censure",
})  # fmt: skip
# Verbs by which somebody has a plan or makes it; whoever follows or blocks a plan need not have it.
HOLDING = frozenset({
    "make", "have", "announce", "launch", "take", "mount", "begin", "start", "continue", "abandon", "drop", "cancel",
    "unveil", "disclose", "outline", "detail", "confirm", "reach", "sign", "strike", "seek", "get", "win", "lose",
    "keep", "retain", "receive", "gain", "find", "miss", "express", "show", "reveal", "reaffirm", "voice", "exercise",
    "lack", "scrap", "shelve", "postpone", "delay", "complete", "finalise", "finalize", "lead", "propose", "renew",
    "reiterate", "repeat", "submit", "table", "pursue", "consider", "mull", "hold", "use", "step", "join", "resume",
    "affirm", "declare", "signal", "pledge", "want", "need", "deserve", "earn", "break", "honour", "honor",
})  # fmt: skip


def arguments(predicate: Token) -> tuple[str, list[Token], list[Token]]:
    """The rule, the subjects and the objects of a verb in active order; heads of coordinated phrases each apart."""
    if is_passive(predicate):
        agents = [word for child in _agents(predicate) for word in conjuncts(child)]
        rule, patients = _subjects(predicate)
        return ("verb-passive" if rule == "verb-active" else rule), agents, patients
    rule, subjects = _subjects(predicate)
    return rule, subjects, _objects(predicate)


def _agents(predicate: Token) -> list[Token]:
    """Who did what a passive says: only behind "by" («was cut, according to the Ledger» names no agent)."""
    return [child for child in children(predicate, "obl:agent") if slot_of(child) == "by"]


def is_passive(predicate: Token) -> bool:
    """Whether the verb stands in the passive, reduced participles included ("jobs cut by Acme")."""
    known = index(predicate.doc).passives
    if predicate.i not in known:
        known[predicate.i] = _is_passive(predicate)
    return known[predicate.i]


def _is_passive(predicate: Token) -> bool:
    if children(predicate, "aux:pass"):
        return True
    if children(predicate, "nsubj:pass", "csubj:pass") and (predicate.tag_ == "VBN" or children(predicate, "aux")):
        return True
    if dep(predicate, "xcomp") and predicate.tag_ == "VBN" and predicate.head.lemma_.lower() in BECOMING:
        return not children(predicate, "obj", "aux")
    if predicate.tag_ != "VBN" or any(child.lemma_ == "have" for child in children(predicate, "aux")):
        return False
    if predicate.dep_ in ("acl", "advcl", "amod") or (
        predicate.dep_ == "acl:relcl" and not children(predicate, "nsubj")
    ):
        marks = {child.lower_ for child in children(predicate, "mark", "advmod")}
        return not children(predicate, "obj") or bool(marks & {"when", "once", "if", "as", "though", "until", "unless"})
    if predicate.dep_ == "conj" and not children(predicate, "nsubj", "aux"):
        if predicate.head.pos_ != "VERB":  # «is pending and expected in June»
            return bool(children(predicate.head, "cop")) and not children(predicate, "obj")
        return is_passive(predicate.head)
    return False


def _subjects(predicate: Token, *, depth: int = 0) -> tuple[str, list[Token]]:
    """The rule and the grammatical subjects (a passive's patients), through sharing, control and relatives."""
    own = [child for child in children(predicate, "nsubj") if child.dep_ != "nsubj:outer" or _is_due(predicate)]
    if len(own) > 1 and own[0].i < predicate.i:
        own = [child for child in own if child.i < predicate.i]  # «Acme encouraged president Ann Lee», Lee as subject
    own = own or _left_objects(predicate)
    thought = _thought_of(predicate)
    if thought is not None:
        return "verb-active", conjuncts(thought)
    if own:
        resolved = [word for child in own for word in antecedents(child, predicate)]
        late = [word for verb in children(predicate, "conj") for word in _astray(verb)]
        return ("verb-relative" if own != resolved and own[0].tag_.startswith("W") else "verb-active"), [
            word for head in resolved for word in conjuncts(head) if word not in late
        ]
    if depth > 8 or predicate.head == predicate:
        return "verb-active", []
    if predicate.dep_ == "conj" and is_predicate(predicate.head):
        if children(predicate, "expl"):  # «We counted them, but it is likely that there are more»
            return "verb-active", []
        if astray := _astray(predicate):
            return "verb-active", astray
        return "verb-shared", _shared_subject(predicate, depth=depth)
    if dep(predicate, "xcomp") or _is_task(predicate) or _is_ordered(predicate):
        return "verb-control", _controller(predicate, depth=depth)
    near = _nearer(predicate) if predicate.dep_ == "advcl" else None
    if near is not None:
        return "verb-participle", conjuncts(near)
    if predicate.dep_ == "advcl" and is_predicate(predicate.head) and _shares_subject(predicate):
        rule = "verb-purpose" if predicate.tag_ == "VB" else "verb-participle"
        if rule == "verb-purpose" and predicate.head.dep_ == "acl" and is_passive(predicate.head):
            agents = [word for child in _agents(predicate.head) for word in conjuncts(child)]
            if agents or predicate.head.head.lemma_.lower() in MEANS:
                return rule, agents  # «actions taken by Acme to win»: who took them
        return rule, _subjects(predicate.head, depth=depth + 1)[1]
    if predicate.dep_ == "acl" and predicate.tag_ in ("VBG", "VBN") and not children(predicate, "mark"):
        near = _nearer(predicate)
        if predicate.head.lemma_.lower() in SHARING and dep(predicate.head, "obj"):
            return "verb-participle", _subjects(predicate.head.head, depth=depth + 1)[1]
        return "verb-participle", [near] if near is not None else described(unit_head(predicate.head))
    if predicate.dep_ == "acl" and predicate.tag_ == "VB":
        return _infinitive_of_noun(predicate, depth=depth)
    return "verb-active", []


def _left_objects(predicate: Token) -> list[Token]:
    """«the search had found nothing»: what stands before a finite verb is its subject, though the tree says object."""
    helpers = [word for word in children(predicate, "aux") if word.tag_ in FINITE and word.i < predicate.i]
    if not helpers or predicate.dep_.startswith("acl") or is_passive(predicate):
        return []
    left = [child for child in children(predicate, "obj") if child.i < helpers[0].i and not child.tag_.startswith("W")]
    return left if len(children(predicate, "obj")) > len(left) else []


def _astray(verb: Token) -> list[Token]:
    """«Lee resigned and GRAY was sworn in»: between two verbs a subject of the second, hung on that of the first."""
    first = verb.head
    if verb.dep_ != "conj" or children(verb, "nsubj", "csubj") or not first.i < verb.i:
        return []
    before = [child for child in children(first, "nsubj") if child.i < first.i]
    return [word for child in before for word in conjuncts(child) if first.i < word.i < verb.i]


def _nearer(participle: Token) -> Token | None:
    """Persons or several things right before a participle, behind a preposition: they do it, not what is before them.

    «images of him wearing a hat», «complaints about churches hiding it», «is ageing, with sanctions hurting it».
    """
    first = participle.left_edge.i
    if participle.tag_ != "VBG" or first == 0 or children(participle, "mark"):
        return None
    if participle.doc[first].pos_ == "PUNCT":
        return None  # cut off: «sued Bolt in Paris, asking for more»
    near = unit_head(participle.doc[first - 1])
    able = near.ent_type_ in ("Person", "Organization", "Group") or near.tag_ in ("NNS", "NNPS", "PRP")
    beside = near.head == unit_head(participle.head) and dep(near, "nmod", "obl") and near != participle.head
    return near if able and beside and bool(case_words(near)) else None


def _is_due(predicate: Token) -> bool:
    """«was due to open», «is yet to open»: where the tree makes the infinitive what the subject is."""
    return predicate.tag_ == "VB" and (
        any(child.lower_ == "due" for child in children(predicate, "mark"))
        or any(child.lower_ == "yet" for child in children(predicate, "advmod"))
    )


def _infinitive_of_noun(predicate: Token, *, depth: int) -> tuple[str, list[Token]]:
    """Who does what the infinitive behind a noun says.

    «Tesco to sell Polish branch» (a headline without verb): the noun; «the first woman to lead Acme»: the noun;
    «Acme made plans to sell Bolt»: the subject of the verb whose object the noun is.
    """
    noun = unit_head(predicate.head)
    if not any(child.lower_ == "to" for child in children(predicate, "mark")):
        return "verb-active", []
    if noun.head == noun and noun.pos_ in NOMINAL and not children(noun, "cop"):
        return "noun-headline", conjuncts(noun)
    first = any(child.lower_ in ORDINALS or child.tag_ == "JJS" for child in children(noun, "amod"))
    if first and noun.lemma_.lower() not in MEANS:
        return "verb-relative", described(noun, unique=True)
    owner = children(noun, "nmod:poss")
    if noun.lemma_.lower() in CONTROL_NOUNS and owner:
        return "noun-control", [word for child in owner for word in conjuncts(unit_head(child))]
    verb = noun.head
    held = dep(noun, "obj") and verb.lemma_.lower() in HOLDING
    tried = dep(noun, "obl") and slot_of(noun) == "in"  # «closed Bolt in an effort to save cash»
    if noun.lemma_.lower() in CONTROL_NOUNS and (held or tried) and verb.pos_ == "VERB" and not is_passive(verb):
        return "noun-control", _subjects(verb, depth=depth + 1)[1]
    return "verb-active", []


def described(noun: Token, *, unique: bool = False) -> list[Token]:
    """What a clause behind a noun is about: the noun or, where the noun only describes another, that other.

    «Acme is a maker that sells bolts» and «Acme, a maker that sells bolts» speak of Acme; in «mayor Ann Lee, who
    left» a name right behind the noun is meant. ``unique`` says that only one is described («the first to leave»).
    """
    name = adjoining_name(noun)
    if name is not None:
        return [name]
    first = {child.lower_ for child in children(noun, "det")}
    if not noun.ent_type_ and (unique or not first or first & INDEFINITE):
        subjects = [child for child in children(noun, "nsubj") if child.dep_ != "nsubj:outer"]
        if children(noun, "cop") and len(subjects) == 1 and not subjects[0].tag_.startswith("W"):
            return conjuncts(unit_head(subjects[0]))
        verb = noun.head
        if noun.dep_ == "xcomp" and verb.lemma_.lower() in BECOMING and not children(verb, "obj"):
            return _subjects(verb)[1] or [noun]
        named = named_for(noun) if noun.dep_ == "appos" else None
        if named is not None and named.ent_type_ and first:
            return [named]
    return [noun]


def _thought_of(predicate: Token) -> Token | None:
    """The noun between a verb of saying and a finite verb: its subject, though the tree may take it for an object.

    «one person who estimated 400 employees could lose their jobs»: the employees, not the person.
    """
    helpers = [word for word in children(predicate, "aux") if word.tag_ in FINITE]
    first = min([*helpers, *([predicate] if predicate.tag_ in FINITE else [])], key=lambda word: word.i, default=None)
    if first is None or first.i == 0:
        return None
    noun = unit_head(first.nbor(-1))
    saying = noun.head
    taken = noun.dep_ == "obj" and saying != noun and saying.lemma_.lower() in THAT_VERBS and saying.i < noun.i
    return noun if taken and saying != predicate and noun.pos_ in NOMINAL else None


def _shared_subject(predicate: Token, *, depth: int) -> list[Token]:
    """The first verb's subject; a relative clause's first verb lends its antecedent."""
    return _subjects(predicate.head, depth=depth + 1)[1]


def _is_task(clause: Token) -> bool:
    """«tasked Bolt with saving cash», «kept Bolt from closing»: what the object of the governing verb does."""
    marks = {child.lower_ for child in children(clause, "mark")}
    taken = {"with", "from", "into", "of", *(("for",) if clause.head.lemma_.lower() in BLAMING else ())}
    governed = clause.dep_ == "advcl" and clause.tag_ == "VBG" and bool(marks & taken)
    return governed and clause.i > clause.head.i and bool(children(clause.head, "obj"))


def _is_ordered(clause: Token) -> bool:
    """«led Acme to close Bolt»: an infinitive behind the object of a verb that makes somebody do something."""
    governed = clause.dep_ == "advcl" and clause.tag_ == "VB" and {c.lower_ for c in children(clause, "mark")} == {"to"}
    objects = [child for child in children(clause.head, "obj") if child.i < clause.i]
    return governed and (bool(objects and clause.head.lemma_.lower() in OBJECT_CONTROL) or bool(asked(clause)))


def asked(clause: Token) -> list[Token]:
    """«called on ACME to close Bolt»: the phrase before an infinitive that says who is to do it."""
    verb = clause.head
    if verb.pos_ != "VERB" or clause.tag_ != "VB":
        return []
    phrases = [child for child in children(verb, "obl") if verb.i < child.i < clause.i and not is_time(child)]
    return [child for child in phrases if f"{verb.lemma_.lower()} {slot_of(child)}" in PHRASE_CONTROL][-1:]


def _shares_subject(clause: Token) -> bool:
    """An adverbial clause without finite verb is about the main clause's subject («after selling it», «to sell it»)."""
    marks = {child.lower_ for child in children(clause, "mark")}
    if clause.tag_ == "VB":
        return marks in ({"to"}, {"in", "to"})
    if "by" in marks and is_passive(clause.head):
        return False  # «caused by mixing bolts»: whoever mixes is not what is caused
    return (clause.tag_ in ("VBG", "VBN") and not children(clause, "aux")) or not marks


def _controller(predicate: Token, *, depth: int) -> list[Token]:
    """Who does what an infinitive or participle says: the governor's object where it has one, else its subject."""
    governor = predicate.head
    if predicate.tag_ == "VBG" and governor.lemma_.lower() in OTHERS_DO and not children(governor, "obj"):
        return []
    if governor.lemma_.lower() not in SUBJECT_OF_OBJECT:
        objects = asked(predicate) or children(governor, "obj", "iobj")
        if objects:
            return [word for child in objects[:1] for word in _with_antecedents(child, governor)]
    return _subjects(governor, depth=depth + 1)[1]


def _objects(predicate: Token) -> list[Token]:
    left = _left_objects(predicate)
    own = [child for child in children(predicate, "obj") if child not in left]
    if own:
        return [word for child in own for word in _with_antecedents(child, predicate)]
    bare = [child for child in children(predicate, "obl") if is_bare_object(child, predicate)]
    if bare:
        return [word for child in bare[:1] for word in conjuncts(child)]
    if predicate.dep_ == "acl:relcl" and _gap_is_object(predicate):
        return conjuncts(unit_head(predicate.head))[:1]
    first = predicate.head
    if predicate.dep_ == "conj" and first.pos_ == "VERB" and not children(predicate, "obl", "ccomp", "xcomp"):
        shared = [child for child in children(first, "obj") if child.i > predicate.i]
        if shared:  # «closed and seized the site», hung on the first
            return [word for child in shared for word in conjuncts(child)]
    if predicate.lemma_.lower() in INTRANSITIVE:
        return []
    following = [child for child in children(predicate, "conj") if child.pos_ == "VERB" and child.i > predicate.i]
    if following and _adjacent(predicate, following[0]) and not children(predicate, "obl", "ccomp", "xcomp"):
        # «launched and expanded the service»: one object right behind two verbs.
        return [word for child in children(following[0], "obj") for word in conjuncts(child)]
    return []


def is_bare_object(child: Token, predicate: Token) -> bool:
    """«lay off 40 employees»: a phrase right behind the verb without preposition is its object, whatever its label."""
    behind = child.dep_ == "obl" and child.head == predicate and child.i > predicate.i and child.pos_ in NOMINAL
    return behind and not case_words(child) and not names_a_time(child)


def _with_antecedents(child: Token, predicate: Token) -> list[Token]:
    return [word for head in antecedents(child, predicate) for word in conjuncts(head)]


def _adjacent(first: Token, second: Token) -> bool:
    return second.i - first.i <= 3 and all(
        first.doc[i].pos_ in ("CCONJ", "PUNCT", "ADV") for i in range(first.i + 1, second.i)
    )


def _gap_is_object(predicate: Token) -> bool:
    """«the resources Amazon has»: a relative clause with a subject of its own and no relative word left over."""
    subjects = children(predicate, "nsubj")
    if predicate.head.lemma_.lower() in ("way", "time", "place", "day", "moment", "reason", "year", "manner"):
        return False  # «the only way it can go on»
    return (
        bool(subjects)
        and not subjects[0].tag_.startswith("W")
        and not is_passive(predicate)
        and not (
            children(predicate, "ccomp", "xcomp")
            or any(c.tag_ in ("WRB", "WDT", "WP") for c in children(predicate, "advmod", "obl"))
        )
    )


def antecedents(argument: Token, predicate: Token) -> list[Token]:
    """What a relative pronoun stands for: the noun that its clause modifies; any other word stands for itself."""
    if argument.lower_ not in RELATIVE_SUBJECTS or not argument.tag_.startswith("W"):
        return [argument]
    clause: Token | None = predicate
    while clause is not None and clause.dep_ != "acl:relcl":
        clause = clause.head if clause.head != clause else None
    return described(unit_head(clause.head)) if clause is not None else [argument]


__all__ = [
    "CONTROL_NOUNS", "ORDINALS", "PHRASE_CONTROL", "RELATIVE_SUBJECTS", "THAT_VERBS", "antecedents", "arguments",
    "asked", "described", "is_bare_object", "is_passive",
]  # fmt: skip
