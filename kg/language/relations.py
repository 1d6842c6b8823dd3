"""Relations that contradict their own sentence, mended after decoding: each word's label was chosen by itself.

    Harrow was bought by Finch     "nsubj" under a verb with "aux:pass" is a passive subject
    founder Ada Finch              a common noun before a person's name describes it and is not its head
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_TELLING = frozenset({"told", "tells", "tell", "telling", "informed", "assured", "reminded", "warned"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})


@dataclass(slots=True)
class Tree:
    """One sentence: words, tags, heads (from 1, 0 is the root) and labels; all but words and ``xpos`` are rewritten."""

    words: Sequence[str]
    upos: list[str]
    xpos: Sequence[str]
    heads: list[int]
    labels: list[str]

    def has(self, head: int, label: str) -> bool:
        """Whether a word (from 0) has a child with a label."""
        return any(one == head + 1 and tag == label for one, tag in zip(self.heads, self.labels, strict=True))


def mend(tree: Tree) -> None:
    """Apply all rules to a tree."""
    for word, label in enumerate(tree.labels):
        head = tree.heads[word] - 1
        if label == "obl:agent" and not _has_by(tree, word):
            tree.labels[word] = "obl"
        elif label == "nsubj:pass" and tree.xpos[head] != "VBN" and not tree.has(head, "aux:pass"):
            tree.labels[word] = "nsubj"
        elif label == "nsubj" and head >= 0 and tree.xpos[head] == "VBN" and tree.has(head, "aux:pass"):
            tree.labels[word] = "nsubj:pass"
        elif label == "flat" and head == word - 1 and tree.upos[head] == "NOUN" and tree.upos[word] == "PROPN":
            if tree.words[word].lower() != "no.":  # «cosmonaut No. 11» has a number, not a name
                _describe(tree, head, word)
        elif label in ("nsubj", "nsubj:pass", "iobj", "obj") and tree.upos[word] == "PROPN" and _descriptor(tree, word):
            continue
        elif label == "nsubj" and (first := _first_subject(tree, word)) is not None and _behind_and(tree, word):
            tree.heads[word], tree.labels[word] = first + 1, "conj"  # «Lee, who won, and Park both said»
        elif label == "nsubj" and (first := _first_subject(tree, word)) is not None and _in_commas(tree, first, word):
            tree.heads[word], tree.labels[word] = first + 1, "appos"  # «Another, Ada Finch, 61, said»
        elif label == "nsubj" and head < word and (over := _verb_behind(tree, word, head)) is not None:
            _named_behind(tree, word, over)
        elif label == "nsubj" and tree.labels[head] == "ccomp" and tree.heads[head] - 1 < word < head:
            _first_of_two_subjects(tree, word, head)
        elif label == "nsubj" and tree.labels[head] == "ccomp" and word < tree.heads[head] - 1 < head:
            _subject_of_the_verb_above(tree, word, head)
        elif label == "ccomp" and word > head >= 0 and tree.upos[head] == "NOUN" and tree.xpos[head] in _FINITE:
            tree.upos[head] = "VERB"  # «Documents show that he knew»
        elif label == "ccomp" and word < head and not _has_subject(tree, head):
            _speaker_read_as_clause(tree, word, head)
            _speaker_read_as_apposition(tree, word, head)
        elif label in ("obj", "iobj", "ccomp") and word > head >= 0 and tree.labels[head] == "parataxis":
            _speaker_read_as_object(tree, word, head)
        elif label == "acl:relcl" and tree.has(word, "obj") and tree.words[tree.heads[head] - 1] in _TELLING:
            _told_read_as_relative(tree, word, head)
        elif label == "compound" and tree.has(word, "flat"):
            _object_before_predicate(tree, word)
        elif label == "ccomp" and tree.xpos[word] == "VBG" and head >= 0 and word > head and not _has_own(tree, word):
            tree.labels[word] = "xcomp"  # «admitted selling it»: who admits sold it
        elif label == "xcomp" and word < head and tree.upos[word] == "PROPN" and not _has_subject(tree, head):
            tree.labels[word] = "nsubj"


def _has_own(tree: Tree, word: int) -> bool:
    """Whether a clause has a subject or a word that introduces it."""
    return any(tree.has(word, label) for label in ("nsubj", "nsubj:pass", "expl", "mark", "aux", "cop", "csubj"))


def _has_by(tree: Tree, word: int) -> bool:
    return any(
        head == word + 1 and tree.labels[child] == "case" and tree.words[child].lower() == "by"
        for child, head in enumerate(tree.heads)
    )


def _has_subject(tree: Tree, verb: int) -> bool:
    return tree.has(verb, "nsubj") or tree.has(verb, "nsubj:pass")


def _object_before_predicate(tree: Tree, name: int) -> None:
    """A person's name read as part of what the person is made: "elected Ada Finch mayor"."""
    noun = tree.heads[name] - 1
    verb = tree.heads[noun] - 1
    if noun > name and tree.labels[noun] == "xcomp" and not tree.has(verb, "obj"):
        tree.heads[name], tree.labels[name] = verb + 1, "obj"


def _describe(tree: Tree, noun: int, name: int) -> None:
    """Turn "founder Ada Finch" round: the name takes the noun's place, the noun describes it."""
    tree.heads[name], tree.labels[name] = tree.heads[noun], tree.labels[noun]
    tree.heads[noun], tree.labels[noun] = name + 1, "nmod:desc"
    for word, head in enumerate(tree.heads):
        if head == noun + 1 and (word > name or tree.labels[word] in ("case", "mark", "cop", "punct", "cc")):
            tree.heads[word] = name + 1


def _descriptor(tree: Tree, name: int) -> bool:
    """A common noun before a name, both read as subject of one verb, describes the name: "wife Ada told"."""
    first = min((word for word, head in enumerate(tree.heads) if head == name + 1), default=name)
    before = min(first, name) - 1
    same = before >= 0 and tree.heads[before] == tree.heads[name] and tree.labels[before] == tree.labels[name]
    plain = same and (tree.upos[before] == "NOUN" or (tree.upos[before] == "PROPN" and tree.labels[name] == "nsubj"))
    if plain:
        tree.heads[before], tree.labels[before] = name + 1, "nmod:desc"
    return same and tree.labels[before] == "nmod:desc"


def _subject_of_the_verb_above(tree: Tree, first: int, verb: int) -> None:
    """The first of two subjects of a clause stands before the verb that the clause hangs on, and is that one's.

    "The shepherd, who had waited, said his dog deserved it": the shepherd said.
    """
    over = tree.heads[verb] - 1
    others = [w for w, head in enumerate(tree.heads) if head == verb + 1 and tree.labels[w] in ("nsubj", "nsubj:pass")]
    if any(over < word < verb for word in others) and not _has_subject(tree, over):
        tree.heads[first] = over + 1


def _speaker_read_as_clause(tree: Tree, clause: int, verb: int) -> None:
    """The second of two clauses before a verb of saying is its subject: "It fell, two men briefed on it said"."""
    earlier = any(head == verb + 1 and tree.labels[w] == "ccomp" for w, head in enumerate(tree.heads[:clause]))
    subject = next((w for w, head in enumerate(tree.heads) if head == clause + 1 and tree.labels[w] == "nsubj"), None)
    if earlier and subject is not None and subject < clause and tree.xpos[clause] in ("VBD", "VBN"):
        tree.heads[subject], tree.labels[subject] = verb + 1, "nsubj"
        tree.heads[clause], tree.labels[clause] = subject + 1, "acl"


def _told_read_as_relative(tree: Tree, clause: int, listener: int) -> None:
    """A clause right behind the listener that lacks nothing is what was told: "told the panel he had briefed her"."""
    subject = next((w for w, head in enumerate(tree.heads) if head == clause + 1 and tree.labels[w] == "nsubj"), None)
    flush = subject is not None and _first(tree, subject) == listener + 1 and not tree.xpos[subject].startswith("W")
    if flush and tree.labels[listener] in ("obj", "iobj"):
        tree.heads[clause], tree.labels[clause] = tree.heads[listener], "ccomp"


def _speaker_read_as_object(tree: Tree, noun: int, verb: int) -> None:
    """Behind a clause, a comma and a verb of its own without subject: "It was late, claimed its head, Ada Finch"."""
    own = [word for word, head in enumerate(tree.heads) if head == verb + 1 and tree.upos[word] != "PUNCT"]
    behind = verb > 1 and tree.words[verb - 1] == "," and tree.heads[verb] - 1 < verb and _first(tree, noun) == verb + 1
    finite = tree.xpos[verb] in ("VBD", "VBZ") and tree.upos[noun] in ("NOUN", "PROPN", "PRON")
    rivals = [word for word in own if word < verb or tree.labels[word] in ("nsubj", "ccomp", "xcomp", "obj", "conj")]
    if behind and finite and not [word for word in rivals if word != noun]:
        tree.labels[noun] = "nsubj"


def _speaker_read_as_apposition(tree: Tree, clause: int, verb: int) -> None:
    """Behind the clause and a comma, right before the verb: "He is not, his lawyer, Ada Finch, said"."""
    if tree.xpos[verb] not in ("VBD", "VBZ", "VBP") or _has_subject(tree, verb):
        return
    word, found = verb - 1 - (tree.words[verb - 1] == ","), None
    while clause < word < verb:
        first = _first(tree, word)
        nominal = tree.upos[word] in ("NOUN", "PROPN") and tree.labels[word] in ("appos", "conj", "nsubj")
        if nominal and first > clause + 1 and tree.words[first - 1] == ",":
            found = word
        word = tree.heads[word] - 1
    if found is not None:
        tree.heads[found], tree.labels[found] = verb + 1, "nsubj"


def _first(tree: Tree, top: int) -> int:
    """The first word, marks aside, of the unbroken run before a word that hangs below it."""
    first = top
    for word in range(top - 1, -1, -1):
        at = word
        for _ in range(top):
            at = tree.heads[at] - 1 if 0 <= at < top else at
        if at != top:
            break
        first = word if tree.upos[word] != "PUNCT" else first
    return first


def _behind_and(tree: Tree, word: int) -> bool:
    """Whether a noun phrase stands right behind "and"."""
    first = min((child for child, head in enumerate(tree.heads) if head == word + 1 and child < word), default=word)
    return tree.words[first].lower() == "and" or (first > 0 and tree.words[first - 1].lower() == "and")


def _in_commas(tree: Tree, noun: int, name: int) -> bool:
    """Whether a name stands right behind a noun or "another", between commas."""
    begins = _first(tree, name)
    flush = begins == noun + 2 and tree.words[noun + 1] == ","
    return flush and tree.upos[name] == "PROPN" and tree.upos[noun] in ("NOUN", "DET", "PRON", "NUM")


def _verb_behind(tree: Tree, noun: int, clause: int) -> int | None:
    """The verb that a clause before it hangs on, for a noun that stands between them."""
    over = tree.heads[clause] - 1
    return over if clause >= 0 and tree.labels[clause] == "ccomp" and noun < over else None


def _named_behind(tree: Tree, noun: int, verb: int) -> None:
    """"It is over," the union's head, Ada Finch, told them: the name describes who tells; both had been subjects."""
    names = (word for word, head in enumerate(tree.heads) if head == verb + 1 and tree.labels[word] == "nsubj")
    name = next(names, None)
    if name is not None and noun < name < verb and _in_commas(tree, noun, name):
        tree.heads[noun], tree.labels[noun] = verb + 1, "nsubj"
        tree.heads[name], tree.labels[name] = noun + 1, "appos"


def _first_subject(tree: Tree, second: int) -> int | None:
    """Another subject of the same verb, before a second one that begins with "and"."""
    verb = tree.heads[second]
    return next((word for word in range(second) if tree.heads[word] == verb and tree.labels[word] == "nsubj"), None)


def _first_of_two_subjects(tree: Tree, first: int, verb: int) -> None:
    """The first of two subjects of a clause that tells what somebody said is the object of the verb before it.

    "She cited one clerk who thought many could lose": "clerk" is cited, and "lose" is what the clerk thought.
    """
    over = tree.heads[verb] - 1
    children = [word for word, head in enumerate(tree.heads) if head == verb + 1 and tree.labels[word] == "nsubj"]
    if not any(first < word < verb for word in children) or tree.has(over, "obj"):
        return
    tree.heads[first], tree.labels[first] = over + 1, "obj"
    for word, head in enumerate(tree.heads):
        if head == first + 1 and tree.labels[word] == "acl:relcl" and not tree.has(word, "obj"):
            tree.heads[verb] = word + 1
