"""The kinds of names, and the labels that mark a name's words.

A name of one word is S, a longer one B, I …, E (BIOES), each joined with the kind; any other word is O.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def listed(text: str) -> tuple[str, ...]:
    """The words of a text; a list of words reads better without its quotes and commas."""
    return tuple(text.split())


KINDS = ("Person", "Organization", "Place", "Product", "Event", "Work", "Law", "Group", "Other")
"""Group: nationalities, religions, political leanings, adjectives included. Work: books, films, songs."""

TITLES = frozenset(
    listed(
        "mr mrs ms dr prof sir dame lady president vice senator sen rep representative professor general gen col "
        "colonel captain capt lt lieutenant sgt sergeant judge justice secretary minister prime chancellor governor "
        "gov mayor ceo cfo coo cto chairman chairwoman director senior chief executive officer foreign premier "
        "commissioner ambassador deputy reverend rev sheikh imam rabbi ayatollah pastor aunt uncle spokesman "
        "spokeswoman attorney sheriff superintendent admiral major corporal analyst coach princess prince king queen "
        "bishop archbishop cardinal emeritus mme monsignor assemblyman assemblywoman councillor"
    )
)
"""Words before a person's name that are no part of it, without their full stop."""

PORTFOLIOS = frozenset(
    listed(
        "state information foreign affairs defence defense health finance the interior home justice education trade "
        "commerce energy labour labor transport agriculture environment culture treasury war tourism sport police "
        "staff and house security planning economy industry"
    )
)
"""What a minister, secretary or chief is one of, after "of"."""

PLACES_IN_NAME = "BIES"
OUTSIDE = 0
LABELS = ("O", *(f"{place}-{kind}" for kind in KINDS for place in PLACES_IN_NAME))


def label(kind: str, place: str) -> int:
    """Index of a label: `label("Person", "B")`."""
    return 1 + 4 * KINDS.index(kind) + PLACES_IN_NAME.index(place)


def places(length: int) -> str:
    """BIOES letters of a name of so many words.

    >>> places(1), places(2), places(4)
    ('S', 'BE', 'BIIE')
    """
    return "S" if length == 1 else "B" + "I" * (length - 2) + "E"


def mask(kinds: Iterable[str], place: str | None = None) -> int:
    """Set of labels as bits: those of the kinds, at one place of a name or at any."""
    wanted = PLACES_IN_NAME if place is None else place
    return sum(1 << label(kind, letter) for kind in set(kinds) for letter in wanted)


ANY = (1 << len(LABELS)) - 1
ONLY_OUTSIDE = 1 << OUTSIDE


def follows(first: int, second: int) -> bool:
    """Whether a label may come directly after another one."""
    ended = first == OUTSIDE or PLACES_IN_NAME[(first - 1) % 4] in "ES"
    begins = second == OUTSIDE or PLACES_IN_NAME[(second - 1) % 4] in "BS"
    if ended or begins:
        return ended and begins
    return (first - 1) // 4 == (second - 1) // 4


def spans(labels: Sequence[int]) -> list[tuple[int, int, str]]:
    """Names as (first word, word after the last, kind), out of a well-formed sequence of labels.

    >>> spans([0, label("Person", "B"), label("Person", "E"), label("Place", "S")])
    [(1, 3, 'Person'), (3, 4, 'Place')]
    """
    found = []
    start = 0
    for position, index in enumerate(labels):
        if index == OUTSIDE:
            continue
        place = PLACES_IN_NAME[(index - 1) % 4]
        if place in "BS":
            start = position
        if place in "ES":
            found.append((start, position + 1, KINDS[(index - 1) // 4]))
    return found


def _behind_portfolio(words: Sequence[str], start: int, end: int) -> int:
    """Where the name begins after a title's "of": "Minister of Foreign Affairs Ada Finch"."""
    at = start + 1
    while at < end - 1 and words[at].lower() in PORTFOLIOS:
        at += 1
    return at if at > start + 1 else start


def trimmed(words: Sequence[str], start: int, end: int, kinds: Iterable[str]) -> tuple[int, int]:
    """The span without a leading "the" or titles and without a trailing "'s"."""
    if end - start > 1 and words[start].lower() in ("the", "a", "an"):
        start += 1
    if tuple(kinds) == ("Person",):
        while end - start > 1 and words[start].lower().rstrip(".") in TITLES:
            start += 1
            if words[start] in ("of", "for"):
                start = _behind_portfolio(words, start, end)
    if end - start > 1 and words[end - 1] in ("'s", "’s", "'", "’"):
        end -= 1
    return start, end
