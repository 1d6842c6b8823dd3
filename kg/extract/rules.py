"""The rules that claims are made by, as a table: name -> what the rule does, and a sentence that needs it.

The one place where rules are described; explanations and tests read it. A frame's rule is called ``frame:NAME`` and is
described by its rows in ``ontology/frames``; ``ranker:NAME`` is what the ranker tells of a property.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.ontology import Ontology

FRAME, RANKER = "frame:", "ranker:"


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule: what it does, in one sentence, and a sentence that it reads."""

    name: str
    does: str
    example: str


_TABLE = (
    ("verb-active", "a verb with its own subject, its object and its prepositional phrases",
     "Acme bought Bolt in May."),
    ("verb-passive", "a passive: who stands behind \"by\" does it to the grammatical subject",
     "Bolt was bought by Acme."),
    ("verb-shared", "a verb joined to another by \"and\" shares that verb's subject",
     "Acme bought Bolt and sold Nut."),
    ("verb-control", "an infinitive or participle under another verb: that verb's object, or else its subject, does it",
     "Acme plans to buy Bolt."),
    ("verb-participle", "a participle without subject is about the noun that it modifies, or the main clause's subject",
     "Acme sold Bolt, raising cash."),
    ("verb-purpose", "a clause of purpose is about the main clause's subject",
     "Acme sold Bolt to raise cash."),
    ("verb-relative", "a relative clause: the noun that it modifies stands for the relative pronoun",
     "Bolt, which makes engines, sued Acme."),
    ("verb-alone", "a whole clause without anything behind its verb: the relation has no object, it holds or does not",
     "The talks failed."),
    ("copula", "what a form of \"be\" says of its subject: a noun, an adjective or a phrase",
     "Bolt is a maker of engines."),
    ("existential", "\"there is\": what there is, and where",
     "There are many jobs at Bolt."),
    ("noun-argument", "a noun with possessor, \"of\" or compound is read as a predicate; frames read it",
     "Acme's acquisition of Bolt failed."),
    ("noun-predicate", "a noun that a verb has given: who did it and to what",
     "Acme's acquisition of Bolt failed."),
    ("noun-control", "an infinitive behind a noun (\"plans to\", \"bid to\"): whoever has the plan does it",
     "Acme made plans to buy Bolt."),
    ("noun-headline", "a headline without verb, a noun with its infinitive: the noun is going to do it",
     "Acme to buy Bolt"),
    ("possession", "a possessor has what it is possessor of",
     "Acme's lawyers met Bolt."),
    ("echo", "a definite noun points back to an event told before",
     "Acme bought Bolt. The deal was completed in May."),
    ("noun-light", "a noun under a verb that says little itself: the verb's subject is shared",
     "Acme made an offer for Bolt."),
    ("apposition", "a phrase beside another says what it is",
     "Bolt, a maker of engines, sued Acme."),
    ("description", "a common noun right before a name says what it is",
     "The e-commerce giant Amazon sued Nordvik."),
    ("title-before", "the title before a person's name, and the employer before the title",
     "Acme chief executive Ann Lee resigned."),
    ("title-apposition", "the title in apposition to a person's name, and the employer in it",
     "Ann Lee, head of sales at Acme, resigned."),
    ("title-copula", "the title that a form of \"be\" gives a person, and the employer in it",
     "Ann Lee is the chief executive of Acme."),
    ("role-nominal", "a noun for a person with an organisation behind \"at\" or before it: works for it",
     "A physician at Acme resigned."),
    ("life", "the dates and places of birth and death in the parenthesis behind a name, or the date of a \"death\"",
     "Ann Lee (3 May 1942 – 4 June 2010) was a chemist."),
    ("age", "a figure of years beside a person's name, before a noun for a person, or said of them by \"be\"",
     "Ann Lee, 43, resigned."),
    ("belonging", "a word for the members of a country or a party says which of them somebody is of",
     "The American banker Ann Lee resigned."),
    ("industry", "a trade right before a noun for a firm tells the industry of whom the noun describes",
     "Nordvik Holdings is a pharmaceutical company."),
    ("home", "a place behind \"of\" between commas, right behind a person's name, is where they live",
     "Ann Lee, of Leeds, resigned."),
    ("work-verb", "who \"works for\" or \"at\" an organisation",
     "Ann Lee works for Acme."),
)  # fmt: skip
RULES = {name: Rule(name, does, example) for name, does, example in _TABLE}


def described(name: str, ontology: Ontology) -> Rule:
    """The rule of that name, a frame's too; one that nobody knows any more is described as such.

    >>> from kg import ontology
    >>> described("frame:acquisition", ontology.load()).example
    'Acme Corp acquired Nordvik for $3 million.'
    """
    if name in RULES:
        return RULES[name]
    if name.startswith(RANKER):
        return _ranked(name, ontology)
    frames = (*ontology.frames, *ontology.relation_frames)
    frame = next((frame for frame in frames if name == FRAME + frame.name), None)
    if frame is None:
        return Rule(name, "this version of the program has no rule of that name", "")
    words = ", ".join(sorted(frame.verbs | frame.nouns | frame.forms)[:6])
    objects = f" with {', '.join(sorted(frame.objects)[:4])}" if frame.objects else ""
    does = f"the words of a frame of the ontology ({words}{objects}) tell of a {frame.event}"
    return Rule(name, does, frame.examples[0] if frame.examples else "")


def _ranked(name: str, ontology: Ontology) -> Rule:
    """The ranker's rule of one property: all that it tells is no frame's."""
    known = [prefix + name.removeprefix(RANKER) for prefix in ("kg:", "schema:")]
    label = next((ontology.labels[one] for one in known if one in ontology.labels), name.removeprefix(RANKER))
    does = (
        f"a word that may tell of \"{label}\" stands near both, and though no frame reads it, what was learned from "
        "open data says that such words and ways through the tree mean it"
    )
    return Rule(name, does, "")


__all__ = ["RANKER", "RULES", "Rule", "described"]
