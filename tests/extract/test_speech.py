"""Who said what, on trees written by hand: every order of cue and content, chains of sources, quotations."""

from __future__ import annotations

from kg import ontology
from kg.extract import quotation, speech
from kg.records import Kind, Mention, Reference, Span, Statement, Time
from spacy.tokens import Doc
from tests.extract.parse import parse

TABLES = ontology.load()


def mentions(doc: Doc, *words: str) -> list[Mention]:
    """A mention for each name of the tree and each head noun of ``words``, given with its kind: «person:Person»."""
    found: list[tuple[int, int, Kind, str]] = [
        (ent.start_char, ent.end_char, ent.label_, "name")
        for ent in doc.ents  # type: ignore[misc]
    ]
    for word in words:
        form, _, kind = word.partition(":")
        start = doc.text.index(form)
        found.append((start, start + len(form), kind, "pronoun" if kind == "Pronoun" else "nominal"))  # type: ignore[arg-type]
    return [
        Mention(start, end, Span(start, end), "Person" if form == "pronoun" else kind, form, i)  # type: ignore[arg-type]
        for i, (start, end, kind, form) in enumerate(sorted(found))
    ]


def read(doc: Doc, *words: str, times: tuple[Time, ...] = ()) -> tuple[Statement, ...]:
    spans = quotation.quotations(doc.text)
    return speech.statements(doc, mentions(doc, *words), times, spans, TABLES.cues, media=TABLES.media)


def words(doc: Doc, what: Reference | Span | None) -> str | None:
    return None if what is None else doc.text[what.start : what.end]


def content(doc: Doc, statement: Statement) -> list[str]:
    return [doc.text[slice(*span)] for span in statement.content]


def test_clause_without_that_time_and_listener() -> None:
    doc = parse(
        "Ann Lee told the Gazette Tuesday that the plant will close.",
        """
        Ann 3 nsubj PROPN _ _ B-Person
        Lee 1 flat PROPN _ _ I-Person
        told 0 root VERB tell
        the 5 det DET
        Gazette 3 iobj PROPN _ _ B-Organization
        Tuesday 3 obl:unmarked PROPN
        that 11 mark SCONJ
        the 9 det DET
        plant 11 nsubj NOUN
        will 11 aux AUX
        close 3 ccomp VERB _ VB
        . 3 punct PUNCT
        """,
    )
    (statement,) = read(doc, times=(Time(25, 32, "DATE", "2024-05-07"),))
    assert words(doc, statement.speaker) == "Ann Lee"
    assert words(doc, statement.addressee) == "Gazette"
    assert words(doc, statement.cue) == "told"
    assert content(doc, statement) == ["the plant will close"]
    assert (statement.quotation, statement.time, statement.sentence) == ("indirect", 0, 0)


FRONTED = """
    Acme 3 nsubj PROPN _ _ B-Organization
    is 3 aux AUX be VBZ
    cutting 0 root VERB cut VBG
    jobs 3 obj NOUN job
    , 8 punct PUNCT
    the 7 det DET
    firm 8 nsubj NOUN
    confirmed 3 parataxis VERB confirm
    . 3 punct PUNCT
"""


def test_cue_behind_its_content_whichever_of_the_two_is_the_root() -> None:
    text = "Acme is cutting jobs, the firm confirmed."
    other = FRONTED.replace("cutting 0 root", "cutting 8 ccomp").replace("confirmed 3 parataxis", "confirmed 0 root")
    for rows in (FRONTED, other, FRONTED.replace("parataxis", "conj"), FRONTED.replace("parataxis", "advcl")):
        doc = parse(text, rows)
        (statement,) = read(doc, "firm:Organization")
        assert content(doc, statement) == ["Acme is cutting jobs"]
        assert (words(doc, statement.speaker), statement.quotation) == ("firm", "indirect")


def test_scare_quotes_make_an_indirect_statement_mixed() -> None:
    doc = parse(
        'Acme cut "many jobs", the firm said.',
        """
        Acme 2 nsubj PROPN _ _ B-Organization
        cut 0 root VERB
        " 5 punct PUNCT
        many 5 amod ADJ
        jobs 2 obj NOUN job
        " 5 punct PUNCT
        , 10 punct PUNCT
        the 9 det DET
        firm 10 nsubj NOUN
        said 2 parataxis VERB say
        . 2 punct PUNCT
        """,
    )
    (statement,) = read(doc, "firm:Organization")
    assert statement.quotation == "mixed"
    assert content(doc, statement) == ['Acme cut "many jobs"']


def test_title_in_quotation_marks_is_no_statement() -> None:
    doc = parse(
        'Roe sang "Red Rain" there.',
        """
        Roe 2 nsubj PROPN _ _ B-Person
        sang 0 root VERB sing
        " 5 punct PUNCT
        Red 5 amod ADJ
        Rain 2 obj PROPN
        " 5 punct PUNCT
        there 2 advmod ADV
        . 2 punct PUNCT
        """,
    )
    assert read(doc) == ()


def test_one_utterance_around_its_cue_and_the_quotation_right_after() -> None:
    doc = parse(
        '"We won," Roe said, "and we left." "We slept."',
        """
        " 3 punct PUNCT
        We 3 nsubj PRON
        won 7 ccomp VERB win
        , 3 punct PUNCT
        " 3 punct PUNCT
        Roe 7 nsubj PROPN _ _ B-Person
        said 0 root VERB say
        , 7 punct PUNCT
        " 12 punct PUNCT
        and 12 cc CCONJ
        we 12 nsubj PRON
        left 3 conj VERB leave
        . 7 punct PUNCT
        " 12 punct PUNCT

        " 3 punct PUNCT
        We 3 nsubj PRON
        slept 0 root VERB sleep
        . 3 punct PUNCT
        " 3 punct PUNCT
        """,
    )
    (statement,) = read(doc)
    assert content(doc, statement) == ["We won", "and we left.", "We slept."]
    assert (statement.quotation, words(doc, statement.speaker)) == ("direct", "Roe")


TWO_PARAGRAPHS = """
    " 3 punct PUNCT
    We 3 nsubj PRON
    won 7 ccomp VERB win
    , 3 punct PUNCT
    " 3 punct PUNCT
    Roe 7 nsubj PROPN _ _ B-Person
    said 0 root VERB say
    . 7 punct PUNCT

    " 3 punct PUNCT
    We 3 nsubj PRON
    slept 0 root VERB sleep
    well 3 advmod ADV
    . 3 punct PUNCT
    " 3 punct PUNCT
"""


def test_paragraph_of_quotation_alone_is_by_the_last_speaker() -> None:
    doc = parse('"We won," Roe said.\n\n"We slept well."', TWO_PARAGRAPHS)
    first, second = read(doc)
    assert content(doc, second) == ["We slept well."]
    assert second.speaker == first.speaker
    assert (second.cue, second.quotation, second.sentence) == (None, "direct", 1)


def test_cue_beside_the_marks_where_the_tree_is_odd() -> None:
    doc = parse(
        '"We won," said Roe of Acme.',
        """
        " 3 punct PUNCT
        We 3 nsubj PRON
        won 0 root VERB win
        , 3 punct PUNCT
        " 3 punct PUNCT
        said 7 amod VERB say VBN
        Roe 3 dep PROPN _ _ B-Person
        of 9 case ADP
        Acme 7 nmod PROPN _ _ B-Organization
        . 3 punct PUNCT
        """,
    )
    (statement,) = read(doc)
    assert (words(doc, statement.speaker), words(doc, statement.cue)) == ("Roe", "said")
    assert (content(doc, statement), statement.quotation) == (["We won"], "direct")


def test_words_misattached_behind_a_quotation_are_not_said() -> None:
    doc = parse(
        '"We won," Roe said in a March email to staff obtained by the Gazette.',
        """
        " 3 punct PUNCT
        We 3 nsubj PRON
        won 7 ccomp VERB win
        , 3 punct PUNCT
        " 3 punct PUNCT
        Roe 7 nsubj PROPN _ _ B-Person
        said 0 root VERB say
        in 11 case ADP
        a 11 det DET
        March 11 compound PROPN
        email 7 obl NOUN
        to 13 case ADP
        staff 11 nmod NOUN
        obtained 11 acl VERB obtain VBN
        by 17 case ADP
        the 17 det DET
        Gazette 14 obl:agent PROPN _ _ B-Organization
        . 7 punct PUNCT
        """,
    )
    (statement,) = read(doc, "staff:Group")
    assert (content(doc, statement), statement.medium) == (["We won"], "email")
    assert (words(doc, statement.addressee), words(doc, statement.via)) == ("staff", "Gazette")


def test_according_to_reaches_over_its_sentence() -> None:
    doc = parse(
        "Jobs may go at Acme, according to people at the firm.",
        """
        Jobs 3 nsubj NOUN job
        may 3 aux AUX
        go 0 root VERB _ VB
        at 5 case ADP
        Acme 3 obl PROPN _ _ B-Organization
        , 9 punct PUNCT
        according 9 case VERB accord VBG
        to 7 fixed ADP
        people 3 obl NOUN _ NNS
        at 12 case ADP
        the 12 det DET
        firm 9 nmod NOUN
        . 3 punct PUNCT
        """,
    )
    (statement,) = read(doc, "people:Group")
    assert content(doc, statement) == ["Jobs may go at Acme"]
    assert (words(doc, statement.cue), words(doc, statement.speaker)) == ("according to", "people")
    assert statement.anonymous


def test_according_to_plan_is_nobody() -> None:
    doc = parse(
        "It went according to plan.",
        """
        It 2 nsubj PRON
        went 0 root VERB go
        according 5 case VERB accord VBG
        to 3 fixed ADP
        plan 2 obl NOUN
        . 2 punct PUNCT
        """,
    )
    assert read(doc) == ()


CITED = """
    The 2 det DET
    Gazette 3 nsubj PROPN _ _ B-Organization
    cited 0 root VERB cite
    one 5 nummod NUM
    person 3 obj NOUN
    who 7 nsubj PRON _ WP
    estimated 5 acl:relcl VERB estimate
    40 9 nummod NUM
    jobs 11 nsubj NOUN job
    could 11 aux AUX
    go 7 ccomp VERB _ VB
    . 3 punct PUNCT
"""


def test_source_cited_by_a_paper_is_nested_and_comes_via_it() -> None:
    doc = parse("The Gazette cited one person who estimated 40 jobs could go.", CITED)
    statements = read(doc, "person:Person")
    outer = next(i for i, s in enumerate(statements) if words(doc, s.cue) == "cited")
    inner = next(s for s in statements if words(doc, s.cue) == "estimated")
    assert len(statements) == 2
    assert words(doc, statements[outer].speaker) == "Gazette"
    assert (words(doc, inner.speaker), words(doc, inner.via), inner.parent) == ("person", "Gazette", outer)
    assert inner.anonymous and inner.content == statements[outer].content
    assert content(doc, inner) == ["40 jobs could go"]
    start, end = inner.content[0]
    assert speech.innermost(statements, start, end) == statements.index(inner)


def test_source_behind_a_report() -> None:
    doc = parse(
        "Jobs went, the Gazette reported, citing people at the firm.",
        """
        Jobs 2 nsubj NOUN job
        went 6 ccomp VERB go
        , 2 punct PUNCT
        the 5 det DET
        Gazette 6 nsubj PROPN _ _ B-Organization
        reported 0 root VERB report
        , 8 punct PUNCT
        citing 6 advcl VERB cite
        people 8 obj NOUN _ NNS
        at 12 case ADP
        the 12 det DET
        firm 9 nmod NOUN
        . 6 punct PUNCT
        """,
    )
    report, source = read(doc, "people:Group")
    assert (words(doc, report.speaker), report.parent) == ("Gazette", None)
    assert (words(doc, source.speaker), words(doc, source.via), source.parent) == ("people", "Gazette", 0)
    assert content(doc, source) == content(doc, report) == ["Jobs went"]


def test_participle_shares_the_subject() -> None:
    doc = parse(
        "A physician objected, stating that they were unsure.",
        """
        A 2 det DET
        physician 3 nsubj NOUN
        objected 0 root VERB object
        , 5 punct PUNCT
        stating 3 advcl VERB state
        that 9 mark SCONJ
        they 9 nsubj PRON
        were 9 cop AUX be
        unsure 5 ccomp ADJ
        . 3 punct PUNCT
        """,
    )
    (statement,) = read(doc, "physician:Person")
    assert (words(doc, statement.speaker), content(doc, statement)) == ("physician", ["they were unsure"])
    assert statement.anonymous


def test_what_was_not_said_is_no_statement() -> None:
    rows = """
        Acme 2 nsubj PROPN _ _ B-Organization
        declined 0 root VERB decline
        to 4 mark PART
        say 2 xcomp VERB _ VB
        whether 7 mark SCONJ
        jobs 7 nsubj NOUN job
        went 4 ccomp VERB go
        . 2 punct PUNCT
    """
    assert read(parse("Acme declined to say whether jobs went.", rows)) == ()
    doc = parse(
        "Acme did not say that jobs went.",
        """
        Acme 4 nsubj PROPN _ _ B-Organization
        did 4 aux AUX do
        not 4 advmod PART
        say 0 root VERB _ VB
        that 7 mark SCONJ
        jobs 7 nsubj NOUN job
        went 4 ccomp VERB go
        . 4 punct PUNCT
        """,
    )
    assert read(doc) == ()


def test_denial_is_a_statement_with_its_cue() -> None:
    doc = parse(
        "Acme denied hiding losses.",
        """
        Acme 2 nsubj PROPN _ _ B-Organization
        denied 0 root VERB deny
        hiding 2 xcomp VERB hide
        losses 3 obj NOUN loss
        . 2 punct PUNCT
        """,
    )
    (statement,) = read(doc)
    assert (words(doc, statement.cue), content(doc, statement)) == ("denied", ["hiding losses"])


def test_infinitive_of_another_verb_is_no_content() -> None:
    doc = parse(
        "Acme continued to grow.",
        """
        Acme 2 nsubj PROPN _ _ B-Organization
        continued 0 root VERB continue
        to 4 mark PART
        grow 2 xcomp VERB _ VB
        . 2 punct PUNCT
        """,
    )
    assert read(doc) == ()


def test_passive_without_a_speaker() -> None:
    doc = parse(
        "Roe is said to be ill.",
        """
        Roe 3 nsubj:pass PROPN _ _ B-Person
        is 3 aux:pass AUX be VBZ
        said 0 root VERB say VBN
        to 6 mark PART
        be 6 cop AUX be VB
        ill 3 xcomp ADJ
        . 3 punct PUNCT
        """,
    )
    (statement,) = read(doc)
    assert statement.speaker is None
    assert content(doc, statement) == ["Roe", "to be ill"]


def test_statement_inside_a_quotation_is_nested() -> None:
    doc = parse(
        '"Roe said we won," Lee said.',
        """
        " 3 punct PUNCT
        Roe 3 nsubj PROPN _ _ B-Person
        said 9 ccomp VERB say
        we 5 nsubj PRON
        won 3 ccomp VERB win
        , 3 punct PUNCT
        " 3 punct PUNCT
        Lee 9 nsubj PROPN _ _ B-Person
        said 0 root VERB say
        . 9 punct PUNCT
        """,
    )
    statements = read(doc)
    outer = next(s for s in statements if words(doc, s.speaker) == "Lee")
    inner = next(s for s in statements if words(doc, s.speaker) == "Roe")
    assert inner.parent == statements.index(outer) and outer.parent is None
    assert (outer.quotation, inner.quotation) == ("direct", "indirect")
    assert content(doc, outer) == ["Roe said we won"] and content(doc, inner) == ["we won"]
    start = doc.text.index("won")
    assert speech.innermost(statements, start, start + 3) == statements.index(inner)
    assert speech.innermost(statements, 1, 4) == statements.index(outer)
    assert speech.innermost(statements, 0, len(doc.text)) is None


def test_speaker_is_the_author_of_a_document() -> None:
    doc = parse(
        "Roe issued a statement saying that jobs went.",
        """
        Roe 2 nsubj PROPN _ _ B-Person
        issued 0 root VERB issue
        a 4 det DET
        statement 2 obj NOUN
        saying 4 acl VERB say
        that 8 mark SCONJ
        jobs 8 nsubj NOUN job
        went 5 ccomp VERB go
        . 2 punct PUNCT
        """,
    )
    (statement,) = read(doc)
    assert (words(doc, statement.speaker), statement.medium) == ("Roe", "statement")


def test_signed_quotation() -> None:
    doc = parse(
        '"We won it all." — Ann Lee',
        """
        " 3 punct PUNCT
        We 3 nsubj PRON
        won 0 root VERB win
        it 3 obj PRON
        all 3 advmod ADV
        . 3 punct PUNCT
        " 3 punct PUNCT
        — 9 punct PUNCT
        Ann 3 parataxis PROPN _ _ B-Person
        Lee 9 flat PROPN _ _ I-Person
        """,
    )
    (statement,) = read(doc)
    assert (words(doc, statement.speaker), statement.cue) == ("Ann Lee", None)


def test_tail_of_the_sentence_belongs_to_the_cue() -> None:
    doc = parse(
        "Jobs went, Roe said in a memo to staff.",
        """
        Jobs 2 nsubj NOUN job
        went 0 root VERB go
        , 5 punct PUNCT
        Roe 5 nsubj PROPN _ _ B-Person
        said 2 parataxis VERB say
        in 8 case ADP
        a 8 det DET
        memo 2 obl NOUN
        to 10 case ADP
        staff 2 obl NOUN
        . 2 punct PUNCT
        """,
    )
    (statement,) = read(doc, "staff:Group")
    assert content(doc, statement) == ["Jobs went"]
    assert (statement.medium, words(doc, statement.addressee)) == ("memo", "staff")


def test_time_behind_the_cue_is_the_cue_s() -> None:
    rows = """
        Roe 2 nsubj PROPN _ _ B-Person
        said 0 root VERB say
        Friday 5 obl:unmarked PROPN
        jobs 5 nsubj NOUN job
        went 2 ccomp VERB go
        . 2 punct PUNCT
    """
    doc = parse("Roe said Friday jobs went.", rows)
    (statement,) = read(doc, times=(Time(9, 15, "DATE", "2024-05-10"),))
    assert (content(doc, statement), statement.time) == (["jobs went"], 0)
    doc = parse("Roe said Friday jobs went.", rows.replace("obl:unmarked", "nsubj"))
    (statement,) = read(doc, times=(Time(9, 15, "DATE", "2024-05-10"),))
    assert (content(doc, statement), statement.time) == (["Friday jobs went"], None)


def test_what_an_event_signals_is_nobody_s_statement() -> None:
    doc = parse(
        "Acme bought Bolt, signaling it was rich.",
        """
        Acme 2 nsubj PROPN _ _ B-Organization
        bought 0 root VERB buy
        Bolt 2 obj PROPN _ _ B-Organization
        , 5 punct PUNCT
        signaling 2 advcl VERB signal
        it 8 nsubj PRON
        was 8 cop AUX be
        rich 5 ccomp ADJ
        . 2 punct PUNCT
        """,
    )
    assert read(doc) == ()


def test_content_behind_a_cue_that_the_tree_lost() -> None:
    rows = CITED.replace("jobs 11 nsubj", "jobs 7 obj").replace("go 7 ccomp", "go 5 acl:relcl")
    doc = parse("The Gazette cited one person who estimated 40 jobs could go.", rows)
    assert [content(doc, s) for s in read(doc, "person:Person")] == [["40 jobs could go"], ["40 jobs could go"]]


def test_second_cue_inside_what_the_first_conveys() -> None:
    doc = parse(
        'Roe said the plan "costs money," adding, "It fails."',
        """
        Roe 2 nsubj PROPN _ _ B-Person
        said 0 root VERB say
        the 4 det DET
        plan 6 nsubj NOUN
        " 6 punct PUNCT
        costs 2 ccomp VERB cost
        money 6 obj NOUN
        , 6 punct PUNCT
        " 6 punct PUNCT
        adding 6 advcl VERB add
        , 10 punct PUNCT
        " 14 punct PUNCT
        It 14 nsubj PRON
        fails 10 ccomp VERB fail
        . 2 punct PUNCT
        " 14 punct PUNCT
        """,
    )
    first, second = read(doc)
    assert (content(doc, first), first.quotation) == (['the plan "costs money,"'], "mixed")
    assert (content(doc, second), second.quotation) == (["It fails."], "direct")
    assert words(doc, first.speaker) == words(doc, second.speaker) == "Roe"


def test_according_to_police_but_not_to_plan_by_the_kind_of_the_noun() -> None:
    rows = """
        Jobs 2 nsubj NOUN job
        went 0 root VERB go
        according 5 case VERB accord VBG
        to 3 fixed ADP
        police 2 obl NOUN _ NN
        . 2 punct PUNCT
    """
    doc = parse("Jobs went according to police.", rows)
    assert [content(doc, s) for s in read(doc, "police:Organization")] == [["Jobs went"]]
    assert read(doc, "police:Concept") == ()


def test_rule_for_a_report_that_cites_its_source_in_a_relative_clause() -> None:
    doc = parse(
        "According to Bolt, which cited sources, jobs went.",
        """
        According 3 case VERB accord VBG
        to 1 fixed ADP
        Bolt 10 obl PROPN _ _ B-Organization
        , 3 punct PUNCT
        which 6 nsubj PRON _ WDT
        cited 3 acl:relcl VERB cite
        sources 6 obj NOUN source
        , 3 punct PUNCT
        jobs 10 nsubj NOUN job
        went 0 root VERB go
        . 10 punct PUNCT
        """,
    )
    report, source = read(doc, "sources:Group")
    assert words(doc, report.speaker) == "Bolt" == words(doc, source.via)
    assert (words(doc, source.speaker), source.parent) == ("sources", 0)
    assert content(doc, report) == content(doc, source) == ["jobs went"]


def test_participle_behind_an_inserted_cue_is_that_speaker_s() -> None:
    doc = parse(
        "Jobs went, officials said, adding that Bolt closed.",
        """
        Jobs 2 nsubj NOUN job
        went 0 root VERB go
        , 5 punct PUNCT
        officials 5 nsubj NOUN official
        said 2 parataxis VERB say
        , 7 punct PUNCT
        adding 2 advcl VERB add
        that 10 mark SCONJ
        Bolt 10 nsubj PROPN _ _ B-Organization
        closed 7 ccomp VERB close
        . 2 punct PUNCT
        """,
    )
    first, second = read(doc, "officials:Group")
    assert (content(doc, first), content(doc, second)) == (["Jobs went"], ["Bolt closed"])
    assert words(doc, first.speaker) == words(doc, second.speaker) == "officials"
    assert second.parent is None
