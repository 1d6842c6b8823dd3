"""Stance as the shipped model's trees give it: what a sentence of news says of one of its verbs or nouns."""

from __future__ import annotations

import pytest

from kg import extract, language, ontology
from kg.extract.deverbal import verb_of
from kg.extract.stance import argument_stance, stance


def told(sentence: str, word: str) -> str:
    """Polarity, certainty and tense of ``word``, and "if" where it is conditional."""
    doc = language.load()(sentence)
    token = next(token for token in doc if token.text == word)
    found = argument_stance(token) if token.pos_ == "NOUN" and verb_of(token.lemma_) else stance(token)
    return " ".join([found.polarity, found.certainty, found.tense, *(["if"] if found.conditional else [])])


VERBS = [
    # what is meant, tried, asked for
    ("Acme was due to open a plant in Tarnville.", "open", "+ certain future"),
    ("Acme was set to buy Bolt.", "buy", "+ certain future"),
    ("Acme was supposed to buy Bolt.", "buy", "+ probable future"),
    ("Acme had planned to buy Bolt.", "buy", "+ possible future"),
    ("Acme has planned to buy Bolt.", "buy", "+ certain future"),
    ("Acme is in talks to buy Bolt.", "buy", "+ possible future"),
    ("Acme was on the verge of buying Bolt.", "buying", "+ probable future"),
    ("Acme is close to buying Bolt.", "buying", "+ probable future"),
    ("Acme was close to bankruptcy and bought Bolt.", "bought", "+ certain past"),
    ("Ann Lee called on Acme to close the plant.", "close", "+ possible future"),
    ("Ann Lee called a meeting to discuss the plant.", "discuss", "+ certain future"),
    ("Unions insisted that Acme agree to the talks.", "agree", "+ possible future"),
    ("He was jailed for plotting to kill the king.", "kill", "+ possible future"),
    ("Engineers worked to stop the leak.", "stop", "+ possible future"),
    ("A fund was set up to help the victims.", "help", "+ certain future"),
    ("We need a firm that works for everyone.", "works", "+ possible future"),
    ("She proposed a bill banning masks.", "banning", "+ possible future"),
    ("Parliament passed a bill banning masks.", "banning", "+ certain past"),
    ("He did look at the plan and thought, \"Who wrote this?\"", "look", "+ certain past"),
    ("We asked whether there are laws that harm the young.", "harm", "+ possible present"),
    ("We are not able in this study to examine the rocks.", "examine", "- certain future"),
    # what did not happen
    ("Acme has yet to sell Bolt.", "sell", "- certain past"),
    ("Acme is yet to sell Bolt.", "sell", "- certain future"),
    ("Acme nearly sold Bolt.", "sold", "- certain past"),
    ("Acme nearly doubled its profit.", "doubled", "+ certain past"),
    ("Acme decided against buying Bolt.", "buying", "- certain future"),
    ("Acme decided on buying Bolt.", "buying", "+ certain future"),
    ("Acme ruled out buying Bolt.", "buying", "- certain past"),
    ("Acme lacks the money to buy Bolt.", "buy", "- certain future"),
    ("Acme failed in its bid to buy Bolt.", "buy", "- certain future"),
    ("Acme's bid to buy Bolt failed.", "buy", "- certain future"),
    ("Police foiled a plot to attack the embassy.", "attack", "- certain future"),
    ("Police arrested Tom Reed before he could leave the country.", "leave", "- certain past"),
    ("Tom Reed sold his house before he left the country.", "left", "+ certain past"),
    ("The vote to remove Tom Reed failed.", "remove", "- certain future"),
    # what is said, thought, charged
    ("Tom Reed is suspected of killing Ann Lee.", "killing", "+ probable past"),
    ("Analysts are confident that Acme will buy Bolt.", "buy", "+ probable future"),
    # conditions and times to come
    ("Acme would have bought Bolt.", "bought", "+ probable past if"),
    ("Acme should have bought Bolt.", "bought", "+ possible past"),
    ("Acme will keep the plant until Bolt buys it.", "buys", "+ certain future"),
    ("Acme kept the plant until Bolt bought it.", "bought", "+ certain past"),
    ("Acme said it would keep the plant until Bolt bought it.", "bought", "+ certain future"),
    ("Acme will pay for Bolt once regulators approve the deal.", "approve", "+ certain future"),
    ("Acme will close the plant even if Bolt buys it.", "close", "+ certain future"),
    ("Acme will close the plant if Bolt buys it.", "close", "+ certain future if"),
    ("Had Acme bought Bolt, it would have closed the plant.", "bought", "+ certain past if"),
    ("The shares rose as if Acme had bought Bolt.", "rose", "+ certain past"),
    ("Whoever buys Bolt will close the plant.", "buys", "+ possible present"),
    ("The bridge was strong enough to survive the flood.", "survive", "+ certain past"),
    ("The bridge is strong enough to survive a flood.", "survive", "+ possible future"),
]  # fmt: skip

NOUNS = [
    # what the adjective says
    ("The planned takeover of Bolt by Acme surprised investors.", "takeover", "+ certain future"),
    ("The expected takeover of Bolt by Acme surprised investors.", "takeover", "+ probable future"),
    ("The proposed takeover of Bolt by Acme surprised investors.", "takeover", "+ possible future"),
    ("The rumoured takeover of Bolt by Acme surprised investors.", "takeover", "+ probable past"),
    ("The failed takeover of Bolt by Acme surprised investors.", "takeover", "- certain past"),
    ("The would-be takeover of Bolt by Acme surprised investors.", "takeover", "+ possible future"),
    ("The friendly takeover of Bolt by Acme surprised investors.", "takeover", "+ certain past"),
    ("The alleged murder of Ann Lee shocked the town.", "murder", "+ probable past"),
    ("Tom Reed was charged with the attempted murder of Ann Lee.", "murder", "+ possible past"),
    ("Regulators blocked the proposed takeover of Bolt by Acme.", "takeover", "- certain past"),
    ("Acme's recent acquisition of Bolt may create jobs.", "acquisition", "+ certain past"),
    ("Acme's acquisition of Bolt may create jobs.", "acquisition", "+ possible future"),
    ("An attack planned for Monday was described in a letter.", "attack", "+ certain future"),
    # what governs it
    ("Acme called off its acquisition of Bolt.", "acquisition", "- certain past"),
    ("Coastguards called off the search.", "search", "+ certain past"),
    ("Police foiled an attack on the embassy.", "attack", "- certain past"),
    ("The court rejected Tom Reed's appeal against the ruling.", "appeal", "+ certain past"),
    ("Unions oppose the closure of the plant by Acme.", "closure", "+ possible future"),
    ("Acme refused to rule out the closure of the plant.", "closure", "+ possible past"),
    ("Unions called for an investigation of the crash.", "investigation", "+ possible future"),
    ("Acme announced a plan for the acquisition of Bolt.", "acquisition", "+ certain future"),
    ("Plans for the acquisition of Bolt were scrapped.", "acquisition", "- certain future"),
    ("The threat of the closure of the plant worried the town.", "closure", "+ possible future"),
    ("The takeover of Bolt by Acme collapsed.", "takeover", "- certain past"),
    ("Following its takeover of Bolt, Acme may grow.", "takeover", "+ certain past"),
    ("Acme did not complete the acquisition of Bolt.", "acquisition", "- certain past"),
    ("Acme did not describe the acquisition of Bolt.", "acquisition", "+ certain past"),
    ("Acme completed its planned acquisition of Bolt.", "acquisition", "+ certain past"),
    ("Acme criticised the planned acquisition of Bolt.", "acquisition", "+ certain future"),
    ("Guards did not prevent the attack on the embassy.", "attack", "+ certain past"),
    ("Acme dropped its bid for Bolt.", "bid", "+ certain past"),
    ("A motion for the dismissal of Tom Reed failed.", "dismissal", "- certain future"),
    ("Acme described the acquisition of Bolt as a step.", "acquisition", "+ certain past"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "word", "expected"), [*VERBS, *NOUNS])
def test_what_a_sentence_says_of_a_word(sentence: str, word: str, expected: str) -> None:
    assert told(sentence, word) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ann Lee called on Acme to close the plant.", ("Acme", "close", "the plant")),
        ("Acme hired Ann Lee to run its plant.", ("Ann Lee", "run", "its plant")),
        ("Ann Lee waited for months to buy Bolt.", ("Ann Lee", "waited for", "months")),
        ("Acme was to buy Bolt in May.", ("Acme", "was to buy", "Bolt")),
        ("Acme was due to open a plant in Tarnville.", ("Acme", "was due to open", "a plant")),
        ("Acme has yet to sell Bolt.", ("Acme", "has yet to sell", "Bolt")),
        ("Shareholders rejected Acme's offer to buy Bolt.", ("Acme", "buy", "Bolt")),
    ],
)
def test_who_does_what_is_asked_for_and_in_which_words(sentence: str, expected: tuple[str, str, str]) -> None:
    assert expected in extract.triples(language.load()(sentence))


def test_nobody_does_himself_what_he_asks_of_others() -> None:
    found = extract.triples(language.load()("Ann Lee called on Acme to close the plant."))
    assert all("close" not in relation for subject, relation, _ in found if subject == "Ann Lee")


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("The planned takeover of Bolt by Acme surprised investors.", "Planned"),
        ("Acme called off its takeover of Bolt.", "Cancelled"),
        ("Acme may call off its takeover of Bolt.", "Planned"),
        ("Acme refused to rule out the closure of its plant.", "Planned"),
        ("Acme ruled out the closure of its plant.", "Denied"),
        ("The takeover of Bolt by Acme surprised investors.", "Happened"),
    ],
)
def test_how_far_the_event_of_a_noun_got(sentence: str, status: str) -> None:
    events = extract.extraction(language.load()(sentence), ontology.load()).events
    assert [event.status for event in events] == [status]


@pytest.mark.parametrize(
    ("sentence", "certainty", "tense"),
    [
        ("Ruritania's would-be president Ann Lee left.", "possible", "future"),
        ("Incoming president Ann Lee left.", "certain", "future"),
        ("Former president Ann Lee left.", "certain", "past"),
        ("President Ann Lee left.", "certain", "present"),
    ],
)
def test_who_does_not_hold_a_title_yet(sentence: str, certainty: str, tense: str) -> None:
    found = extract.extraction(language.load()(sentence), ontology.load()).propositions
    jobs = [one for one in found if one.rule == "title-before"]
    assert [(one.object.text.lower(), one.certainty, one.tense) for one in jobs] == [("president", certainty, tense)]
