"""Stance: polarity, certainty, tense and condition, on trees written by hand."""

from __future__ import annotations

import pytest

from kg.extract.parts import Stance
from kg.extract.stance import argument_stance, stance
from tests.extract.parse import parse


def of(verb: str, text: str, rows: str) -> Stance:
    doc = parse(text, rows)
    return stance(next(token for token in doc if token.text == verb))


def simple(helpers: str, verb: str, tag: str) -> tuple[str, str]:
    """«Acme HELPERS VERB jobs.» with its tree."""
    words = helpers.split()
    text = " ".join(["Acme", *words, verb, "jobs."])
    place = len(words) + 2
    tags = {"will": "MD", "may": "MD", "should": "MD", "would": "MD", "has": "VBZ", "is": "VBZ", "did": "VBD",
            "have": "VB", "be": "VB", "been": "VBN"}  # fmt: skip
    lemmas = {"has": "have", "is": "be", "did": "do", "been": "be"}
    rows = [f"Acme {place} nsubj PROPN _ _ B-Organization"]
    for word in words:
        if word in ("not", "never", "probably", "reportedly", "perhaps"):
            rows.append(f"{word} {place} advmod ADV {word} RB")
        else:
            rows.append(f"{word} {place} aux AUX {lemmas.get(word, word)} {tags[word]}")
    rows += [f"{verb} 0 root VERB cut {tag}", f"jobs {place} obj NOUN job NNS", f". {place} punct PUNCT"]
    return text, "\n".join(rows)


@pytest.mark.parametrize(
    ("helpers", "verb", "tag", "expected"),
    [
        ("", "shed", "VBD", Stance("+", "certain", "past")),
        ("", "sheds", "VBZ", Stance("+", "certain", "present")),
        ("did not", "shed", "VB", Stance("-", "certain", "past")),
        ("never", "shed", "VBD", Stance("-", "certain", "past")),
        ("will", "shed", "VB", Stance("+", "certain", "future")),
        ("may", "shed", "VB", Stance("+", "possible", "future")),
        ("may have", "shed", "VBN", Stance("+", "possible", "past")),
        ("should", "shed", "VB", Stance("+", "probable", "future")),
        ("would", "shed", "VB", Stance("+", "probable", "future")),
        ("would have", "shed", "VBN", Stance("+", "probable", "past", True)),
        ("may not", "shed", "VB", Stance("-", "possible", "future")),
        ("has", "shed", "VBN", Stance("+", "certain", "past")),
        ("is", "shedding", "VBG", Stance("+", "certain", "present")),
        ("reportedly", "shed", "VBD", Stance("+", "probable", "past")),
        ("perhaps", "shed", "VBD", Stance("+", "possible", "past")),
    ],
)
def test_helpers_and_adverbs(helpers: str, verb: str, tag: str, expected: Stance) -> None:
    assert of(verb, *simple(helpers, verb, tag)) == expected


@pytest.mark.parametrize(
    ("governor", "polarity", "certainty", "tense"),
    [("planned", "+", "certain", "future"), ("failed", "-", "certain", "past"), ("wanted", "+", "possible", "future"),
     ("managed", "+", "certain", "past"), ("seemed", "+", "probable", "past"), ("forgot", "-", "certain", "past"),
     ("tried", "+", "possible", "future"), ("refused", "-", "certain", "past"), ("declined", "-", "certain", "past"),
     ("had", "+", "certain", "past")],
)  # fmt: skip
def test_a_governing_verb_passes_its_stance_on(governor: str, polarity: str, certainty: str, tense: str) -> None:
    lemma = {"planned": "plan", "failed": "fail", "wanted": "want", "managed": "manage", "seemed": "seem",
             "forgot": "forget", "tried": "try", "refused": "refuse", "declined": "decline",
             "had": "have"}[governor]  # fmt: skip
    found = of(
        "sell",
        f"Acme {governor} to sell Bolt.",
        f"""
        Acme 2 nsubj PROPN _ _ B-Organization
        {governor} 0 root VERB {lemma} VBD
        to 4 mark PART to TO
        sell 2 xcomp VERB sell VB
        Bolt 4 obj PROPN _ _ B-Organization
        . 2 punct PUNCT
        """,
    )
    assert (found.polarity, found.certainty, found.tense) == (polarity, certainty, tense)


def test_denying_a_clause_turns_it_round_and_telling_does_not() -> None:
    for verb, lemma, polarity in (("denied", "deny", "-"), ("added", "add", "+")):
        found = of(
            "sold",
            f"Acme {verb} that Bolt sold Nut.",
            f"""
            Acme 2 nsubj PROPN _ _ B-Organization
            {verb} 0 root VERB {lemma} VBD
            that 5 mark SCONJ that IN
            Bolt 5 nsubj PROPN _ _ B-Organization
            sold 2 ccomp VERB sell VBD
            Nut 5 obj PROPN _ _ B-Organization
            . 2 punct PUNCT
            """,
        )
        assert found.polarity == polarity


def test_no_before_a_subject_denies() -> None:
    found = of(
        "left",
        "No worker left Bolt.",
        """
        No 2 det DET no DT
        worker 3 nsubj NOUN worker NN
        left 0 root VERB leave VBD
        Bolt 3 obj PROPN _ _ B-Organization
        . 3 punct PUNCT
        """,
    )
    assert found.polarity == "-"


def test_if_makes_both_clauses_conditional() -> None:
    text = "If Bolt sells, Acme gains."
    rows = """
    If 3 mark SCONJ if IN
    Bolt 3 nsubj PROPN _ _ B-Organization
    sells 6 advcl VERB sell VBZ
    , 3 punct PUNCT
    Acme 6 nsubj PROPN _ _ B-Organization
    gains 0 root VERB gain VBZ
    . 6 punct PUNCT
    """
    assert of("sells", text, rows).conditional
    assert of("gains", text, rows).conditional


def test_a_question_is_only_possible_and_a_purpose_is_to_come() -> None:
    asked = of(
        "sell",
        "Did Acme sell Bolt?",
        """
        Did 3 aux AUX do VBD
        Acme 3 nsubj PROPN _ _ B-Organization
        sell 0 root VERB sell VB
        Bolt 3 obj PROPN _ _ B-Organization
        ? 3 punct PUNCT
        """,
    )
    assert asked.certainty == "possible"
    purpose = of(
        "raise",
        "Acme sold Bolt to raise cash.",
        """
        Acme 2 nsubj PROPN _ _ B-Organization
        sold 0 root VERB sell VBD
        Bolt 2 obj PROPN _ _ B-Organization
        to 5 mark PART to TO
        raise 2 advcl VERB raise VB
        cash 5 obj NOUN cash NN
        . 2 punct PUNCT
        """,
    )
    assert purpose == Stance("+", "certain", "future")


def test_not_only_denies_nothing_and_cannot_is_sure() -> None:
    only = of(
        "sold",
        "Acme not only sold Bolt.",
        """
        Acme 4 nsubj PROPN _ _ B-Organization
        not 4 advmod PART not RB
        only 4 advmod ADV only RB
        sold 0 root VERB sell VBD
        Bolt 4 obj PROPN _ _ B-Organization
        . 4 punct PUNCT
        """,
    )
    assert only.polarity == "+"
    cannot = of(
        "sell",
        "Acme can not sell Bolt.",
        """
        Acme 4 nsubj PROPN _ _ B-Organization
        can 4 aux AUX can MD
        not 4 advmod PART not RB
        sell 0 root VERB sell VB
        Bolt 4 obj PROPN _ _ B-Organization
        . 4 punct PUNCT
        """,
    )
    assert (cannot.polarity, cannot.certainty) == ("-", "certain")


def test_what_somebody_went_on_to_do_was_done() -> None:
    found = of(
        "found",
        "Lee went on to found Acme.",
        """
        Lee 2 nsubj PROPN _ _ B-Person
        went 0 root VERB go VBD
        on 2 advmod ADV on RB
        to 5 mark PART to TO
        found 2 advcl VERB found VB
        Acme 5 obj PROPN _ _ B-Organization
        . 2 punct PUNCT
        """,
    )
    assert (found.polarity, found.certainty, found.tense) == ("+", "certain", "past")


def fits(rows: str, **stances: Stance) -> None:
    """Assert the stance of some words of the sentence whose tree ``rows`` lists, its words joined by blanks."""
    text = " ".join(line.split()[0] for line in rows.strip().splitlines())
    found = {token.text: stance(token) for token in parse(text, rows) if token.text in stances}
    assert found == stances


def infinitive(governor: str, *, helpers: str = "", perfect: bool = False) -> Stance:
    """The stance of «sell» (or «have sold») in «Acme HELPERS GOVERNOR to sell Bolt», a GOVERNOR form/UPOS/lemma/tag."""
    form, pos, lemma, tag = governor.split("/")
    rows, place = ["Acme {top} nsubj PROPN _ _ B-Organization"], 2
    for word in helpers.split():
        spoken = "advmod ADV" if word in ("not", "n't") else "cop AUX" if pos == "ADJ" else "aux AUX"
        tag_of = {"did": "VBD", "was": "VBD", "is": "VBZ", "does": "VBZ", "will": "MD", "may": "MD"}.get(word, "RB")
        rows.append(f"{word} {{top}} {spoken} {'be' if word in ('is', 'was') else word} {tag_of}")
        place += 1
    rows += [f"{form} 0 root {pos} {lemma} {tag}", "to {sell} mark PART to TO"]
    rows += ["have {sell} aux AUX have VB", "sold {top} xcomp VERB sell VBN"] if perfect else [
        "sell {top} xcomp VERB sell VB"]  # fmt: skip
    rows += ["Bolt {sell} obj PROPN _ _ B-Organization"]
    tree = "\n".join(row.format(top=place, sell=place + 2 + perfect) for row in rows)
    text = " ".join(row.split()[0] for row in rows)
    return of("sold" if perfect else "sell", text, tree)


@pytest.mark.parametrize(
    ("helpers", "governor", "expected"),
    [
        ("is", "expected/VERB/expect/VBN", Stance("+", "probable", "future")),
        ("is", "going/VERB/go/VBG", Stance("+", "certain", "future")),
        ("is", "due/ADJ/due/JJ", Stance("+", "certain", "future")),
        ("is", "likely/ADJ/likely/JJ", Stance("+", "probable", "future")),
        ("is", "unlikely/ADJ/unlikely/JJ", Stance("-", "probable", "future")),
        ("is not", "likely/ADJ/likely/JJ", Stance("-", "probable", "future")),
        ("is", "willing/ADJ/willing/JJ", Stance("+", "possible", "future")),
        ("is", "able/ADJ/able/JJ", Stance("+", "possible", "future")),
        ("was", "able/ADJ/able/JJ", Stance("+", "certain", "past")),
        ("was", "unable/ADJ/unable/JJ", Stance("-", "certain", "past")),
        ("was not", "able/ADJ/able/JJ", Stance("-", "certain", "past")),
        ("did not", "fail/VERB/fail/VB", Stance("+", "certain", "past")),  # two denials
        ("did not", "refuse/VERB/refuse/VB", Stance("+", "possible", "past")),  # perhaps it was never asked
        ("did not", "manage/VERB/manage/VB", Stance("-", "certain", "past")),
        ("does not", "want/VERB/want/VB", Stance("-", "probable", "future")),
        ("does not", "need/VERB/need/VB", Stance("+", "possible", "future")),
        ("was", "forced/VERB/force/VBN", Stance("+", "certain", "past")),
        ("was not", "forced/VERB/force/VBN", Stance("+", "possible", "past")),
        ("may", "agree/VERB/agree/VB", Stance("+", "possible", "future")),
        ("may", "fail/VERB/fail/VB", Stance("-", "possible", "future")),
        ("will", "have/VERB/have/VB", Stance("+", "certain", "future")),
    ],
)
def test_what_governs_an_infinitive_decides_on_it(helpers: str, governor: str, expected: Stance) -> None:
    assert infinitive(governor, helpers=helpers) == expected


def test_to_have_sold_is_past_whatever_governs_it() -> None:
    believed = infinitive("believed/VERB/believe/VBN", helpers="is", perfect=True)
    assert believed == Stance("+", "probable", "past")


CLAUSE = """
    Acme {verb} nsubj PROPN _ _ B-Organization
    {helper}{word} 0 root VERB {lemma} {tag}
    that {sold} mark SCONJ that IN
    Bolt {sold} nsubj PROPN _ _ B-Organization
    sold {verb} ccomp VERB sell VBD
    Nut {sold} obj PROPN _ _ B-Organization
    """


@pytest.mark.parametrize(
    ("word", "lemma", "negated", "expected"),
    [
        ("doubts", "doubt", False, Stance("-", "probable", "past")),
        ("believes", "believe", False, Stance("+", "probable", "past")),
        ("believe", "believe", True, Stance("-", "probable", "past")),
        ("deny", "deny", True, Stance("+", "possible", "past")),
        ("say", "say", True, Stance("+", "possible", "past")),
        ("says", "say", False, Stance("+", "certain", "past")),
        ("know", "know", True, Stance("+", "certain", "past")),  # what is known or not is so
    ],
)
def test_what_governs_a_clause_leaves_it_its_tense(word: str, lemma: str, negated: bool, expected: Stance) -> None:
    helper = "does {verb} aux AUX do VBZ\n    not {verb} advmod PART not RB\n    " if negated else ""
    verb = 4 if negated else 2
    rows = CLAUSE.replace("{helper}", helper)
    fits(rows.format(word=word, lemma=lemma, tag="VB" if negated else "VBZ", verb=verb, sold=verb + 3), sold=expected)


def test_stance_composes_along_all_governors() -> None:
    fits(
        """
        Acme 2 nsubj PROPN _ _ B-Organization
        denied 0 root VERB deny VBD
        that 5 mark SCONJ that IN
        it 5 nsubj PRON
        failed 2 ccomp VERB fail VBD
        to 7 mark PART to TO
        sell 5 xcomp VERB sell VB
        Bolt 7 obj PROPN _ _ B-Organization
        """,
        denied=Stance("+", "certain", "past"),
        failed=Stance("-", "certain", "past"),
        sell=Stance("+", "certain", "past"),
    )  # fmt: skip


NOUN = """
    Lee 2 nsubj PROPN _ _ B-Person
    {verb} 0 root VERB _ VBD
    {det} 4 det DET {det} DT
    {noun} 2 obj NOUN {noun} NN
    """


@pytest.mark.parametrize(
    ("det", "noun", "expected"),
    [
        ("the", "plan", Stance("+", "certain", "future")),
        ("no", "plan", Stance("-", "certain", "future")),
        ("the", "failure", Stance("-", "certain", "past")),
        ("the", "refusal", Stance("-", "certain", "past")),
        ("the", "effort", Stance("+", "possible", "future")),
        ("a", "proposal", Stance("+", "possible", "future")),
    ],
)
def test_a_noun_passes_its_stance_on_to_its_infinitive(det: str, noun: str, expected: Stance) -> None:
    rows = NOUN.format(verb="noted", det=det, noun=noun) + "to 6 mark PART to TO\n    sell 4 acl VERB sell VB"
    fits(rows, sell=expected)


@pytest.mark.parametrize(
    ("noun", "expected"),
    [
        ("allegation", Stance("+", "probable", "past")),
        ("possibility", Stance("+", "possible", "past")),
        ("fact", Stance("+", "certain", "past")),
    ],
)
def test_a_noun_passes_its_stance_on_to_its_clause(noun: str, expected: Stance) -> None:
    rows = NOUN.format(verb="noted", det="the", noun=noun)
    fits(rows + "that 7 mark SCONJ that IN\n    Acme 7 nsubj PROPN\n    sold 4 acl VERB sell VBD", sold=expected)


def test_an_announced_plan_is_announced_in_the_past() -> None:
    rows = NOUN.format(verb="noted", det="the", noun="plan") + "announced 4 acl VERB announce VBN"
    fits(rows, announced=Stance("+", "certain", "past"))


def test_no_evidence_leaves_open_and_no_doubt_affirms() -> None:
    for noun, certainty in (("evidence", "possible"), ("doubt", "certain")):
        fits(
            f"""
            There 2 expl PRON there EX
            is 0 root VERB be VBZ
            no 4 det DET no DT
            {noun} 2 nsubj NOUN {noun} NN
            that 7 mark SCONJ that IN
            Acme 7 nsubj PROPN _ _ B-Organization
            sold 4 acl VERB sell VBD
            """,
            sold=Stance("+", certainty, "past"),  # type: ignore[arg-type]
        )


@pytest.mark.parametrize(
    ("words", "polarity"),
    [
        ("Few amod/ADJ/JJ", "-"), ("No det/DET/DT", "-"), ("Neither det/DET/DT", "-"), ("Many amod/ADJ/JJ", "+"),
        ("A det/DET/DT few amod/ADJ/JJ", "+"), ("The det/DET/DT few amod/ADJ/JJ", "+"),
    ],
)  # fmt: skip
def test_few_denies_and_a_few_does_not(words: str, polarity: str) -> None:
    before = list(zip(words.split()[::2], words.split()[1::2], strict=True))
    noun, verb = len(before) + 1, len(before) + 2
    rows = [f"{form} {noun} {told.split('/')[0]} {told.split('/')[1]} _ {told.split('/')[2]}" for form, told in before]
    rows += [f"workers {verb} nsubj NOUN worker NNS", "left 0 root VERB leave VBD"]
    fits("\n".join(rows), left=Stance(polarity, "certain", "past"))  # type: ignore[arg-type]


def test_nobody_and_none_deny_and_two_denials_do_not() -> None:
    for subject in ("Nobody", "None"):
        fits(f"{subject} 2 nsubj PRON\nleft 0 root VERB leave VBD", left=Stance("-", "certain", "past"))
    fits(
        """
        Nobody 4 nsubj PRON
        did 4 aux AUX do VBD
        not 4 advmod PART not RB
        leave 0 root VERB leave VB
        """,
        leave=Stance("+", "certain", "past"),
    )


def test_under_no_circumstances_and_no_longer_deny() -> None:
    fits(
        """
        Under 3 case ADP
        no 3 det DET no DT
        circumstances 6 obl NOUN circumstance NNS
        will 6 aux AUX will MD
        Acme 6 nsubj PROPN
        sell 0 root VERB sell VB
        """,
        sell=Stance("-", "certain", "future"),
    )
    fits(
        """
        Acme 4 nsubj PROPN
        no 3 advmod ADV no RB
        longer 4 advmod ADV longer RB
        sells 0 root VERB sell VBZ
        """,
        sells=Stance("-", "certain", "present"),
    )


@pytest.mark.parametrize(
    ("mark", "verb", "polarity"),
    [("without", "selling", "-"), ("instead", "selling", "-"), ("before", "selling", "+"), ("after", "selling", "+")],
)
def test_what_is_left_undone_is_denied(mark: str, verb: str, polarity: str) -> None:
    fits(
        f"""
        Acme 2 nsubj PROPN
        grew 0 root VERB grow VBD
        {mark} 4 mark SCONJ {mark} IN
        {verb} 2 advcl VERB sell VBG
        """,
        selling=Stance(polarity, "certain", "past"),  # type: ignore[arg-type]
    )


def test_before_a_past_verb_leaves_it_done() -> None:
    fits(
        """
        Before 3 mark SCONJ before IN
        it 3 nsubj PRON
        sold 5 advcl VERB sell VBD
        Acme 5 nsubj PROPN
        grew 0 root VERB grow VBD
        """,
        sold=Stance("+", "certain", "past"), grew=Stance("+", "certain", "past"),
    )  # fmt: skip


@pytest.mark.parametrize(("joined", "polarity"), [("or", "-"), ("but", "+")])
def test_a_denial_is_shared_by_or_and_not_by_but(joined: str, polarity: str) -> None:
    fits(
        f"""
        Acme 4 nsubj PROPN
        did 4 aux AUX do VBD
        not 4 advmod PART not RB
        buy 0 root VERB buy VB
        {joined} 6 cc CCONJ {joined} CC
        sell 4 conj VERB sell VB
        """,
        sell=Stance(polarity, "certain", "past"),  # type: ignore[arg-type]
    )


def test_reportedly_is_shared_by_the_second_verb() -> None:
    fits(
        """
        Acme 3 nsubj PROPN
        reportedly 3 advmod ADV reportedly RB
        bought 0 root VERB buy VBD
        and 5 cc CCONJ and CC
        sold 3 conj VERB sell VBD
        """,
        sold=Stance("+", "probable", "past"),
    )


def test_whether_is_a_question_and_no_condition() -> None:
    for mark in ("whether", "if"):
        fits(
            f"""
            Lee 2 nsubj PROPN
            asked 0 root VERB ask VBD
            {mark} 5 mark SCONJ {mark} IN
            Acme 5 nsubj PROPN
            sold 2 ccomp VERB sell VBD
            """,
            sold=Stance("+", "possible", "past"),
        )


def test_why_takes_for_granted_what_it_asks_of() -> None:
    fits(
        """
        Why 4 advmod ADV why WRB
        did 4 aux AUX do VBD
        Acme 4 nsubj PROPN
        sell 0 root VERB sell VB
        ? 4 punct PUNCT ? .
        """,
        sell=Stance("+", "certain", "past"),
    )


@pytest.mark.parametrize("mark", ["if", "unless", "provided"])
def test_a_condition_binds_both_clauses(mark: str) -> None:
    fits(
        f"""
        Acme 3 nsubj PROPN
        will 3 aux AUX will MD
        sell 0 root VERB sell VB
        {mark} 6 mark SCONJ {mark} IN
        Bolt 6 nsubj PROPN
        agrees 3 advcl VERB agree VBZ
        """,
        sell=Stance("+", "certain", "future", True), agrees=Stance("+", "certain", "present", True),
    )  # fmt: skip


def test_a_condition_without_if_and_one_that_binds_only_itself() -> None:
    fits(
        """
        Had 3 aux AUX have VBD
        Bolt 3 nsubj PROPN
        agreed 7 advcl VERB agree VBN
        Acme 7 nsubj PROPN
        would 7 aux AUX would MD
        have 7 aux AUX have VB
        sold 0 root VERB sell VBN
        """,
        agreed=Stance("+", "certain", "past", True), sold=Stance("+", "probable", "past", True),
    )  # fmt: skip
    fits(
        """
        Acme 2 nsubj PROPN
        saved 0 root VERB save VBD
        in 6 mark ADP in IN
        case 3 fixed NOUN case NN
        Bolt 6 nsubj PROPN
        left 2 advcl VERB leave VBD
        """,
        saved=Stance("+", "certain", "past"), left=Stance("+", "certain", "past", True),
    )  # fmt: skip


def test_would_is_certain_where_it_reports_a_will() -> None:
    fits(
        """
        Acme 2 nsubj PROPN
        said 0 root VERB say VBD
        it 5 nsubj PRON
        would 5 aux AUX would MD
        sell 2 ccomp VERB sell VB
        """,
        sell=Stance("+", "certain", "future"),
    )


def test_a_headline_and_is_to_tell_of_the_future() -> None:
    fits("Acme 3 nsubj PROPN\nto 3 mark PART to TO\nsell 0 root VERB sell VB", sell=Stance("+", "certain", "future"))
    fits(
        """
        Bolt 5 nsubj:pass PROPN
        is 5 aux AUX be VBZ
        to 5 mark PART to TO
        be 5 aux:pass AUX be VB
        sold 0 root VERB sell VBN
        """,
        sold=Stance("+", "certain", "future"),
    )
    fits(
        """
        Acme 2 nsubj PROPN
        opens 0 root VERB open VBZ
        next 4 amod ADJ next JJ
        week 2 obl:unmarked NOUN week NN
        """,
        opens=Stance("+", "certain", "future"),
    )


def test_an_imperative_is_not_done_yet() -> None:
    fits("Sell 0 root VERB sell VB\nBolt 1 obj PROPN", Sell=Stance("+", "possible", "future"))


def test_the_first_to_lead_did_lead() -> None:
    fits(
        """
        Lee 2 nsubj PROPN
        became 0 root VERB become VBD
        the 5 det DET the DT
        first 5 amod ADJ first JJ
        woman 2 xcomp NOUN woman NN
        to 7 mark PART to TO
        lead 5 acl VERB lead VB
        """,
        lead=Stance("+", "certain", "past"),
    )


def test_thanks_that_one_would_like_to_give_are_given() -> None:
    fits(
        """
        We 3 nsubj PRON
        would 3 aux AUX would MD
        like 0 root VERB like VB
        to 5 mark PART to TO
        thank 3 xcomp VERB thank VB
        Bolt 5 obj PROPN
        """,
        thank=Stance("+", "certain", "present"),
    )


def test_too_early_to_see_is_not_seen() -> None:
    fits(
        """
        It 4 nsubj PRON
        is 4 cop AUX be VBZ
        too 4 advmod ADV too RB
        early 0 root ADJ early JJ
        to 6 mark PART to TO
        see 4 advcl VERB see VB
        """,
        see=Stance("-", "certain", "present"),
    )


def test_a_noun_behind_a_verb_has_its_stance() -> None:
    rows = NOUN.format(verb="completed", det="no", noun="takeover")
    assert argument_stance(parse("Lee completed no takeover", rows)[3]).polarity == "-"
    assert argument_stance(parse("Lee completed the takeover", rows.replace("no", "the"))[3]) == Stance(
        "+", "certain", "past"
    )
