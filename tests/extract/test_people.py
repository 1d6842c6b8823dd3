"""Lives, ages, nationalities, parties and terms of office, on trees written by hand."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from kg import extract, ontology, resolve
from kg.errors import OntologyError
from kg.extract import life, members
from kg.records import Article, Extraction, Proposition, Span, Time
from tests.extract.parse import parse

NAME = """
    Ann {head} {dep} PROPN _ NNP B-Person
    Lee 1 flat PROPN _ NNP I-Person"""


def read(text: str, rows: str) -> Extraction:
    doc = parse(text, rows)
    doc.user_data["article"] = Article.of(text, date=datetime.date(2019, 5, 10))
    return resolve.link(extract.extraction(doc, ontology.load()))


def told(record: Extraction, name: str) -> list[Proposition]:
    return [one for one in record.propositions if one.property == name]


def words(record: Extraction, time: int | None) -> str | None:
    return None if time is None else record.article.text[record.times[time].start : record.times[time].end]


# --- lives -------------------------------------------------------------------------------------------------------


def lives(inside: str, *, kind: str = "Person") -> list[tuple[str | None, str | None]]:
    """The dates of birth and death in a parenthesis behind «Ann Lee» (kind: what the pipeline takes her name for)."""
    tokens = inside.split()
    rows = [f"Ann 0 root PROPN _ NNP B-{kind}", f"Lee 1 flat PROPN _ NNP I-{kind}", "( 1 punct PUNCT _ -LRB-"]
    rows += [f"{token} 1 dep X" for token in tokens]
    doc = parse(f"Ann Lee ({' '.join(tokens)} )", "\n".join([*rows, ") 1 punct PUNCT _ -RRB-"]))
    return [tuple(moment and moment.value for moment in (one.birth, one.death)) for one in life.lives(doc)]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("inside", "birth", "death"),
    [
        ("born 3 May 1972", "1972-05-03", None),
        ("b. 1972", "1972", None),
        ("born Ann Gray, May 3, 1972 in Leeds", "1972-05-03", None),
        ("died 4 June 2010", None, "2010-06-04"),
        ("born c. 1942 ; died 1 June 2004 in Oslo", "1942", "2004-06-01"),
        ("3 May 1972 – 4 June 2010", "1972-05-03", "2010-06-04"),
        ("1905–1981", "1905", "1981"),
        ("May 3, 1912, Leeds — June 1986, Oslo", "1912-05-03", "1986-06"),
    ],
)
def test_a_parenthesis_tells_of_birth_and_death(inside: str, birth: str | None, death: str | None) -> None:
    assert lives(inside) == [(birth, death)]


@pytest.mark.parametrize("inside", ["2009–2014", "1999", "1812–1999", "founded 1999", "Acme, 1 May 2001 – 2 May 2002"])
def test_a_term_of_office_or_a_single_year_is_no_life(inside: str) -> None:
    assert lives(inside) == []


def test_only_words_of_birth_make_a_person_of_an_unknown_name() -> None:
    assert lives("born 1972", kind="Other") == [("1972", None)]
    assert lives("1905–1981", kind="Other") == []
    assert lives("born 1972", kind="Organization") == []


def test_a_range_of_years_becomes_two_times() -> None:
    doc = parse(
        "Ann Lee (1905–1981) left.",
        NAME.format(head=6, dep="nsubj")
        + """
        ( 4 punct PUNCT _ -LRB-
        1905–1981 1 nmod:unmarked NUM _ CD
        ) 4 punct PUNCT _ -RRB-
        left 0 root VERB leave VBD
        . 6 punct PUNCT
        """,
    )
    times = life.dated((Time(9, 18, "DATE", "1905/1981"),), life.lives(doc))
    assert times == (Time(9, 13, "DATE", "1905"), Time(14, 18, "DATE", "1981"))


# --- ages --------------------------------------------------------------------------------------------------------


def test_an_age_behind_a_name_is_an_amount_of_years() -> None:
    record = read(
        "Ann Lee, 43, left.",
        NAME.format(head=6, dep="nsubj")
        + """
        , 4 punct PUNCT
        43 1 amod NUM _ CD
        , 1 punct PUNCT
        left 0 root VERB leave VBD
        . 6 punct PUNCT
        """,
    )
    (age,) = told(record, "kg:age")
    assert age.object.amount is not None
    assert (record.amounts[age.object.amount].value, record.amounts[age.object.amount].unit) == (43, "years old")


@pytest.mark.parametrize(("verb", "lemma", "ages"), [("died", "die", 1), ("married", "marry", 0)])
def test_an_age_at_which_something_happened_is_none_unless_it_was_the_last(verb: str, lemma: str, ages: int) -> None:
    record = read(
        f"Ann Lee {verb} at the age of 43.",
        NAME.format(head=3, dep="nsubj")
        + f"""
        {verb} 0 root VERB {lemma} VBD
        at 6 case ADP _ IN
        the 6 det DET _ DT
        age 3 obl NOUN _ NN
        of 8 case ADP _ IN
        43 6 nmod NUM _ CD
        . 3 punct PUNCT
        """,
    )
    assert len(told(record, "kg:age")) == ages


# --- nationality and party ---------------------------------------------------------------------------------------

BANKER = """
    The 3 det DET _ DT
    {word} 3 amod ADJ _ JJ B-Group
    {noun} 6 nsubj NOUN _ NN
    Ann 3 appos PROPN _ NNP B-Person
    Lee 4 flat PROPN _ NNP I-Person
    left 0 root VERB leave VBD
    . 6 punct PUNCT
"""


def test_an_american_is_of_the_united_states_and_no_american_is_a_country() -> None:
    record = read("The American banker Ann Lee left.", BANKER.format(word="American", noun="banker"))
    (one,) = told(record, "schema:nationality")
    assert one.object.mention is None and one.object.entity is not None
    assert one.object.text == "American"
    assert (record.entities[one.object.entity].name, record.entities[one.object.entity].kind) == (
        "United States", "Place",
    )  # fmt: skip
    assert not [m for m in record.mentions if m.entity == one.object.entity]
    assert resolve.keys(record).entities[one.object.entity].key == "united-states"


def test_a_country_that_the_article_names_is_the_same_entity() -> None:
    record = read(
        "The American banker Ann Lee left. United States won.",
        BANKER.format(word="American", noun="banker")
        + """
        United 3 nsubj PROPN _ NNP B-Place
        States 1 flat PROPN _ NNPS I-Place
        won 0 root VERB win VBD
        . 3 punct PUNCT
        """,
    )
    (one,) = told(record, "schema:nationality")
    (place,) = [m for m in record.mentions if record.article.text[m.start : m.end] == "United States"]
    assert one.object.entity == place.entity


@pytest.mark.parametrize(("word", "noun", "parties"), [("Republican", "senator", 1), ("Republican", "banker", 0)])
def test_the_word_for_a_party_describes_politicians(word: str, noun: str, parties: int) -> None:
    record = read(f"The {word} {noun} Ann Lee left.", BANKER.format(word=word, noun=noun))
    names = [record.entities[one.object.entity or 0].name for one in told(record, "kg:politicalParty")]
    assert names == ["Republican Party"] * parties


def test_a_people_of_descent_is_no_nationality() -> None:
    record = read(
        "Ann Lee was of Japanese descent.",
        NAME.format(head=6, dep="nsubj")
        + """
        was 6 cop AUX be VBD
        of 6 case ADP _ IN
        Japanese 6 amod ADJ _ JJ B-Group
        descent 0 root NOUN _ NN
        . 6 punct PUNCT
        """,
    )
    assert told(record, "schema:nationality") == []


def test_words_for_members_are_checked_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "members.ttl"
    line = 'country:mar skos:prefLabel "Mar"@en ; kg:memberWord "Marian"@en, "Mar"@en .'
    file.write_text(f"# words\n{line}\n", encoding="utf-8")
    assert members.read(file)["Marian"] == members.Body("country", "Mar")
    other = line.replace('country:mar skos:prefLabel "Mar"', 'country:bor skos:prefLabel "Bor"')
    file.write_text(f"{line}\n{other}\n", encoding="utf-8")
    with pytest.raises(OntologyError, match="calls its members “Marian”"):
        members.read(file)
    file.write_text("country:mar a schema:Country .\n", encoding="utf-8")
    with pytest.raises(OntologyError, match="not in the form"):
        members.read(file)


# --- terms -------------------------------------------------------------------------------------------------------

CHAIR = """
    Ann 4 nsubj PROPN _ NNP B-Person
    Lee 1 flat PROPN _ NNP I-Person
    {cop}
    chairman {here} NOUN _ NN
    of {org} case ADP _ IN
    Acme {chair} nmod PROPN _ NNP B-Organization
    {when}
    . {chair} punct PUNCT
"""


def chairman(text: str, cop: str, when: str) -> tuple[Extraction, Proposition]:
    n = 3 + len(cop.strip().splitlines())
    rows = CHAIR.format(cop=cop, here="0 root", chair=n, org=n + 2, when=when).replace("Ann 4", f"Ann {n}")
    record = read(text, rows)
    (one,) = told(record, "kg:leads")
    return record, one


WAS = "was 4 cop AUX be VBD"
HAS_BEEN = "has 5 aux AUX have VBZ\n been 5 cop AUX be VBN"


@pytest.mark.parametrize(
    ("said", "cop", "when", "begins", "ends", "tense"),
    [
        ("was chairman of Acme from 2012 to 2014", WAS,
         "from 8 case ADP _ IN\n 2012 4 obl NUM _ CD\n to 10 case ADP _ IN\n 2014 4 obl NUM _ CD",
         "2012", "2014", "past"),
        ("was chairman of Acme between 1998 and 2003", WAS,
         "between 8 case ADP _ IN\n 1998 4 obl NUM _ CD\n and 10 cc CCONJ _ CC\n 2003 8 conj NUM _ CD",
         "1998", "2003", "past"),
        ("has been chairman of Acme since 2009", HAS_BEEN,
         "since 9 case ADP _ IN\n 2009 5 obl NUM _ CD", "2009", None, "present"),
        ("was chairman of Acme until 2009", WAS,
         "until 8 case ADP _ IN\n 2009 4 obl NUM _ CD", None, "2009", "past"),
        ("was chairman of Acme in 2010", WAS,
         "in 8 case ADP _ IN\n 2010 4 obl NUM _ CD", None, None, "past"),
    ],
)  # fmt: skip
def test_a_post_is_held_from_to(
    said: str, cop: str, when: str, begins: str | None, ends: str | None, tense: str
) -> None:
    record, one = chairman(f"Ann Lee {said}.", cop, when)
    assert (words(record, one.begins), words(record, one.ends), one.tense) == (begins, ends, tense)
    for time in (one.begins, one.ends):
        assert time is None or Span(record.times[time].start, record.times[time].end) in one.spans
