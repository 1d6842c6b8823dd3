"""The rules of clauses, each on a tree written by hand."""

from __future__ import annotations

import pytest

from kg.extract import clause
from tests.extract.parse import parse

ACTIVE = (
    "Acme bought Bolt in May.",
    """
    Acme   2 nsubj PROPN _ _ B-Organization
    bought 0 root  VERB  buy VBD
    Bolt   2 obj   PROPN _ _ B-Organization
    in     5 case  ADP
    May    2 obl   PROPN
    .      2 punct PUNCT
    """,
)
PASSIVE = (
    "Bolt was bought by Acme.",
    """
    Bolt   3 nsubj:pass PROPN _ _ B-Organization
    was    3 aux:pass   AUX be VBD
    bought 0 root       VERB buy VBN
    by     5 case       ADP
    Acme   3 obl:agent  PROPN _ _ B-Organization
    .      3 punct      PUNCT
    """,
)
SHARED = (
    "Acme bought Bolt and sold Nut.",
    """
    Acme   2 nsubj PROPN _ _ B-Organization
    bought 0 root  VERB buy VBD
    Bolt   2 obj   PROPN _ _ B-Organization
    and    5 cc    CCONJ
    sold   2 conj  VERB sell VBD
    Nut    5 obj   PROPN _ _ B-Organization
    .      2 punct PUNCT
    """,
)
CONTROL = (
    "Acme plans to buy Bolt.",
    """
    Acme  2 nsubj PROPN _ _ B-Organization
    plans 0 root  VERB plan VBZ
    to    4 mark  PART to TO
    buy   2 xcomp VERB buy VB
    Bolt  4 obj   PROPN _ _ B-Organization
    .     2 punct PUNCT
    """,
)
OBJECT_CONTROL = (
    "Acme asked Bolt to sell Nut.",
    """
    Acme  2 nsubj PROPN _ _ B-Organization
    asked 0 root  VERB ask VBD
    Bolt  2 obj   PROPN _ _ B-Organization
    to    5 mark  PART to TO
    sell  2 xcomp VERB sell VB
    Nut   5 obj   PROPN _ _ B-Organization
    .     2 punct PUNCT
    """,
)
RELATIVE = (
    "Bolt, which Acme bought, grew.",
    """
    Bolt   7 nsubj     PROPN _ _ B-Organization
    ,      1 punct     PUNCT
    which  5 obj       PRON which WDT
    Acme   5 nsubj     PROPN _ _ B-Organization
    bought 1 acl:relcl VERB buy VBD
    ,      5 punct     PUNCT
    grew   0 root      VERB grow VBD
    .      7 punct     PUNCT
    """,
)
GAP = (
    "The jobs Acme cut returned.",
    """
    The      2 det       DET the DT
    jobs     5 nsubj     NOUN job NNS
    Acme     4 nsubj     PROPN _ _ B-Organization
    cut      2 acl:relcl VERB cut VBD
    returned 0 root      VERB return VBD
    .        5 punct     PUNCT
    """,
)
PARTICIPLE = (
    "Acme sold Bolt, raising cash.",
    """
    Acme    2 nsubj PROPN _ _ B-Organization
    sold    0 root  VERB sell VBD
    Bolt    2 obj   PROPN _ _ B-Organization
    ,       5 punct PUNCT
    raising 2 advcl VERB raise VBG
    cash    5 obj   NOUN cash NN
    .       2 punct PUNCT
    """,
)
PURPOSE = (
    "Acme sold Bolt to raise cash.",
    """
    Acme  2 nsubj PROPN _ _ B-Organization
    sold  0 root  VERB sell VBD
    Bolt  2 obj   PROPN _ _ B-Organization
    to    5 mark  PART to TO
    raise 2 advcl VERB raise VB
    cash  5 obj   NOUN cash NN
    .     2 punct PUNCT
    """,
)
REDUCED = (
    "The jobs cut by Acme returned.",
    """
    The      2 det       DET the DT
    jobs     6 nsubj     NOUN job NNS
    cut      2 acl       VERB cut VBN
    by       5 case      ADP
    Acme     3 obl:agent PROPN _ _ B-Organization
    returned 0 root      VERB return VBD
    .        6 punct     PUNCT
    """,
)
COPULA = (
    "Bolt is a maker of nuts.",
    """
    Bolt  4 nsubj PROPN _ _ B-Organization
    is    4 cop   AUX be VBZ
    a     4 det   DET a DT
    maker 0 root  NOUN maker NN
    of    6 case  ADP
    nuts  4 nmod  NOUN nut NNS
    .     4 punct PUNCT
    """,
)
PHRASAL = (
    "Acme took over Bolt.",
    """
    Acme 2 nsubj        PROPN _ _ B-Organization
    took 0 root         VERB take VBD
    over 2 compound:prt ADP
    Bolt 2 obj          PROPN _ _ B-Organization
    .    2 punct        PUNCT
    """,
)


def told(case: tuple[str, str]) -> list[tuple[str, str, dict[str, list[str]]]]:
    """Each verbal clause as (rule, lemma, slot -> the words of its parts)."""
    doc = parse(*case)
    found = []
    for one in clause.clauses(doc):
        if not one.nominal:
            slots: dict[str, list[str]] = {}
            for part in one.parts:
                slots.setdefault(part.slot, []).append(" ".join(doc[i].text for i in part.tokens))
            found.append((one.rule, one.lemma, slots))
    return found


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (ACTIVE, ("verb-active", "buy", {"subject": ["Acme"], "object": ["Bolt"], "in": ["May"]})),
        (PASSIVE, ("verb-passive", "buy", {"subject": ["Acme"], "object": ["Bolt"]})),
        (SHARED, ("verb-shared", "sell", {"subject": ["Acme"], "object": ["Nut"]})),
        (CONTROL, ("verb-control", "buy", {"subject": ["Acme"], "object": ["Bolt"]})),
        (OBJECT_CONTROL, ("verb-control", "sell", {"subject": ["Bolt"], "object": ["Nut"]})),
        (RELATIVE, ("verb-active", "buy", {"subject": ["Acme"], "object": ["Bolt"]})),
        (GAP, ("verb-active", "cut", {"subject": ["Acme"], "object": ["The jobs"]})),
        (PARTICIPLE, ("verb-participle", "raise", {"subject": ["Acme"], "object": ["cash"]})),
        (PURPOSE, ("verb-purpose", "raise", {"subject": ["Acme"], "object": ["cash"]})),
        (REDUCED, ("verb-participle", "cut", {"subject": ["Acme"], "object": ["The jobs"]})),
        (COPULA, ("copula", "be", {"subject": ["Bolt"], "complement": ["a maker of nuts"]})),
        (PHRASAL, ("verb-active", "take over", {"subject": ["Acme"], "object": ["Bolt"]})),
    ],
)
def test_rule(case: tuple[str, str], expected: tuple[str, str, dict[str, list[str]]]) -> None:
    rule, lemma, slots = expected
    found = [one for one in told(case) if one[1] == lemma]
    assert len(found) == 1
    assert found[0][0] == rule
    for slot, words in slots.items():
        assert found[0][2].get(slot) == words


def test_coordination_gives_one_part_each() -> None:
    doc = parse(
        "Acme and Nut cut jobs in sales and finance.",
        """
        Acme    4 nsubj PROPN _ _ B-Organization
        and     3 cc    CCONJ
        Nut     1 conj  PROPN _ _ B-Organization
        cut     0 root  VERB cut VBD
        jobs    4 obj   NOUN job NNS
        in      7 case  ADP
        sales   4 obl   NOUN sale NNS
        and     9 cc    CCONJ
        finance 7 conj  NOUN finance NN
        .       4 punct PUNCT
        """,
    )
    (verb,) = [one for one in clause.clauses(doc) if one.lemma == "cut"]
    slots = [(part.slot, doc[part.head].text) for part in verb.parts]
    assert slots == [("subject", "Acme"), ("subject", "Nut"), ("object", "jobs"), ("in", "sales"), ("in", "finance")]


def test_lists_behind_such_as_are_members() -> None:
    doc = parse(
        "Acme cut jobs in areas such as sales.",
        """
        Acme  2 nsubj PROPN _ _ B-Organization
        cut   0 root  VERB cut VBD
        jobs  2 obj   NOUN job NNS
        in    5 case  ADP
        areas 2 obl   NOUN area NNS
        such  8 case  ADJ such JJ
        as    6 fixed ADP
        sales 5 nmod  NOUN sale NNS
        .     2 punct PUNCT
        """,
    )
    (verb,) = [one for one in clause.clauses(doc) if one.lemma == "cut"]
    assert [doc[part.head].text for part in verb.parts if part.slot == "in"] == ["areas", "sales"]


def test_a_noun_with_arguments_is_a_nominal_clause() -> None:
    doc = parse(
        "Acme's acquisition of Bolt ended.",
        """
        Acme        3 nmod:poss PROPN _ _ B-Organization
        's          1 case      PART 's POS
        acquisition 6 nsubj     NOUN acquisition NN
        of          5 case      ADP
        Bolt        3 nmod      PROPN _ _ B-Organization
        ended       0 root      VERB end VBD
        .           6 punct     PUNCT
        """,
    )
    (noun,) = [one for one in clause.clauses(doc) if one.nominal]
    assert noun.lemma == "acquisition"
    assert {(part.slot, doc[part.head].text) for part in noun.parts} == {("possessive", "Acme"), ("of", "Bolt")}


def test_a_light_verb_lends_its_subject_to_its_noun() -> None:
    doc = parse(
        "Acme completed the takeover of Bolt.",
        """
        Acme      2 nsubj PROPN _ _ B-Organization
        completed 0 root  VERB complete VBD
        the       4 det   DET the DT
        takeover  2 obj   NOUN takeover NN
        of        6 case  ADP
        Bolt      4 nmod  PROPN _ _ B-Organization
        .         2 punct PUNCT
        """,
    )
    (noun,) = [one for one in clause.clauses(doc) if one.nominal]
    assert noun.rule == "noun-light"
    assert ("subject", "Acme") in {(part.slot, doc[part.head].text) for part in noun.parts}


def test_a_broken_tree_ends_nothing() -> None:
    doc = parse(
        "and of the who.",
        """
        and 4 cc    CCONJ
        of  4 case  ADP
        the 4 det   DET the DT
        who 0 root  PRON who WP
        .   4 punct PUNCT
        """,
    )
    assert clause.clauses(doc) == []


def heads(doc_case: tuple[str, str], lemma: str, slot: str) -> list[str]:
    """The head words of the parts in one slot of the clause with this lemma."""
    doc = parse(*doc_case)
    (one,) = [found for found in clause.clauses(doc) if found.lemma == lemma and not found.nominal]
    return [doc[part.head].text for part in one.parts if part.slot == slot]


def test_a_list_may_stand_a_few_words_behind_its_plural() -> None:
    case = (
        "Roles unique to Acme, such as clerks, ended.",
        """
        Roles 10 nsubj NOUN role NNS
        unique 1 amod ADJ unique JJ
        to 4 case ADP
        Acme 2 obl PROPN _ _ B-Organization
        , 8 punct PUNCT
        such 8 case ADJ such JJ
        as 6 fixed ADP
        clerks 2 obl NOUN clerk NNS
        , 1 punct PUNCT
        ended 0 root VERB end VBD
        . 10 punct PUNCT
        """,
    )
    assert heads(case, "end", "subject") == ["Roles", "clerks"]


def test_the_name_behind_a_description_is_the_member() -> None:
    case = (
        "Acme closed units, including audio division Bolt.",
        """
        Acme 2 nsubj PROPN _ _ B-Organization
        closed 0 root VERB close VBD
        units 2 obj NOUN unit NNS
        , 7 punct PUNCT
        including 7 case VERB include VBG
        audio 7 compound NOUN audio NN
        division 3 nmod NOUN division NN
        Bolt 7 appos PROPN _ _ B-Organization
        . 2 punct PUNCT
        """,
    )
    assert heads(case, "close", "object") == ["units", "Bolt"]


def test_what_was_cut_is_where_the_main_clause_says_it_is() -> None:
    case = (
        "Jobs that were cut were in areas such as sales.",
        """
        Jobs 7 nsubj NOUN job NNS
        that 4 nsubj:pass PRON that WDT
        were 4 aux:pass AUX be VBD
        cut 1 acl:relcl VERB cut VBN
        were 7 cop AUX be VBD
        in 7 case ADP
        areas 0 root NOUN area NNS
        such 10 case ADJ such JJ
        as 8 fixed ADP
        sales 7 nmod NOUN sale NNS
        . 7 punct PUNCT
        """,
    )
    assert heads(case, "cut", "in") == ["areas", "sales"]


def test_who_is_tasked_with_something_does_it() -> None:
    case = (
        "Acme tasked Bolt with saving cash.",
        """
        Acme 2 nsubj PROPN _ _ B-Organization
        tasked 0 root VERB task VBD
        Bolt 2 obj PROPN _ _ B-Organization
        with 5 mark SCONJ with IN
        saving 2 advcl VERB save VBG
        cash 5 obj NOUN cash NN
        . 2 punct PUNCT
        """,
    )
    assert heads(case, "save", "subject") == ["Bolt"]


def test_only_a_by_phrase_is_an_agent() -> None:
    case = (
        "Jobs were cut, according to Acme.",
        """
        Jobs 3 nsubj:pass NOUN job NNS
        were 3 aux:pass AUX be VBD
        cut 0 root VERB cut VBN
        , 7 punct PUNCT
        according 7 case VERB accord VBG
        to 5 fixed ADP
        Acme 3 obl:agent PROPN _ _ B-Organization
        . 3 punct PUNCT
        """,
    )
    assert heads(case, "cut", "subject") == []


def test_the_noun_between_a_verb_of_saying_and_a_finite_verb_is_its_subject() -> None:
    case = (
        "Lee estimated 40 workers could leave Acme.",
        """
        Lee 2 nsubj PROPN _ _ B-Person
        estimated 0 root VERB estimate VBD
        40 4 nummod NUM 40 CD
        workers 2 obj NOUN worker NNS
        could 6 aux AUX could MD
        leave 2 xcomp VERB leave VB
        Acme 6 obj PROPN _ _ B-Organization
        . 2 punct PUNCT
        """,
    )
    assert heads(case, "leave", "subject") == ["workers"]


def test_a_name_hung_below_another_behind_an_and_is_coordinated() -> None:
    case = (
        "Jobs ended at Acme and Bolt.",
        """
        Jobs 2 nsubj NOUN job NNS
        ended 0 root VERB end VBD
        at 6 case ADP
        Acme 6 compound PROPN _ _ B-Organization
        and 6 cc CCONJ
        Bolt 2 obl PROPN _ _ B-Organization
        . 2 punct PUNCT
        """,
    )
    assert heads(case, "end", "at") == ["Acme", "Bolt"]
