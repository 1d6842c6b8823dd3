"""Frames on hand-built parses: which event a clause tells of, who plays which role, and how far it got."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc


from kg import ontology
from kg.extract import frame, frame_fill
from kg.extract.parts import Clause, Part, Stance
from kg.records import Amount, Event, Kind, Mention, Span, Time

VOCAB = spacy.blank("en").vocab
FUTURE = Stance(certainty="probable", tense="future")
PAST = Stance(tense="past")


@dataclass(frozen=True)
class Scene:
    """A parse with what was found in it; clauses are given with their words, so that tests read like sentences."""

    doc: Doc
    mentions: tuple[Mention, ...] = ()
    amounts: tuple[Amount, ...] = ()
    times: tuple[Time, ...] = ()
    clauses: tuple[Clause, ...] = ()

    def at(self, words: str) -> Span:
        start = self.doc.text.index(words)
        return Span(start, start + len(words))

    def token(self, word: str) -> int:
        return next(token.i for token in self.doc if token.text == word)

    def mention(
        self, words: str, kind: Kind, *, head: str | None = None, form: str = "name", plural: bool = False
    ) -> Scene:
        start, end = self.at(words)
        place = self.at(head) if head else Span(start, end)
        one = Mention(start, end, place, kind, form, len(self.mentions), plural=plural)  # type: ignore[arg-type]
        return replace(self, mentions=(*self.mentions, one))

    def noun(self, words: str, kind: Kind, *, plural: bool = False) -> Scene:
        return self.mention(words, kind, head=words.split()[-1], form="nominal", plural=plural)

    def amount(self, words: str, unit: str, *, noun: str | None = None) -> Scene:
        one = Amount(*self.at(words), 1.0, None, None, unit, noun=self.at(noun) if noun else None)
        return replace(self, amounts=(*self.amounts, one))

    def time(self, words: str, value: str) -> Scene:
        return replace(self, times=(*self.times, Time(*self.at(words), "DATE", value)))

    def clause(self, predicate: str, stance: Stance = PAST, *, lemma: str | None = None, **parts: str) -> Scene:
        """A verb's clause; each keyword is a slot, its value the head words of its parts, ``of_`` for "of"."""
        return self._clause(predicate, lemma, parts, stance, nominal=False)

    def nominal(self, predicate: str, stance: Stance = PAST, **parts: str) -> Scene:
        return self._clause(predicate, None, parts, stance, nominal=True)

    def _clause(
        self, predicate: str, lemma: str | None, parts: dict[str, str], stance: Stance, *, nominal: bool
    ) -> Scene:
        at = self.token(predicate)
        made = [
            Part(slot.rstrip("_").replace("_", " "), self.token(word), (self.token(word),))
            for slot, words in parts.items()
            for word in words.split()
        ]
        particles = [self.token(word) for word in (lemma or "").split()[1:]]
        one = Clause("rule", at, (at, *particles), lemma or self.doc[at].lemma_, tuple(made), stance, nominal)
        return replace(self, clauses=(*self.clauses, one))

    def events(self) -> list[Event]:
        return frame.events(self.seen(shipped()), self.clauses)

    def seen(self, tables: ontology.Ontology) -> frame_fill.Scene:
        return frame_fill.Scene.of(self.clauses, self.mentions, self.amounts, self.times, self.doc, tables)

    def told(self) -> list[tuple[str, str, dict[str, set[str]]]]:
        """Class, status and roles with the words of their fillers."""
        return [(e.class_, e.status, self.roles(e)) for e in self.events()]

    def roles(self, event: Event) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for role in event.roles:
            tables: Sequence[tuple[int | None, Sequence[Mention | Amount | Time]]] = (
                (role.mention, self.mentions),
                (role.amount, self.amounts),
                (role.time, self.times),
            )
            for index, table in tables:
                if index is not None:
                    words = self.doc.text[table[index].start : table[index].end]
                    found.setdefault(role.role, set()).add(words)
        return found


@lru_cache(maxsize=1)
def shipped() -> ontology.Ontology:
    return ontology.load()


def parsed(*rows: str) -> Scene:
    """A Doc out of rows "word head relation [POS [lemma]]"; heads are words of the sentence, the root its own."""
    cells = [row.split() for row in rows]
    words = [cell[0] for cell in cells]
    pos = [cell[3] if len(cell) > 3 else "NOUN" for cell in cells]
    lemmas = [cell[4] if len(cell) > 4 else cell[0].lower() for cell in cells]
    heads = [words.index(cell[1]) for cell in cells]
    inside = [n > 0 and pos[n - 1 : n + 1] == ["PROPN", "PROPN"] and heads[n - 1] == n for n in range(len(words))]
    names = [("I-X" if inside[n] else "B-X") if tag == "PROPN" else "O" for n, tag in enumerate(pos)]
    return Scene(Doc(VOCAB, words, heads=heads, deps=[cell[2] for cell in cells], pos=pos, lemmas=lemmas, ents=names))


def acquired() -> Scene:
    return (
        parsed(
            "Acme acquired nsubj PROPN",
            "acquired acquired root VERB acquire",
            "One Medical compound PROPN",
            "Medical acquired obj PROPN",
            "in deal case ADP",
            "a deal det DET",
            "$ deal compound SYM",
            "3.9 billion compound NUM",
            "billion $ nummod NUM",
            "deal acquired obl",
            "during July case ADP",
            "July deal nmod PROPN",
            "2022 July nummod NUM",
        )
        .mention("Acme", "Organization")
        .mention("One Medical", "Organization")
        .noun("a $ 3.9 billion deal", "Concept")
        .amount("$ 3.9 billion", "USD")
        .time("July 2022", "2022-07")
    )


# --- verbs -----------------------------------------------------------------------------------------------------


def test_price_and_time_inside_a_phrase() -> None:
    """«Acme acquired One Medical in a $3.9 billion deal during July 2022», with the date hung on "deal"."""
    scene = acquired().clause("acquired", subject="Acme", object="Medical", in_="deal")
    [event] = scene.events()
    assert event.class_ == "kg:Acquisition" and event.status == "Happened" and event.rule == "frame:acquisition"
    assert scene.roles(event) == {
        "kg:buyer": {"Acme"},
        "kg:target": {"One Medical"},
        "kg:price": {"$ 3.9 billion"},
        "kg:time": {"July 2022"},
    }
    assert scene.doc.text[slice(*event.trigger)] == "acquired"
    assert [scene.doc.text[slice(*span)] for span in event.spans] == [
        "Acme acquired One Medical",
        "$ 3.9 billion",
        "July 2022",
    ]


def test_a_passive_s_agent_is_the_buyer() -> None:
    scene = acquired().clause("acquired", agent="Acme", object="Medical")
    assert scene.told()[0][2]["kg:buyer"] == {"Acme"}


@pytest.mark.parametrize(
    ("stance", "status"),
    [
        (PAST, "Happened"),
        (FUTURE, "Planned"),
        (Stance(certainty="possible"), "Planned"),
        (Stance(certainty="probable", tense="past"), "Happened"),
        (Stance(conditional=True), "Planned"),
        (Stance(polarity="-"), "Denied"),
        (Stance(polarity="-", tense="future"), "Denied"),
    ],
)
def test_status_follows_the_stance(stance: Stance, status: str) -> None:
    [event] = acquired().clause("acquired", stance, subject="Acme", object="Medical").events()
    assert event.status == status
    assert (event.polarity, event.certainty, event.tense) == (stance.polarity, stance.certainty, stance.tense)


def bought(thing: str, kind: Kind) -> Scene:
    return (
        parsed(
            "Lee bought nsubj PROPN", "bought bought root VERB buy", "a " + thing + " det DET", thing + " bought obj"
        )
        .mention("Lee", "Person")
        .noun(thing, kind)
        .clause("bought", subject="Lee", object=thing)
    )


def test_shopping_is_no_acquisition() -> None:
    assert bought("coffee", "Concept").told() == []
    assert [told[0] for told in bought("company", "Organization").told()] == ["kg:Acquisition"]


def test_counted_goods_are_no_target() -> None:
    scene = parsed("Acme bought nsubj PROPN", "bought bought root VERB buy", "50 A350s nummod NUM", "A350s bought obj")
    scene = scene.mention("Acme", "Organization").noun("A350s", "Product")
    assert [t[0] for t in scene.clause("bought", subject="Acme", object="A350s").told()] == ["kg:Acquisition"]
    counted = scene.amount("50", "A350s", noun="A350s")
    assert counted.clause("bought", subject="Acme", object="A350s").told() == []


def test_a_pronoun_of_unknown_kind_needs_a_name_beside_it() -> None:
    def scene(subject: str, form: str) -> Scene:
        words = parsed(
            f"{subject} bought nsubj {'PROPN' if form == 'name' else 'PRON'}",
            "bought bought root VERB buy",
            "it bought obj PRON",
        ).mention(subject, "Organization", form=form)
        return words.mention("it", "Other", form="pronoun").clause("bought", subject=subject, object="it")

    assert scene("They", "pronoun").told() == []
    assert scene("Acme", "name").told()[0][2]["kg:target"] == {"it"}
    sure = acquired().clause("acquired", subject="Acme", object="Medical").events()[0]
    assert scene("Acme", "name").events()[0].confidence < sure.confidence


def laid_off(off: str) -> Scene:
    return (
        parsed(
            "Acme laid nsubj PROPN",
            "laid laid root VERB lay",
            f"off {'laid compound:prt' if off else 'employees case'} ADP",
            "400 employees nummod NUM",
            f"employees laid {'obj' if off else 'obl'} NOUN employee",
            "at Nordvik case ADP",
            "Nordvik employees nmod PROPN",
        )
        .mention("Acme", "Organization")
        .noun("400 employees", "Group", plural=True)
        .mention("Nordvik", "Organization")
        .amount("400 employees", "employees", noun="employees")
    )


def test_a_phrasal_verb_with_its_particle_or_with_the_particle_read_as_a_preposition() -> None:
    wanted = {
        "kg:employer": {"Acme"},
        "kg:person": {"400 employees"},
        "kg:positionsCut": {"400 employees"},
        "kg:affectedUnit": {"Nordvik"},
    }
    scene = laid_off("off").clause("laid", lemma="lay off", subject="Acme", object="employees", at="Nordvik")
    assert scene.told() == [("kg:Layoff", "Happened", wanted)]
    assert scene.doc.text[slice(*scene.events()[0].trigger)] == "laid off"
    slipped = laid_off("").clause("laid", subject="Acme", off="employees", at="Nordvik")
    assert slipped.told() == [("kg:Layoff", "Happened", wanted)]


def cut_jobs(noun: str) -> Scene:
    return (
        parsed(
            "Acme cut nsubj PROPN",
            "cut cut root VERB",
            f"40 {noun} nummod NUM",
            f"{noun} cut obj NOUN {noun.rstrip('s')}",
            "in areas case ADP",
            "areas cut obl NOUN area",
            "such finance case ADJ",
            "as such fixed ADP",
            "finance areas nmod",
            "and sales cc CCONJ",
            "sales finance conj",
        )
        .mention("Acme", "Organization")
        .noun(noun, "Concept")
        .noun("areas", "Concept")
        .noun("finance", "Concept")
        .noun("sales", "Concept")
        .amount(f"40 {noun}", noun, noun=noun)
        .clause("cut", subject="Acme", object=noun, in_="areas finance sales")
    )


def test_a_verb_of_cutting_needs_a_job_noun_and_the_list_stands_for_its_heading() -> None:
    """«Acme cut 40 jobs in areas such as finance and sales»: the functions are finance and sales, not "areas"."""
    assert cut_jobs("jobs").told() == [
        (
            "kg:Layoff",
            "Happened",
            {"kg:employer": {"Acme"}, "kg:positionsCut": {"40 jobs"}, "kg:jobFunction": {"finance", "sales"}},
        )
    ]
    assert cut_jobs("trees").told() == []


def test_hundreds_of_positions_are_positions() -> None:
    scene = parsed(
        "Hundreds cut nsubj:pass NOUN hundred",
        "of positions case ADP",
        "positions Hundreds nmod NOUN position",
        "were cut aux:pass AUX be",
        "cut cut root VERB",
        "at Acme case ADP",
        "Acme cut obl PROPN",
    )
    scene = (
        scene.mention("Acme", "Organization")
        .noun("positions", "Concept")
        .amount("Hundreds", "positions", noun="positions")
    )
    [(name, _, roles)] = scene.clause("cut", object="Hundreds", at="Acme").told()
    assert name == "kg:Layoff" and roles == {"kg:positionsCut": {"Hundreds"}, "kg:affectedUnit": {"Acme"}}


def test_job_loss_has_no_employer_as_its_subject() -> None:
    scene = parsed(
        "40 employees nummod NUM",
        "employees lose nsubj NOUN employee",
        "could lose aux AUX",
        "lose lose root VERB",
        "their jobs nmod:poss PRON",
        "jobs lose obj NOUN job",
    )
    scene = (
        scene.noun("40 employees", "Group", plural=True)
        .noun("jobs", "Concept")
        .amount("40 employees", "employees", noun="employees")
    )
    told = scene.clause("lose", Stance(certainty="possible", tense="future"), subject="employees", object="jobs").told()
    assert told == [("kg:Layoff", "Planned", {"kg:person": {"40 employees"}, "kg:positionsCut": {"40 employees"}})]


def test_an_age_is_no_count_of_the_dead() -> None:
    scene = parsed("Lee died nsubj PROPN", "79 Lee appos NUM", "died died root VERB die").mention("Lee", "Person")
    [(_, _, roles)] = scene.amount("79", "").clause("died", lemma="die", subject="Lee").told()
    assert roles == {"kg:victim": {"Lee"}}


def test_a_plant_closes_without_an_object() -> None:
    scene = parsed("Plant closed nsubj", "closed closed root VERB close", "Acme closed obj PROPN").noun(
        "Plant", "Place"
    )
    [event] = scene.clause("closed", subject="Plant").events()
    assert event.rule == "frame:closing" and scene.roles(event) == {"kg:unit": {"Plant"}}
    both = scene.mention("Acme", "Organization").clause("closed", subject="Plant", object="Acme").events()
    assert [e.rule for e in both] == ["frame:closure"]


def test_a_verb_with_its_object_s_head_is_a_word_of_its_own() -> None:
    """«Lee held talks with Gray»: one negotiation, not two, though "talks" tells of one as well."""
    scene = parsed(
        "Lee held nsubj PROPN",
        "held held root VERB hold",
        "talks held obj NOUN talk",
        "with Gray case ADP",
        "Gray talks nmod PROPN",
    )
    scene = scene.mention("Lee", "Person").mention("Gray", "Person")
    scene = scene.clause("held", subject="Lee", object="talks").nominal("talks", with_="Gray", subject="Lee")
    assert scene.told() == [("kg:Negotiation", "Happened", {"kg:participant": {"Lee", "Gray"}})]


def test_one_alone_does_not_meet_but_a_plural_does() -> None:
    scene = parsed("Lee met nsubj PROPN", "met met root VERB meet")
    assert scene.mention("Lee", "Person").clause("met", subject="Lee").told() == []
    plural = scene.mention("Lee", "Group", plural=True).clause("met", subject="Lee")
    assert [told[0] for told in plural.told()] == ["kg:Meeting"]


@pytest.mark.parametrize(("word", "rules"), [("", ["frame:conviction"]), ("not", ["frame:acquittal"])])
def test_a_negated_predicate_is_another_word(word: str, rules: list[str]) -> None:
    """«found guilty» and «found not guilty» are both rows; «convicted» is not what the second one says."""
    rows = ["Court found nsubj", "found found root VERB find", "Gray found obj PROPN", "guilty found xcomp ADJ"]
    scene = parsed(*rows, *(["not guilty advmod PART"] if word else []))
    scene = (
        scene.noun("Court", "Organization").mention("Gray", "Person").clause("found", subject="Court", object="Gray")
    )
    assert [event.rule for event in scene.events()] == rules
    table = ontology.load().frames_by_verb
    without = replace(ontology.load(), frames_by_verb={k: v for k, v in table.items() if k != "find not guilty"})
    found = frame.events(scene.seen(without), scene.clauses)
    assert [event.rule for event in found] == ([] if word else rules)


def test_place_and_time_come_with_every_event() -> None:
    scene = parsed(
        "Police arrested nsubj",
        "arrested arrested root VERB arrest",
        "Gray arrested obj PROPN",
        "in Leeds case ADP",
        "Leeds arrested obl PROPN",
        "on Friday case ADP",
        "Friday arrested obl PROPN",
        "since 2019 case ADP",
        "2019 arrested obl NUM",
    )
    scene = scene.noun("Police", "Organization").mention("Gray", "Person").mention("Leeds", "Place")
    scene = scene.time("Friday", "2031-03-07").time("2019", "2019")
    [(_, _, roles)] = scene.clause(
        "arrested", subject="Police", object="Gray", in_="Leeds", on="Friday", since="2019"
    ).told()
    assert roles == {
        "kg:authority": {"Police"},
        "kg:defendant": {"Gray"},
        "schema:location": {"Leeds"},
        "kg:time": {"Friday"},
    }


# --- nouns -----------------------------------------------------------------------------------------------------


def takeover(*, verb: str = "", lemma: str = "") -> Scene:
    """«(Acme VERB) the takeover of Nordvik in 2022»."""
    rows = (
        [f"Acme {verb} nsubj PROPN", f"{verb} {verb} root VERB {lemma}", f"takeover {verb} obj"]
        if verb
        else ["takeover takeover root"]
    )
    scene = parsed(
        *rows,
        "of Nordvik case ADP",
        "Nordvik takeover nmod PROPN",
        "in 2022 case ADP",
        f"2022 {verb or 'takeover'} obl NUM",
    )
    scene = scene.mention("Acme", "Organization") if verb else scene
    return scene.mention("Nordvik", "Organization").time("2022", "2022")


@pytest.mark.parametrize(
    ("verb", "lemma", "status", "buyer", "dated"),
    [
        ("announced", "announce", "Announced", True, False),
        ("proposed", "propose", "Planned", True, False),
        ("scrapped", "scrap", "Cancelled", True, False),
        ("completed", "complete", "Happened", True, True),
        ("denied", "deny", "Denied", False, False),
        ("blocked", "block", "Cancelled", False, False),
        ("criticised", "criticise", "Happened", False, False),
    ],
)
def test_a_support_verb_says_how_far_it_got(verb: str, lemma: str, status: str, buyer: bool, dated: bool) -> None:
    """Who completes a takeover takes over, who blocks one does not; and "announced in 2022" dates the announcement."""
    scene = takeover(verb=verb, lemma=lemma).nominal("takeover", of_="Nordvik", subject="Acme")
    [(name, got, roles)] = scene.told()
    assert (name, got) == ("kg:Acquisition", status)
    assert (roles.get("kg:buyer"), "kg:time" in roles) == ({"Acme"} if buyer else None, dated)


def test_possessor_and_by_phrase_of_a_noun() -> None:
    """«Acme's acquisition of Nordvik», «Nordvik's acquisition by Acme»."""
    rows = (
        "Acme acquisition nmod:poss PROPN",
        "acquisition acquisition root",
        "of Nordvik case ADP",
        "Nordvik acquisition nmod PROPN",
    )
    scene = parsed(*rows).mention("Acme", "Organization").mention("Nordvik", "Organization")
    assert scene.nominal("acquisition", possessive="Acme", of_="Nordvik").told()[0][2] == {
        "kg:buyer": {"Acme"},
        "kg:target": {"Nordvik"},
    }
    assert scene.nominal("acquisition", possessive="Acme", by="Nordvik").told()[0][2] == {
        "kg:buyer": {"Nordvik"},
        "kg:target": {"Acme"},
    }
    assert scene.nominal("acquisition", possessive="Acme").told()[0][2] == {"kg:buyer": {"Acme"}}


def test_a_noun_that_counts_in_its_plural_only() -> None:
    """ "Redundancies" are layoffs, "redundancy with other departments" is none."""
    plural = parsed(
        "redundancies redundancies root NOUN redundancy", "at Acme case ADP", "Acme redundancies nmod PROPN"
    )
    single = parsed("redundancy redundancy root NOUN redundancy", "at Acme case ADP", "Acme redundancy nmod PROPN")
    assert [t[0] for t in plural.mention("Acme", "Organization").nominal("redundancies", at="Acme").told()] == [
        "kg:Layoff"
    ]
    assert single.mention("Acme", "Organization").nominal("redundancy", at="Acme").told() == []


def test_job_cuts_with_a_quantity_noun_around_them() -> None:
    """«a string of job cuts across units»: what hangs on "string" belongs to the cuts."""
    scene = parsed(
        "string string root",
        "of cuts case ADP",
        "job cuts compound",
        "cuts string nmod NOUN cut",
        "across units case ADP",
        "units string nmod NOUN unit",
    ).noun("units", "Organization", plural=True)
    scene = scene.nominal("string", of_="cuts", across="units").nominal("cuts", compound="job")
    assert scene.told() == [("kg:Layoff", "Happened", {"kg:affectedUnit": {"units"}})]


def test_a_capitalised_noun_inside_a_sentence_is_a_name() -> None:
    scene = (
        parsed(
            "the Conference det DET",
            "Conference Conference root NOUN conference",
            "with Lee case ADP",
            "Lee Conference nmod PROPN",
            "and Gray cc CCONJ",
            "Gray Lee conj PROPN",
        )
        .mention("Lee", "Person")
        .mention("Gray", "Person")
    )
    assert scene.nominal("Conference", with_="Lee Gray").told() == []


# --- wrong senses, and fates ---------------------------------------------------------------------------------------


def done(subject: tuple[str, Kind], verb: str, lemma: str, thing: tuple[str, Kind]) -> Scene:
    """«Subject verb thing»: one word each, the subject a name."""
    scene = parsed(f"{subject[0]} {verb} nsubj PROPN", f"{verb} {verb} root VERB {lemma}", f"{thing[0]} {verb} obj")
    scene = scene.mention(*subject).noun(*thing, plural=True)
    return scene.clause(verb, subject=subject[0], object=thing[0])


@pytest.mark.parametrize(
    ("subject", "verb", "lemma", "thing", "told"),
    [
        (("Peru", "Place"), "demanded", "demand", ("reforms", "Concept"), ["kg:Demand"]),
        (("Peru", "Place"), "demanded", "demand", ("providers", "Person"), []),
        (("Peru", "Place"), "released", "release", ("hostages", "Group"), ["kg:Release"]),
        (("Ministry", "Organization"), "banned", "ban", ("foreigners", "Group"), ["kg:Regulation"]),
        (("Lee", "Person"), "banned", "ban", ("children", "Group"), []),
        (("Lee", "Person"), "abused", "abuse", ("patients", "Group"), ["kg:Attack"]),
        (("Lee", "Person"), "abused", "abuse", ("outlets", "Organization"), []),
        (("Lee", "Person"), "destroyed", "destroy", ("society", "Concept"), []),
    ],
)
def test_a_verb_tells_of_an_event_by_what_it_is_done_to(
    subject: tuple[str, Kind], verb: str, lemma: str, thing: tuple[str, Kind], told: list[str]
) -> None:
    assert [name for name, _, _ in done(subject, verb, lemma, thing).told()] == told


def test_many_who_meet_a_target_do_not_meet() -> None:
    rows = ("firms met nsubj NOUN firm", "met met root VERB meet", "targets met obj NOUN target")
    scene = parsed(*rows).noun("firms", "Organization", plural=True).noun("targets", "Concept", plural=True)
    assert scene.clause("met", subject="firms", object="targets").told() == []
    assert [name for name, _, _ in scene.clause("met", subject="firms").told()] == ["kg:Meeting"]


def of_lee(noun: str, verb: str, lemma: str, relation: str = "obj") -> Scene:
    """«(will) VERB the NOUN of Lee»"""
    rows = [f"{verb} {verb} root VERB {lemma}", f"the {noun} det DET", f"{noun} {verb} {relation}"]
    rows = [f"will {verb} aux AUX", *rows] if verb == lemma else rows
    return parsed(*rows, "of Lee case ADP", f"Lee {noun} nmod PROPN").mention("Lee", "Person")


@pytest.mark.parametrize(
    ("noun", "verb", "lemma", "relation", "status"),
    [
        ("death", "announced", "announce", "obj", "Happened"),
        ("arrest", "announced", "announce", "obj", "Announced"),
        ("death", "avenge", "avenge", "obj", "Happened"),
        ("arrest", "avenge", "avenge", "obj", "Planned"),
        ("death", "occur", "occur", "nsubj", "Planned"),
        ("execution", "avenge", "avenge", "obj", "Planned"),
        ("death", "plan", "plan", "obj", "Planned"),
    ],
)
def test_a_fate_that_is_spoken_of_has_come(noun: str, verb: str, lemma: str, relation: str, status: str) -> None:
    """«will avenge the death of Lee»: whatever is still to come, the death is not."""
    told = of_lee(noun, verb, lemma, relation).nominal(noun, of_="Lee").told()
    assert [got for _, got, _ in told] == [status]


def test_what_demands_include_is_only_planned() -> None:
    def scene(subject: str) -> Scene:
        rows = (f"{subject}s include nsubj NOUN {subject}", "include include root VERB", "arrest include obj")
        return parsed(*rows, "of Lee case ADP", "Lee arrest nmod PROPN").mention("Lee", "Person")

    assert [scene(word).nominal("arrest", of_="Lee").told()[0][1] for word in ("demand", "event")] == [
        "Planned", "Happened",
    ]  # fmt: skip


def test_a_noun_is_cancelled_by_its_relative_clause() -> None:
    rows = ("arrest arrest root", "of Lee case ADP", "Lee arrest nmod PROPN", "which cancelled nsubj:pass PRON",
            "was cancelled aux:pass AUX be", "cancelled arrest acl:relcl VERB cancel")  # fmt: skip
    scene = parsed(*rows).mention("Lee", "Person").nominal("arrest", of_="Lee")
    assert [status for _, status, _ in scene.told()] == ["Cancelled"]


def test_own_frames_take_part(tmp_path_factory: pytest.TempPathFactory) -> None:
    readme = (ontology.directory() / "README.md").read_text(encoding="utf-8")
    found = re.search(r"```turtle\n(@prefix.*?)```", readme, re.S)
    assert found is not None
    file = tmp_path_factory.mktemp("own") / "inspection.ttl"
    file.write_text(found.group(1), encoding="utf-8")
    scene = parsed("Crews inspected nsubj", "inspected inspected root VERB inspect", "Bolt inspected obj PROPN").noun(
        "Crews", "Group", plural=True
    )
    scene = scene.mention("Bolt", "Organization").clause("inspected", subject="Crews", object="Bolt")
    assert scene.events() == []
    own = frame.events(scene.seen(ontology.load([file])), scene.clauses)
    assert [(event.class_, event.rule) for event in own] == [("kg:Inspection", "frame:inspection")]


# --- whatever the parser does ----------------------------------------------------------------------------------


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """Any tree over words that frames know, with any mentions, amounts and clauses on it."""
    vocabulary = [
        "buy",
        "cut",
        "job",
        "takeover",
        "merge",
        "announce",
        "of",
        "Acme",
        "hundred",
        "talks",
        "in",
        "$",
        "deal",
    ]
    words = draw(st.lists(st.sampled_from(vocabulary), min_size=2, max_size=9))
    size = len(words)
    order = draw(st.permutations(range(size)))
    heads = [0] * size
    for place, token in enumerate(order):
        heads[token] = order[draw(st.integers(0, place - 1))] if place else token
    relations = ["nsubj", "obj", "obl", "nmod", "case", "conj", "compound", "xcomp", "appos", "nmod:poss", "ccomp"]
    deps = ["ROOT" if heads[n] == n else draw(st.sampled_from(relations)) for n in range(size)]
    pos = [draw(st.sampled_from(["NOUN", "VERB", "PROPN", "ADP"])) for _ in words]
    ents = [draw(st.sampled_from(["O", "B-X"])) for _ in words]
    doc = Doc(VOCAB, words, heads=heads, deps=deps, pos=pos, lemmas=words, ents=ents)
    index = st.integers(0, size - 1)
    spans = [Span(token.idx, token.idx + len(token)) for token in doc]
    kinds: st.SearchStrategy[Kind] = st.sampled_from(("Organization", "Person", "Concept", "Other", "Place", "Group"))
    mentions = tuple(Mention(*spans[i], spans[i], draw(kinds), "name", 0) for i in draw(st.lists(index, max_size=4)))
    amounts = tuple(
        Amount(*spans[i], 1.0, None, None, draw(st.sampled_from(["USD", "jobs", "percent", None])))
        for i in draw(st.lists(index, max_size=2))
    )
    times = tuple(Time(*spans[i], "DATE", "2022") for i in draw(st.lists(index, max_size=2)))
    slots = st.sampled_from(
        ["subject", "object", "of", "in", "for", "possessive", "compound", "with", "by", "time", ""]
    )
    clauses = []
    for predicate in draw(st.lists(index, min_size=1, max_size=4)):
        parts = tuple(Part(draw(slots), i, (i,)) for i in draw(st.lists(index, max_size=3)))
        clauses.append(Clause("rule", predicate, (predicate,), words[predicate], parts, nominal=draw(st.booleans())))
    return Scene(doc, mentions, amounts, times, tuple(clauses))


@settings(max_examples=150, deadline=None)
@given(scenes())
def test_any_tree_gives_sound_events_and_the_same_again(scene: Scene) -> None:
    found = scene.events()
    assert found == scene.events()
    roles = {name for name in shipped().parents if shipped().is_a(name, "kg:participant")} | {
        "kg:time",
        "schema:location",
    }
    for event in found:
        assert shipped().is_a(event.class_, "kg:Event")
        assert event.roles and len(set(event.roles)) == len(event.roles)
        assert {role.role for role in event.roles} <= roles
        assert all(sum(x is not None for x in (r.mention, r.amount, r.time)) == 1 for r in event.roles)
        assert 0 < event.confidence <= 1
        assert list(event.spans) == sorted(event.spans)
        assert all(0 <= start < end <= len(scene.doc.text) for start, end in (*event.spans, event.trigger))
        assert any(start <= event.trigger.start and event.trigger.end <= end for start, end in event.spans)


def test_a_rejected_accusation_was_made() -> None:
    rows = ("Acme rejected nsubj PROPN", "rejected rejected root VERB reject", "{noun} rejected obj",
            "against Lee case ADP", "Lee {noun} nmod PROPN", "by Bolt case ADP", "Bolt {noun} nmod PROPN")  # fmt: skip

    def told(noun: str) -> list[str]:
        scene = parsed(*(row.format(noun=noun) for row in rows)).mention("Lee", "Person")
        scene = scene.mention("Bolt", "Organization")
        return [status for _, status, _ in scene.nominal(noun, against="Lee", by="Bolt").told()]

    assert told("accusation") == ["Happened"]
    assert told("takeover") == ["Cancelled"]
