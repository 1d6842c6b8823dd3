"""Stance: polarity, certainty, tense and condition, on trees written by hand."""

from __future__ import annotations

import pytest

from kg.extract.parts import Stance
from kg.extract.stance import stance
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
        ("should", "shed", "VB", Stance("+", "probable", "present")),
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
    [("planned", "+", "probable", "future"), ("failed", "-", "certain", "past"), ("wanted", "+", "possible", "future"),
     ("managed", "+", "certain", "past"), ("seemed", "+", "probable", "past")],
)  # fmt: skip
def test_a_governing_verb_passes_its_stance_on(governor: str, polarity: str, certainty: str, tense: str) -> None:
    lemma = {"planned": "plan", "failed": "fail", "wanted": "want", "managed": "manage", "seemed": "seem"}[governor]
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


def test_a_question_and_a_purpose_are_only_possible() -> None:
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
    assert purpose.certainty == "possible"


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
