"""Readings and jobs -> propositions: arguments tied to mentions, times and amounts; stance, statement and rule."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.extract import confidence, phrase, speech
from kg.extract.belonging import Belonging
from kg.extract.parts import Part, Reading, Reject, Stance, dropped
from kg.extract.industry import CONFIDENCE, INDUSTRY, RULE, Industry
from kg.extract.relation import Related
from kg.extract.roles import Job
from kg.extract.tree import named_in_apposition, span_of
from kg.extract.tree_index import index
from kg.extract.noun_phrase import phrase as phrase_of
from kg.ontology import Filler, Ontology
from kg.records import Amount, Argument, Event, Mention, Proposition, Relation, Role, Span, Statement, Time

class Maker:
    """Makes the propositions of one Doc; holds what all of them are looked up in."""

    def __init__(
        self,
        doc: Doc,
        mentions: Sequence[Mention],
        times: Sequence[Time],
        amounts: Sequence[Amount],
        statements: Sequence[Statement],
        ontology: Ontology,
        on_reject: Reject = dropped,
    ) -> None:
        self.doc, self.mentions, self.times, self.amounts = doc, mentions, times, amounts
        self.statements, self.ontology, self.on_reject = statements, ontology, on_reject
        self._heads = phrase.Heads(mentions)
        self._known = index(doc)
        self._arguments: dict[tuple[int, tuple[int, ...]], Argument] = {}
        self._whole = self._known.text
        self._when = [(time.start, time.end) for time in times]
        self._counted = [amount.noun or (amount.start, amount.end) for amount in amounts]
        self._sentences = [sentence.start_char for sentence in doc.sents]
        self._cues = {s.cue for s in statements if s.cue is not None}

    def propositions(self, readings: Iterable[Reading], events: Sequence[Event]) -> list[Proposition]:
        """One proposition for each reading that is no cue of a statement and whose subject names something."""
        by_trigger = {self._token_at(event.trigger): i for i, event in reversed(list(enumerate(events)))}
        found = []
        for reading in readings:
            predicate = self.doc[reading.predicate]
            if Span(predicate.idx, predicate.idx + len(predicate)) in self._cues and reading.words:
                self.on_reject(reading, "its words are the cue of a statement, which tells who said what")
                continue
            made = self._proposition(reading, by_trigger.get(reading.predicate))
            if made is not None and reading.object.slot == "time" and self._lasts(made.object):
                self.on_reject(reading, "a length of time is no date")  # «six weeks after it bought Bolt»
            elif made is not None and made.confidence >= confidence.LEAST_TOLD:
                found.append(made)
            elif made is not None and self.on_reject is not dropped:  # the reasons are worked out for who asks
                why = "; ".join(confidence.lowered(reading, self.doc)) or "for many small reasons"
                self.on_reject(reading, f"its score {made.confidence:g} is below {confidence.LEAST_TOLD:g}: {why}")
        return found

    def placed(self, events: Iterable[Event]) -> list[Event]:
        """The events with the innermost statement that conveys each, and the stance that its cue adds."""
        return [replace(event, statement=self._statement(event.trigger)) for event in events]

    def jobs(self, jobs: Iterable[Job]) -> list[Proposition]:
        """``schema:jobTitle`` (title in its own words) and ``schema:worksFor`` for each job found."""
        found = []
        for job in jobs:
            person = self.argument(Part("subject", job.person, (job.person,)))
            if person.mention is None:
                continue
            if job.title:
                title = self._words(job.title)
                found.append(self._job(job, person, "have job title", title, "schema:jobTitle"))
            if job.employer is not None:
                employer = self.argument(Part("object", job.employer, (job.employer,)))
                if employer.mention is not None:
                    found.append(self._job(job, person, "work for", employer, "schema:worksFor"))
        return found

    def related(self, relations: Iterable[Related], told: Iterable[Proposition]) -> list[Proposition]:
        """The relations that frames read, where no proposition of the same two tells the same already."""
        known = {(one.property, one.subject.mention, one.object.mention, one.object.time) for one in told}
        found = []
        for one in relations:
            subject, obj = self._place(one.subject), self._place(one.object)
            if (one.property, subject.mention, obj.mention, obj.time) not in known:
                words = tuple(Span(*stretch) for stretch in span_of(self.doc, one.words))
                label = self.ontology.labels.get(one.property, one.property)
                found.append(self._told(
                    subject, Relation(self._text(words), label, words), obj, one.property, one.stance, one.confidence,
                    one.rule,
                ))  # fmt: skip
        return found

    def belonging(self, found: Iterable[Belonging], entities: Mapping[str, int]) -> list[Proposition]:
        """Nationalities and parties; ``entities`` tells where the country or party stands that no mention names."""
        told = []
        for one in found:
            person = self._place(Role("", mention=one.person))
            entity = entities[one.name] if one.mention is None else None
            body = Argument(self._text([one.span]), (one.span,), one.mention, entity=entity)
            label = self.ontology.labels.get(one.property, one.property)
            told.append(self._told(
                person, Relation("", label), body, one.property, one.stance, one.confidence, "belonging",
            ))  # fmt: skip
        return told

    def industries(self, found: Iterable[Industry]) -> list[Proposition]:
        """What organisations do, in the words of the text."""
        return [
            self._told(
                self._place(Role("", mention=one.organization)), Relation("", "have industry"), self._words(one.words),
                INDUSTRY, one.stance, CONFIDENCE, RULE,
            ) for one in found
        ]  # fmt: skip

    def _place(self, role: Role) -> Argument:
        """What fills a side of a relation, as an argument in its own words."""
        found: Mention | Time | Amount
        if role.mention is not None:
            found = self.mentions[role.mention]
        elif role.time is not None:
            found = self.times[role.time]
        else:
            found = self.amounts[role.amount or 0]
        spans = (Span(found.start, found.end),)
        return Argument(self._text(spans), spans, role.mention, role.time, role.amount)

    def argument(self, part: Part) -> Argument:
        """A part as an argument: its words, and the mention, time or amount that its head stands for."""
        if not part.tokens:
            return Argument("")
        key = (part.head, part.tokens)
        if key not in self._arguments:  # one part stands in many readings
            self._arguments[key] = self._argument(part)
        return self._arguments[key]

    def _argument(self, part: Part) -> Argument:
        start, end = self._known.starts[part.head], self._known.ends[part.head]
        spans = tuple(Span(*stretch) for stretch in span_of(self.doc, part.tokens))
        time = _holding(self._when, start, end)
        amount = _holding(self._counted, start, end)
        mention = None if time is not None else self._heads.at(start, end)
        if mention is not None and self.mentions[mention].form == "name":
            only = self.mentions[mention]
            spans = (Span(only.start, only.end),)
        return Argument(self._text(spans), spans, mention, time, amount)

    # --- inside ------------------------------------------------------------------------------------------------

    def _proposition(self, reading: Reading, event: int | None) -> Proposition | None:
        parts = (self._undenied(reading, part) for part in (reading.subject, reading.object))
        subject, obj = (self._filled(reading, part) for part in parts)
        if subject.mention is None and subject.amount is None:
            self.on_reject(reading, f"its subject «{subject.text}» names no thing and no amount")
            return None
        if subject.mention is not None and subject.mention == obj.mention:
            self.on_reject(reading, "its subject and its object are one and the same")
            return None
        words = [Span(*stretch) for stretch in span_of(self.doc, reading.words)]
        relation = Relation(f"{self._said(reading)} {reading.added}".strip(), reading.lemma, tuple(words))
        spans = tuple(sorted({*subject.spans, *words, *obj.spans}))
        predicate = self.doc[reading.predicate]
        return Proposition(
            subject, relation, obj, self._sentence(spans[0].start),
            reading.stance.polarity, reading.stance.certainty, reading.stance.tense, reading.stance.conditional,
            self._statement(Span(predicate.idx, predicate.idx + len(predicate))), event,
            self._property(reading, subject, obj), confidence.of_reading(reading, self.doc), reading.rule, spans,
        )  # fmt: skip

    def _filled(self, reading: Reading, part: Part) -> Argument:
        """A part as an argument; a description with its name in apposition stands for the named («the chief, Lee»)."""
        if reading.rule in ("apposition", "description", "possession"):  # «her husband, Lee»: she has a husband
            return self.argument(part)
        head = named_in_apposition(self._known.tokens[part.head]) if part.tokens else None
        return self.argument(part if head is None else Part(part.slot, head.i, phrase_of(head)))

    def _undenied(self, reading: Reading, part: Part) -> Part:
        """The part without the "no" or "few" that the polarity tells already: who put no pressure did not put any."""
        first = self.doc[part.tokens[0]] if len(part.tokens) > 1 else None
        if reading.stance.polarity == "+" or first is None or self.doc[part.head].lower_ == "one":
            return part
        if first.lower_ not in ("no", "few", "little"):
            return part
        return replace(part, tokens=part.tokens[1:])

    def _property(self, reading: Reading, subject: Argument, obj: Argument) -> str | None:
        return self.ontology.property_of(reading.lemma, self._kind(subject), self._kind(obj))

    def _kind(self, argument: Argument) -> Filler | None:
        if argument.mention is not None:
            mention = self.mentions[argument.mention]
            # What "it" or "we" stands for is found later; in news it is most often an organisation.
            return "Organization" if mention.form == "pronoun" and mention.kind == "Other" else mention.kind
        if argument.amount is not None:
            unit = self.amounts[argument.amount].unit or ""
            return "percent" if unit == "percent" else "money" if len(unit) == 3 and unit.isupper() else "quantity"
        return "time" if argument.time is not None else None

    def _job(self, job: Job, person: Argument, lemma: str, obj: Argument, name: str) -> Proposition:
        score = confidence.of_rule(job.rule)
        return self._told(person, Relation("", lemma), obj, name, job.stance, score, job.rule)

    def _told(
        self, subject: Argument, relation: Relation, obj: Argument, name: str, stance: Stance, score: float, rule: str
    ) -> Proposition:
        spans = tuple(sorted({*subject.spans, *relation.spans, *obj.spans}))
        return Proposition(
            subject, relation, obj, self._sentence(spans[0].start), stance.polarity, stance.certainty, stance.tense,
            stance.conditional, self._statement(spans[0]), None, name, score, rule, spans,
        )  # fmt: skip

    def _words(self, tokens: tuple[int, ...]) -> Argument:
        spans = tuple(Span(*stretch) for stretch in span_of(self.doc, tokens))
        return Argument(self._text(spans), spans)

    def _text(self, spans: Iterable[Span]) -> str:
        return " ".join(" ".join(self._whole[start:end].split()) for start, end in spans)

    def _lasts(self, argument: Argument) -> bool:
        return argument.time is not None and self.times[argument.time].type == "DURATION"

    def _said(self, reading: Reading) -> str:
        """The relation's words in the order in which it is read, those that touch in the text as they stand there."""
        said, tokens = "", self._known.tokens
        for last, token in zip((-1, *reading.words), reading.words, strict=False):
            joined = said and token == last + 1 and not tokens[last].whitespace_
            said += ("" if joined or not said else " ") + tokens[token].text
        return " ".join(said.split())

    def _sentence(self, at: int) -> int:
        return max(bisect_right(self._sentences, at) - 1, 0)

    def _statement(self, span: Span) -> int | None:
        return speech.innermost(self.statements, span.start, span.end)

    def _token_at(self, span: Span) -> int:
        found = self.doc.char_span(span.start, span.end, alignment_mode="expand")
        return found.root.i if found is not None else -1


def _holding(stretches: Sequence[tuple[int, int]], start: int, end: int) -> int | None:
    """The index of the first stretch that holds another."""
    return next((i for i, (first, last) in enumerate(stretches) if first <= start and end <= last), None)
