"""What stands out in a network, on graphs that can be counted by hand."""

from __future__ import annotations

import random
from types import ModuleType

from kg.names import expand
from kg.view import Edge, Evidence, Node, Ranking, analysis, network


def ranked(found: tuple[Ranking, ...], name: str) -> list[str]:
    """The labels of one ranking."""
    [ranking] = [ranking for ranking in found if ranking.name == name]
    return [row.label for row in ranking.rows]


def two_groups() -> tuple[list[Node], list[Edge]]:
    """Two groups of four in which each knows each, held together by one link, and somebody alone with a friend."""
    nodes = [Node(f"e:{name}", name.upper(), "Person") for name in "abcdwxyzpq"]
    pairs = [(a, b) for group in ("abcd", "wxyz") for a in group for b in group if a < b] + [("d", "w"), ("p", "q")]
    return nodes, [Edge(f"e:{a}", f"e:{b}", "rel:know", "knows") for a, b in pairs]


def test_groups_bridges_and_those_between() -> None:
    found = analysis(network(*two_groups()))
    assert ranked(found, "bridges") == ["D – W"]
    assert set(ranked(found, "between")[:2]) == {"D", "W"}
    assert set(ranked(found, "central")[:2]) == {"D", "W"}
    groups = next(ranking for ranking in found if ranking.name == "communities")
    assert [row.value for row in groups.rows] == [4, 4, 2]


def test_what_is_denied_possible_or_only_spoken_of_links_nothing() -> None:
    nodes, edges = two_groups()
    more = [
        Edge("e:a", "e:z", "rel:x", "x", "denied"), Edge("e:b", "e:z", "rel:x", "x", "possible"),
        Edge("e:c", "e:z", expand("kg:said"), "said"),
    ]  # fmt: skip
    plain, noisy = analysis(network(nodes, edges)), analysis(network(nodes, [*edges, *more]))
    assert plain == noisy


def test_disputes_rank_by_how_many_say_the_lesser_side() -> None:
    nodes = [Node(f"e:{name}", name) for name in "abc"]
    yes, no = Evidence("x"), Evidence("not x", polarity="negative")
    edges = [
        Edge("e:a", "e:b", "rel:own", "owns", "disputed", (yes, no, yes, no)),
        Edge("e:b", "e:c", "rel:own", "owns", "disputed", (yes, yes, yes, no)),
        Edge("e:c", "e:a", "rel:own", "owns", "denied", (no,)),
    ]
    found = analysis(network(nodes, edges))
    [disputed] = [ranking for ranking in found if ranking.name == "disputed"]
    assert [(row.label, row.words) for row in disputed.rows] == [
        ("a", "owns b: 2 for, 2 against"), ("b", "owns c: 3 for, 1 against")
    ]  # fmt: skip


def test_most_anonymous_counts_words_of_sources_without_a_name() -> None:
    nodes = [Node(f"e:{name}", name) for name in "abc"]
    hidden, named = Evidence("x", speaker="one person", anonymous=True), Evidence("y", speaker="Ada")
    edges = [
        Edge("e:a", "e:b", "rel:own", "owns", "reported", (hidden, named)),
        Edge("e:c", "e:b", "rel:own", "owns", "reported", (hidden,)),
        Edge("e:a", "e:c", "rel:sue", "sued", "reported", (named,)),
    ]
    found = analysis(network(nodes, edges))
    [anonymous] = [ranking for ranking in found if ranking.name == "anonymous"]
    assert [(row.label, row.words.split(" from")[0]) for row in anonymous.rows] == [
        ("b", "2 of 3"), ("c", "1 of 2"), ("a", "1 of 3")
    ]  # fmt: skip


def test_the_order_of_what_comes_in_changes_nothing(many: ModuleType) -> None:
    nodes, edges = many.many(420, articles=50)
    first = analysis(network(nodes, edges))
    random.Random(1).shuffle(nodes)
    random.Random(2).shuffle(edges)
    assert analysis(network(nodes, edges)) == first
    assert all(ranking.rows for ranking in first if ranking.name not in ("disputed", "anonymous"))


def test_an_empty_network_has_nothing_that_stands_out() -> None:
    assert [ranking.rows for ranking in analysis(network([], []))] == [()] * 6
    assert [ranking.rows for ranking in analysis(network([Node("e:a", "A")], []))] == [()] * 6
