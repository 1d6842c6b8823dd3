"""Stance against MEANTIME's event factuality: polarity, certainty, time and tense of the events that we find; and UDS.

MEANTIME (Minard et al. 2016) annotates each event mention by the NewsReader guidelines (NWR-2014-2-2), whose
categories are those of FactBank cut down to what news need. What is compared with what:

    polarity    POS +, NEG -
    certainty   CERTAIN, PROBABLE, POSSIBLE by their names
    time        FUTURE future, NON_FUTURE past or present
    tense       a finite verb by its grammatical tense, PAST, PRESENT or FUTURE; a present perfect ("has sold") is
                past, since we say when a thing happened; forms without tense (infinitives, participles, nouns, and
                verbs behind a modal) by their time: FUTURE future, NON_FUTURE past or present

UNDERSPECIFIED, and an attribute that the annotators left empty, is no answer: such mentions are left out of that
measure. Mentions are matched by token: the word of a proposition's relation whose lemma is the relation's, and the
words of an event's trigger. Only the title and the first sentences (0 to 5) are annotated.

Annotators wrote "would" and "could" as PAST with the time FUTURE («said that it would sell»): we say future, and lose
these in tense, not in time. Beside each figure stands that of the plain answer (all positive, certain, past).
"""

from __future__ import annotations

import json
import statistics
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from xml.etree import ElementTree

from kg.records import Certainty, Polarity, Tense
from kg.score import Row
from kg.score.times import ANNOTATED, MEANTIME_FOLDERS

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.records import Extraction, Relation, Span

TARGETS = {"polarity": 95.0, "certainty": 95.0, "time": None, "tense": 80.0}
MEASURES = tuple(TARGETS)
POLARITY = {"POS": "+", "NEG": "-"}
CERTAINTY = {"CERTAIN": "certain", "PROBABLE": "probable", "POSSIBLE": "possible"}
TENSES = {"PAST": "past", "PRESENT": "present", "FUTURE": "future"}


class Told(Protocol):
    """What has a stance: a proposition or an event of the record, or the stance of a rule."""

    @property
    def polarity(self) -> Polarity: ...
    @property
    def certainty(self) -> Certainty: ...
    @property
    def tense(self) -> Tense: ...
    @property
    def conditional(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Gold:
    """An event mention: its words by number in the article, and the answers that count as right, by measure.

    A measure without an answer is not asked. ``plain`` is what the majority would answer to each.
    """

    words: tuple[int, ...]
    right: dict[str, frozenset[str]]


PLAIN = {"polarity": "+", "certainty": "certain", "time": "not future", "tense": "past"}
"""The answers of one who does not read: all happened, for sure, in the past."""


def rows(data: Path, *, model: str | None = None) -> Iterator[Row]:
    """Accuracy on the matched events of the development articles, how many these are, and the plain answers'."""
    from kg import extract, language, ontology

    nlp, meanings = language.load(model), ontology.load()
    pairs: list[tuple[Gold, Told]] = []
    total = 0
    for path in articles(data):
        sentences, gold = read(path)
        doc = language.parse_sentences(sentences, nlp)
        found = predicates(extract.extraction(doc, meanings), doc)
        total += len(gold)
        pairs += matched(gold, found)
    label = "stance, MEANTIME airbus + gm"
    yield Row(label, "events matched", 100 * len(pairs) / max(1, total))
    yield from compare(pairs, label)


def articles(data: Path) -> list[Path]:
    """The articles that we develop on, in the order of their names."""
    base = data / "meantime" / "intra-doc_annotation"
    return [path for name in MEANTIME_FOLDERS for path in sorted((base / name).glob("*.xml"))]


def read(path: Path) -> tuple[list[list[str]], list[Gold]]:
    """The annotated sentences of an article, and its event mentions."""
    root = ElementTree.parse(path).getroot()
    tokens = [token for token in root.iter("token") if int(token.get("sentence", "0")) <= ANNOTATED]
    sentences: dict[str, list[str]] = {}
    for token in tokens:
        sentences.setdefault(token.get("sentence", ""), []).append(token.text or "")
    places = {token.get("t_id"): place for place, token in enumerate(tokens)}
    return list(sentences.values()), list(_mentions(root, places))


def _mentions(root: ElementTree.Element, places: dict[str | None, int]) -> Iterator[Gold]:
    for node in root.iter("EVENT_MENTION"):
        words = tuple(places[id] for anchor in node.iter("token_anchor") if (id := anchor.get("t_id")) in places)
        if words:
            yield Gold(words, dict(_answers(dict(node.attrib))))


def _answers(attributes: dict[str, str]) -> Iterator[tuple[str, frozenset[str]]]:
    """The answers that an annotation makes right, by measure.

    >>> dict(_answers({"polarity": "NEG", "certainty": "UNDERSPECIFIED", "time": "FUTURE", "tense": "INFINITIVE"}))
    {'polarity': frozenset({'-'}), 'time': frozenset({'future'}), 'tense': frozenset({'future'})}
    """
    for measure, names in (("polarity", POLARITY), ("certainty", CERTAINTY)):
        if attributes.get(measure) in names:
            yield measure, frozenset({names[attributes[measure]]})
    time, tense = attributes.get("time"), attributes.get("tense", "")
    if time in ("FUTURE", "NON_FUTURE"):
        yield "time", frozenset({"future" if time == "FUTURE" else "not future"})
    if tense == "PRESENT" and attributes.get("aspect", "").startswith("PERFECTIVE"):
        yield "tense", frozenset({"past"})
    elif tense in TENSES:
        yield "tense", frozenset({TENSES[tense]})
    elif time in ("FUTURE", "NON_FUTURE"):
        yield "tense", frozenset({"future"} if time == "FUTURE" else {"past", "present"})


def predicates(extraction: Extraction, doc: Doc) -> dict[int, Told]:
    """What an extraction says by the number of the word that says it."""
    found: dict[int, Told] = {}
    for event in extraction.events:
        for word in _words(doc, event.trigger):
            found.setdefault(word, event)
    for proposition in extraction.propositions:
        for word in _said_by(proposition.relation, doc):
            found.setdefault(word, proposition)
    return found


def _said_by(relation: Relation, doc: Doc) -> list[int]:
    """The words of a relation that have its lemma; in "plans to buy" it is "buy", in "was bought in" "bought"."""
    verb, *rest = relation.lemma.split()
    words = [word for span in relation.spans for word in _words(doc, span)]
    if verb == "be" and rest:  # «was bought in»: the participle stands in the lemma as it stands in the text
        said = [word for word in words if doc[word].lower_ == rest[0] and doc[word].tag_ in ("VBN", "VBD")]
        if said:
            return said
    return [word for word in words if doc[word].lemma_.lower() == verb][-1:]


def _words(doc: Doc, span: Span) -> range:
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    return range(found.start, found.end) if found is not None else range(0)


def matched(gold: Sequence[Gold], found: dict[int, Told]) -> Iterator[tuple[Gold, Told]]:
    """Each event mention with what is said by one of its words, where something is."""
    for mention in gold:
        said = next((found[word] for word in mention.words if word in found), None)
        if said is not None:
            yield mention, said


def compare(pairs: Iterable[tuple[Gold, Told]], label: str) -> Iterator[Row]:
    """The share of right answers by measure, ours and the plain ones.

    >>> from kg.records import Event, Span
    >>> gold = Gold((3,), {"polarity": frozenset({"-"})})
    >>> [(row.measure, row.value) for row in compare([(gold, Event("", Span(0, 1), ()))], "hand")]
    [('polarity', 0.0), ('polarity, always +', 0.0)]
    """
    right: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for gold, told in pairs:
        said = answer(told)
        for measure, answers in gold.right.items():
            asked[measure] += 1
            right[measure] += said[measure] in answers
            plain[measure] += PLAIN[measure] in answers
    for measure in MEASURES:
        if asked[measure]:
            yield Row(label, measure, 100 * right[measure] / asked[measure], TARGETS[measure])
            yield Row(label, f"{measure}, always {PLAIN[measure]}", 100 * plain[measure] / asked[measure])


def answer(told: Told) -> dict[str, str]:
    """What a stance answers to each measure."""
    time = "future" if told.tense == "future" else "not future"
    return {"polarity": told.polarity, "certainty": told.certainty, "time": time, "tense": told.tense}


# --- UDS -------------------------------------------------------------------------------------------------------


def uds(data: Path, *, model: str | None = None) -> Iterator[Row]:
    """Whether a predicate happened, against UDS factuality (White et al. 2020) on EWT's development part.

    UDS asked people whether it happened or is the case, and how sure they are: a number below or above zero. We say
    that it did where a clause is positive, not merely possible, not future and not conditional. ``agreement`` is the
    share of equal answers, ``correlation`` Pearson's of the numbers with ours (100 for 1.0).
    """
    from kg import language
    from kg.extract.stance import stance
    from kg.language.train.treebank import read_ewt

    gold = _uds_gold(data / "uds")
    nlp = language.load(model)
    pairs: list[tuple[float, float]] = []
    for document in read_ewt(data / "ud_ewt", "dev"):
        doc = language.parse_sentences((sentence.words for sentence in document), nlp)
        begin = 0
        for sentence in document:
            asked = gold.get(sentence.name, {})
            pairs += [(value, happened(stance(doc[begin + word - 1]))) for word, value in asked.items()]
            begin += len(sentence.words)
    label, number = "stance, UDS factuality EWT dev", max(1, len(pairs))
    yield Row(label, "agreement", 100 * sum((one > 0) == (other > 0) for one, other in pairs) / number)
    yield Row(label, "agreement, always yes", 100 * sum(one > 0 for one, _ in pairs) / number)
    yield Row(label, "correlation", 100 * statistics.correlation(*zip(*pairs, strict=True)))


def happened(told: Told) -> float:
    """Our stance as a number: 1 it is so, 0.5 it probably is, -1 it is not so or not known to be."""
    if told.polarity == "-" or told.certainty == "possible" or told.tense == "future" or told.conditional:
        return -1.0
    return 1.0 if told.certainty == "certain" else 0.5


def _uds_gold(folder: Path) -> dict[str, dict[int, float]]:
    """Factuality by EWT's sentence id and the number of the word, which counts from 1."""
    names = json.loads((folder / "ud_ids.json").read_text(encoding="utf-8"))
    with zipfile.ZipFile(folder / "2.0" / "normalized" / "sentence" / "annotations" / "factuality.zip") as packed:
        found = json.loads(packed.read("factuality.json"))["data"]
    return {
        names[key]["sentence_id"]: {
            int(word.rpartition("-")[2]): told["factuality"]["factual"]["value"] for word, told in words.items()
        }
        for key, words in found.items()
    }
