"""What stands of a clause under verbs of saying and thinking, denied, asked or supposed: 70 sentences, read as shipped.

After the CommitmentBank (de Marneffe et al. 2019): what is embedded under a negation, a question, a modal or a
condition was neither said nor denied; what is known holds whoever knows it.
"""

from __future__ import annotations

import pytest

from kg import build, ontology
from kg.records import Article, Extraction, Proposition

CASES = [
    # said, told, claimed: the speaker vouches
    ("Lee said that Acme sold Bolt.", "+ certain past by Lee"),
    ("Acme sold Bolt, Lee said.", "+ certain past by Lee"),
    ("Lee told reporters that Acme sold Bolt.", "+ certain past by Lee"),
    ("According to Lee, Acme sold Bolt.", "+ certain past by Lee"),
    ("Lee confirmed that Acme sold Bolt.", "+ certain past by Lee"),
    ("Lee insisted that Acme sold Bolt.", "+ certain past by Lee"),
    ("Lee admitted that Acme sold Bolt.", "+ certain past by Lee"),
    ("Lee claimed that Acme sold Bolt.", "+ certain past by Lee"),
    ("Lee suggested that Acme sold Bolt.", "+ probable past by Lee"),
    ("Lee predicted that Acme will sell Bolt.", "+ probable future by Lee"),
    ("Lee warned that Acme could sell Bolt.", "+ possible future by Lee"),
    ("Lee promised that Acme will sell Bolt.", "+ certain future by Lee"),
    ("Lee said that Acme might sell Bolt.", "+ possible future by Lee"),
    ("Lee said that Acme did not sell Bolt.", "- certain past by Lee"),
    ("Lee said Park had denied that Acme sold Bolt.", "- certain past by Park"),
    ("Lee convinced the board that Acme sold Bolt.", "+ certain past by Lee"),
    ("Lee's claim that Acme sold Bolt surprised investors.", "+ probable past by Lee"),
    ("It was reported that Acme sold Bolt.", "+ certain past by someone"),
    ("Lee was told that Acme sold Bolt.", "+ certain past by someone"),
    ("Acme is said to have sold Bolt.", "+ probable past by someone"),
    ("Acme is believed to have sold Bolt.", "+ probable past by someone"),
    ("Acme reportedly sold Bolt.", "+ probable past"),
    ("Acme allegedly sold Bolt.", "+ probable past"),
    ("Lee said that if Acme sells Bolt, workers will strike.", "+ certain present if by Lee"),
    # denied
    ("Lee denied that Acme sold Bolt.", "- certain past by Lee"),
    ("Lee has denied that Acme sold Bolt.", "- certain past by Lee"),
    ("Acme denied selling Bolt.", "- certain past by Acme"),
    ("Acme denied having sold Bolt.", "- certain past by Acme"),
    ("Lee denied that Acme did not sell Bolt.", "+ certain past by Lee"),
    ("It is not true that Acme sold Bolt.", "- certain past"),
    ("The report that Acme sold Bolt is false.", "- certain past"),
    ("Acme admitted selling Bolt.", "+ certain past by Acme"),
    ("Acme claims to have sold Bolt.", "+ probable past by Acme"),
    # neither said nor denied
    ("Lee did not say that Acme sold Bolt.", "+ possible past"),
    ("Lee never said that Acme sold Bolt.", "+ possible past"),
    ("Nobody said that Acme sold Bolt.", "+ possible past"),
    ("No official said that Acme sold Bolt.", "+ possible past"),
    ("Lee did not confirm that Acme sold Bolt.", "+ possible past"),
    ("Lee could not confirm that Acme sold Bolt.", "+ possible past"),
    ("Lee refused to confirm that Acme sold Bolt.", "+ possible past"),
    ("Lee declined to say whether Acme sold Bolt.", "+ possible past"),
    ("Lee would not say whether Acme sold Bolt.", "+ possible past"),
    ("Lee did not deny that Acme sold Bolt.", "+ possible past"),
    ("Lee neither confirmed nor denied that Acme sold Bolt.", "+ possible past"),
    ("Lee failed to convince the board that Acme sold Bolt.", "+ possible past"),
    ("Lee wanted to say that Acme sold Bolt.", "+ possible past"),
    ("Lee is expected to announce that Acme sold Bolt.", "+ possible past by someone"),
    ("Lee may say that Acme sold Bolt.", "+ possible past"),
    ("Lee might deny that Acme sold Bolt.", "+ possible past"),
    ("Lee could claim that Acme sold Bolt.", "+ possible past"),
    ("If Lee says that Acme sold Bolt, shares will fall.", "+ possible past if"),
    ("If Lee denies that Acme sold Bolt, shares will rise.", "+ possible past if"),
    ("Unless Lee says that Acme sold Bolt, shares will rise.", "+ possible past if"),
    ("Did Lee say that Acme sold Bolt?", "+ possible past"),
    ("Lee asked whether Acme sold Bolt.", "+ possible past by Lee"),
    ("Lee wondered whether Acme sold Bolt.", "+ possible past by Lee"),
    ("It is unclear whether Acme sold Bolt.", "+ possible past"),
    ("It is possible that Acme sold Bolt.", "+ possible past"),
    # thought
    ("Lee believes that Acme sold Bolt.", "+ probable past by Lee"),
    ("Lee thinks Acme sold Bolt.", "+ probable past by Lee"),
    ("Lee fears that Acme sold Bolt.", "+ possible past by Lee"),
    ("Lee doubts that Acme sold Bolt.", "- probable past by Lee"),
    ("Lee does not believe that Acme sold Bolt.", "- probable past by Lee"),
    ("Lee does not think that Acme sold Bolt.", "- probable past by Lee"),
    ("Lee expects Acme to sell Bolt.", "+ probable future by Lee"),
    ("Lee does not expect Acme to sell Bolt.", "- probable future by Lee"),
    ("Lee hopes that Acme sold Bolt.", "+ possible past"),
    ("Lee might believe that Acme sold Bolt.", "+ possible past"),
    # known: the article vouches
    ("Lee knows that Acme sold Bolt.", "+ certain past"),
    ("Lee does not know that Acme sold Bolt.", "+ certain past"),
    ("Lee does not know whether Acme sold Bolt.", "+ possible past"),
    ("Lee regrets that Acme sold Bolt.", "+ certain past"),
    ("Lee forgot that Acme sold Bolt.", "+ certain past"),
    ("Lee found out that Acme sold Bolt.", "+ certain past"),
    ("It is true that Acme sold Bolt.", "+ certain past"),
    ("Lee pretended that Acme sold Bolt.", "- certain past"),
]


def _told(record: Extraction) -> str:
    """The stance of the clause in which Acme sells Bolt, and who vouches for it."""
    found = next((one for one in record.propositions if _sells(one)), None)
    if found is None:
        return "nothing found"
    words = [found.polarity, found.certainty, found.tense, *(["if"] if found.conditional else [])]
    if found.statement is not None:
        speaker = record.statements[found.statement].speaker
        entity = record.entities[speaker.entity].name if speaker and speaker.entity is not None else "someone"
        words += ["by", entity]
    return " ".join(words)


def _sells(one: Proposition) -> bool:
    return one.subject.text == "Acme" and one.object.text == "Bolt" and "sell" in one.relation.lemma


@pytest.fixture(scope="module")
def records() -> dict[str, str]:
    sentences = [sentence for sentence, _ in CASES]
    found = build.extractions(map(Article.of, sentences), ontology=ontology.load(), on_error=lambda finding: None)
    return {sentence: _told(record) for sentence, record in zip(sentences, found, strict=True)}


@pytest.mark.parametrize("sentence, expected", CASES)
def test_what_stands_of_the_embedded_clause(records: dict[str, str], sentence: str, expected: str) -> None:
    assert records[sentence] == expected
