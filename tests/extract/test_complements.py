"""What belongs to what: sentences of our own, with what must be said of them and what must not."""

from __future__ import annotations

import pytest

from kg import extract, language, ontology

SAID = [
    ("Ann Lee was 82 years old.", ("Ann Lee", "was", "82 years old"), ("Ann Lee", "was", "old")),
    (
        "The storm had winds of 75 miles per hour.",
        ("The storm", "had winds of", "75 miles per hour"),
        ("The storm", "had", "winds of 75 miles"),
    ),
    ("The talks to which it led failed.", ("it", "led to", "The talks"), ("it", "led", "The talks")),
    (
        "Tarn station is in Nordholm and is part of the old network.",
        ("Tarn station", "is", "part of the old network"),
        ("Tarn station", "is in", "part of the old network"),
    ),
    (
        "The old mill was home to 300 people.",
        ("The old mill", "was home to", "300 people"),
        ("The old mill", "was", "home"),
    ),
    (
        "After his arrest on Friday, Lee stayed in Nordholm.",
        ("Lee", "stayed After", "his arrest"),
        ("Lee", "stayed After his arrest on", "Friday"),
    ),
    (
        "US singer, actor and peace activist Ann Lee died in Nordholm.",
        ("Ann Lee", "died in", "Nordholm"),
        ("actor", "died in", "Nordholm"),
    ),
    (
        "There is fear among nurses and doctors about the cuts.",
        ("fear", "is among", "doctors"),
        ("fear", "is", "doctors"),
    ),
    ("The only gifts were a watch and a ring.", ("The only gifts", "were", "a watch and a ring"),
     ("The only gifts", "were", "a watch")),
    ("Both nurses and doctors left the clinic.", ("nurses", "left", "the clinic"),
     ("Both nurses", "left", "the clinic")),
    ("The letter was not publicly released.", ("The letter", "was not", "publicly released"),
     ("The letter", "was not", "released")),
    (
        "The gold medal went to Ann Lee with a time of 48 seconds.",
        ("The gold medal", "went to Ann Lee with", "a time of 48 seconds"),
        ("The gold medal", "went with", "a time of 48 seconds"),
    ),
    (
        "Pictures of him wearing a mask were published by the Ledger.",
        ("him", "wearing", "a mask"),
        ("Pictures of him", "wearing", "a mask"),
    ),
    ("Ann Lee became the first woman to lead Acme.", ("Ann Lee", "lead", "Acme"),
     ("Ann Lee", "became", "the first woman")),
    (
        "The room is too small for the guests.",
        ("The room", "is too small for", "the guests"),
        ("The room", "is", "too small"),
    ),
    (
        "Acme reached levels typical of small firms.",
        ("Acme", "reached", "levels typical of small firms"),
        ("Acme", "reached", "levels"),
    ),
    (
        "The minister called for talks on Monday.",
        ("The minister", "called for talks on", "Monday"),
        ("The minister", "called on", "Monday"),
    ),
    ("The rule will not be effective today.", ("The rule", "will not be effective", "today"),
     ("The rule", "will not be", "effective")),
    ("Ann Lee will lead Acme, not Bolt.", ("Ann Lee", "will lead", "Acme"), ("Ann Lee", "will lead", "Bolt")),
    (
        "Acme attributed the loss to weak demand.",
        ("Acme", "attributed the loss to", "weak demand"),
        ("Acme", "attributed", "the loss"),
    ),
    ("Ann felt like a queen during the ball.", ("Ann", "felt like", "a queen"), ("Ann", "felt during", "the ball")),
    ("The plan cut access to water.", ("The plan", "cut access to", "water"), ("The plan", "cut", "access")),
    (
        "Acme is responsible for cleaning the river.",
        ("Acme", "cleaning", "the river"),
        ("Acme", "is", "responsible"),
    ),
    (
        "Encouraged to sell shares by a banker, Ann Lee called Acme.",
        ("Ann Lee", "called", "Acme"),
        ("Ann Lee", "Encouraged to sell shares by", "a banker"),
    ),
    ("The fleet is ageing, with sanctions hurting it.", ("sanctions", "hurting", "it"), ("The fleet", "hurting", "it")),
    (
        "There were complaints about churches hiding the acts.",
        ("churches", "hiding", "the acts"),
        ("complaints", "hiding", "the acts"),
    ),
    (
        "Acme sued Bolt in Tarnville, asking for more money.",
        ("Acme", "asking for", "more money"),
        ("Tarnville", "asking for", "more money"),
    ),
    (
        "The critics blamed him for hiding the letters.",
        ("him", "hiding", "the letters"),
        ("The critics", "hiding", "the letters"),
    ),
    ("He has come out against the plan.", ("He", "has come out against", "the plan"),
     ("He", "has come against", "the plan")),
    (
        "The letters are about ships and about men.",
        ("The letters", "are about", "men"),
        ("The letters", "are about ships about", "men"),
    ),
    (
        "Bolt is 20 years old and from Tarnville.",
        ("Bolt", "is from", "Tarnville"),
        ("Bolt", "is 20 years old from", "Tarnville"),
    ),
    (
        "On Monday, US singer and painter Bo Lind died at home.",
        ("Bo Lind", "died at", "home"),
        ("painter", "died at", "home"),
    ),
    ("Lee et al examined the rocks.", ("Lee", "examined", "the rocks"), ("al", "examined", "the rocks")),
    ("At least 45 were aboard.", ("At least 45", "were", "aboard"), ("45", "were", "aboard")),
]  # fmt: skip
KEPT = [
    ("Acme took the case after the court granted bail to Lee.", ("Acme", "took", "the case")),
    ("He said that Apple's App Store is closed.", ("Apple", "has", "App Store")),
]
UNSAID = [
    ("The law allowed the owners to go free.", ("The law", "allowed", "the owners")),
    ("The dam broke, leading to floods.", ("The dam", "leading to", "floods")),
    ("We counted the birds, but it is likely that more birds live there.", ("We", "is", "likely")),
    ("She saw a film by Alf Holm, The Girl Who Lost Everything.", ("The Girl", "Lost", "Everything")),
    ("The suffering of those who stayed was great.", ("The suffering of those", "was", "great")),
    ("At what point did you see the fire?", ("you", "did see the fire At", "what point")),
    ("Ann Lee followed the attempts to sell Bolt.", ("Ann Lee", "followed the attempts to sell", "Bolt")),
    ("Acme is in the process of selling Bolt.", ("Acme", "is in", "the process")),
    ("It took five hours to stop the fire.", ("It", "took", "five hours")),
    ("The identity is secret owing to a law.", ("The identity", "owing to", "a law")),
    ("Acme did not immediately base the claim on facts.", ("Acme", "did not immediately base", "the claim")),
    ("We take the trees for granted.", ("We", "take", "the trees")),
    ("Their demands include dissolving parliament.", ("Their demands", "include dissolving", "parliament")),
    ("They can be kept from drifting away by rocks.", ("They", "drifting away by", "rocks")),
    ("A children's choir sang in Nordholm.", ("A children", "has", "choir")),
]
LEMMAS = [
    ("The court identified Ann Lee as the victim.", "identify someone as"),
    ("Ann Lee devoted herself to the poor.", "devote oneself to"),
    ("Bolt took third place in May.", "take third place in"),
    ("The room is too small for the guests.", "be too small for"),
    ("The men fled to Tarnville.", "flee to"),
    ("Acme did not find any major fault in the engine.", "find major fault in"),
    ("Mr Lee became known for his kindness.", "be known for"),
]


def told(sentence: str) -> list[tuple[str, str, str]]:
    return extract.triples(language.load()(sentence))


@pytest.mark.parametrize("sentence, said, unsaid", SAID)
def test_a_phrase_that_finishes_another_goes_with_it(
    sentence: str, said: tuple[str, str, str], unsaid: tuple[str, str, str]
) -> None:
    found = told(sentence)
    assert said in found and unsaid not in found


@pytest.mark.parametrize("sentence, said", KEPT)
def test_what_only_looks_like_a_fixed_phrase_is_kept(sentence: str, said: tuple[str, str, str]) -> None:
    assert said in told(sentence)


@pytest.mark.parametrize("sentence, unsaid", UNSAID)
def test_what_says_nothing_or_something_else_is_left_out(sentence: str, unsaid: tuple[str, str, str]) -> None:
    assert unsaid not in told(sentence)


@pytest.mark.parametrize("sentence, lemma", LEMMAS)
def test_the_lemma_of_a_relation_says_what_stands_between(sentence: str, lemma: str) -> None:
    from kg.extract import clause, reading

    doc = language.load()(sentence)
    assert lemma in [one.lemma for one in reading.readings(clause.clauses(doc), doc)]


def test_a_denial_is_told_once() -> None:
    record = extract.extraction(language.load()("Acme put no pressure on Bolt."), ontology.load())
    told_of = next(one for one in record.propositions if one.relation.lemma == "put pressure on")
    assert (told_of.polarity, told_of.object.text) == ("-", "Bolt")
    assert all(not one.object.text.startswith("no ") for one in record.propositions if one.polarity == "-")
