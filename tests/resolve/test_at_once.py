"""Many articles taken in at once: the same comes out as one by one, and nothing is left of what went wrong."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace

import pytest

from kg.resolve import Identity, Memory, events_across, keys, link
from kg.resolve.event_likeness import alike
from kg.resolve.happenings import happenings

TABLES = ("article", "local", "block", "node", "happening", "point")
NAMES = (
    "Ada Brook|Person", "Brook|Person", "Ada M. Brook|Person", "Tom Brook|Person", "Mr. Brook|Person",
    "Tarn Robotics|Organization", "Tarn|Organization", "Tarn|Place", "Bank of Merrow|Organization",
    "BOM|Organization", "Orlo|Organization", "Orlo Group|Organization", "Sweden|Place", "Orlo|Product",
)  # fmt: skip


def articles(hand, number):
    """Articles that share names and events; some are another state of the address that an earlier one was read from."""
    dice = random.Random(5)
    found = []
    for place in range(number):
        names = dice.sample(NAMES, 4)
        text = f"Take {place}: {' met '.join(f'[[{name}]]' for name in names)}."
        e = hand.marked(text, date=datetime.date(2031, 1, 1) + datetime.timedelta(dice.randrange(40)))
        buyer, target = (hand.find(e, name.split("|")[0]) for name in names[:2])
        e = hand.happens(e, "Acquisition", "met", buyer=buyer, target=target)
        found.append(link(replace(e, article=replace(e.article, url=f"https://tarn.example/{place % 17}"))))
    return found


def tables(identity):
    """All that is kept, and the articles as the graph has them."""
    rows = {table: sorted(identity.memory.sql.execute(f"SELECT * FROM {table}"), key=repr) for table in TABLES}
    return rows, [identity.resolution(article) for article in identity.memory.articles()]


def indexes(memory):
    return {row[0] for row in memory.sql.execute("SELECT name FROM sqlite_master WHERE type='index'")}


def test_at_once_is_as_one_by_one(hand):
    stock = articles(hand, 25)
    many, single = Identity(), Identity()
    there = indexes(many.memory)
    more = [stock[3], stock[20], replace(stock[20], events=())]  # again, in place of another, and read otherwise
    changed = many.add_all([*stock, *more])
    for one in (*stock, *more):
        single.add(one)
    assert tables(many) == tables(single)
    assert list(changed.written) == many.memory.articles()
    assert indexes(many.memory) == there
    for identity in (many, single):
        identity.add_all(articles(hand, 30)[25:])
        identity.remove(stock[18].article.id)
    assert tables(many) == tables(single)


def test_what_breaks_while_many_come_leaves_nothing(hand, tmp_path):
    def broken():
        yield from stock[:9]
        raise RuntimeError("no more")

    stock = articles(hand, 12)
    identity = Identity(Memory(tmp_path / "records.sqlite"))
    there = indexes(identity.memory)
    with pytest.raises(RuntimeError):
        identity.add_all(broken())
    identity.undo()
    assert not identity.memory.holds()
    assert indexes(identity.memory) == there
    identity.add_all(stock)
    again = Identity()
    again.add_all(stock)
    assert tables(identity) == tables(again)
    identity.memory.close()


def test_events_of_other_years_are_left_out_only_where_they_cannot_be_meant(hand, monkeypatch):
    dice = random.Random(3)
    tellings = []
    for place in range(200):
        e = hand.marked(f"Take {place}: [[Ada Brook|Person]] met [[{dice.choice(NAMES[5:])}]].")
        day = datetime.date(2020, 1, 1) + datetime.timedelta(dice.randrange(3000))
        role = dice.choice(("participant", "contractor"))
        e = hand.happens(e, "Meeting" if role == "participant" else "Contract", "met", **{role: [0, 1]})
        e = hand.at(e, dice.choice((day.isoformat(), f"{day:%Y}"))) if place % 5 == 0 else e
        e = replace(e, article=replace(e.article, date=day if place % 7 else None))
        tellings += happenings(keys(link(e)))
    compared = []
    monkeypatch.setattr(events_across, "alike", lambda a, b: compared.append(0) or alike(a, b))
    found = events_across.gathered(tellings)
    some = len(compared)
    monkeypatch.setattr(events_across, "LONG", 10**6)  # no event is left out
    assert events_across.gathered(tellings) == found
    assert 1 < len({leader.at for leader, _ in found.values()}) < len(tellings)
    assert some < (len(compared) - some) / 2
