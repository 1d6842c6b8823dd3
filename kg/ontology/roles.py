"""Which roles a class of event has, and what may fill each: read off the frames, and off kg.ttl where no frame says.

``kg:expects`` of the slots that fill a role tells what may; a role that no frame of the class fills takes its
``schema:rangeIncludes``. A class has the roles of the classes above it; what fills one of them is what frames of the
class, of those above it and of those below it expect.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from kg.ontology.rows import FILLERS, Rows
from kg.ontology.tables import Filler, Frame

Roles = Mapping[str, Mapping[str, frozenset[Filler]]]
EVENT, PARTICIPANT = "kg:Event", "kg:participant"
CIRCUMSTANCES: Mapping[str, frozenset[Filler]] = MappingProxyType(
    {"kg:time": frozenset({"time"}), "schema:location": frozenset({"Place"})}
)
"""What every event may have by itself, whatever its frames."""


def roles(rows: Rows, frames: Iterable[Frame], parents: Mapping[str, frozenset[str]]) -> Roles:
    """By class of event and role, what may fill it; ``kg:Event`` itself has all roles of all classes."""
    above = {name: _above(name, parents) for name in parents}
    classes = sorted(name for name in parents if EVENT in above[name])
    expected: dict[tuple[str, str], set[Filler]] = {}
    for frame in frames:
        for slot in frame.slots:
            expected.setdefault((frame.event, slot.role), set()).update(slot.expects)
    declared = dict(_declared(rows, (name for name in sorted(parents) if PARTICIPANT in above[name])))

    def fillers(event: str, role: str) -> frozenset[Filler]:
        near = (name for name in classes if name in above[event] or event in above[name])
        return frozenset().union(*(expected.get((name, role), ()) for name in near)) or declared.get(role, _EMPTY)[1]

    def had(event: str) -> Iterator[str]:
        """The roles of a class; an event of no known class may have any."""
        yield from (role for name, role in expected if name in above[event] or event == EVENT)
        yield from (role for role, (domain, _) in declared.items() if domain & above[event] or event == EVENT)

    def row(event: str) -> Mapping[str, frozenset[Filler]]:
        return MappingProxyType({**CIRCUMSTANCES, **{role: fillers(event, role) for role in sorted(set(had(event)))}})

    return MappingProxyType({event: row(event) for event in classes})


_EMPTY: tuple[frozenset[str], frozenset[Filler]] = (frozenset(), frozenset())


def _declared(rows: Rows, names: Iterable[str]) -> Iterator[tuple[str, tuple[frozenset[str], frozenset[Filler]]]]:
    """The classes that a role is declared for, and what it is declared to take; classes of no slot are skipped."""
    for role in names:
        domain, range_ = (rows.all(role, f"schema:{side}Includes") for side in ("domain", "range"))
        yield role, (frozenset(domain), frozenset(kind for name in range_ for kind in FILLERS.get(name, ())))


def _above(name: str, parents: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """A class or property and all above it."""
    seen: set[str] = set()
    todo = [name]
    while todo:
        if (current := todo.pop()) not in seen:
            seen.add(current)
            todo.extend(parents.get(current, ()))
    return frozenset(seen)
