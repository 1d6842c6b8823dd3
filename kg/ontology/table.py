"""The tables of classes and relations in ``ontology/README.md``, made from the ontology: `python -m kg.ontology.table`.

It prints the two tables; with ``--write``, it puts them into the manual. A test compares the two.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator

from kg import ontology
from kg.ontology.roles import CIRCUMSTANCES, EVENT
from kg.ontology.rows import KINDS, directory
from kg.ontology.shapes import KIND_NAMES, sides
from kg.ontology.tables import Filler, Frame, Ontology

SORTS: dict[Filler, str] = {"money": "money", "quantity": "amount", "percent": "percentage", "time": "time"}


def tables(known: Ontology) -> dict[str, str]:
    """Each table in Markdown, by the heading that it stands under."""
    return {
        "Classes of events": _drawn(("class", "example", "roles", "implies"), _events(known)),
        "Standing relations": _drawn(("relation", "example", "from", "to"), _relations(known)),
    }


def written(manual: str, known: Ontology) -> str:
    """The manual with its tables as the ontology has them now; what stands between heading and table stays."""
    for heading, table in tables(known).items():
        found = re.search(rf"^## {heading}\n(?:(?![|#]).*\n)*(?P<table>(?:\|.*\n)+)", manual, re.MULTILINE)
        if found is None:
            raise ValueError(f"the manual has no table under a heading {heading!r}")
        manual = manual[: found.start("table")] + table + manual[found.end("table") :]
    return manual


def _events(known: Ontology) -> Iterator[tuple[str, ...]]:
    """Each class of event, behind the one that it lies below."""
    classes = [name for name in known.parents if known.is_a(name, EVENT) and name != EVENT]
    for top in (name for name in classes if EVENT in known.parents[name]):
        for name in sorted((one for one in classes if known.is_a(one, top)), key=lambda name: name != top):
            above = "" if name == top else f" ⊑ `{next(iter(sorted(known.parents[name])))}`"
            yield f"`{name}`{above}", _example(known.frames, name), _roles(known, name), _implied(known, name)


def _roles(known: Ontology, class_: str) -> str:
    """The roles that frames of the class fill, in the order of ``kg.ttl``; what every event may have is left out."""
    filled = {slot.role for frame in known.frames if frame.event == class_ for slot in frame.slots}
    return _terms(role for role in known.parents if role in filled.difference(CIRCUMSTANCES))


def _implied(known: Ontology, class_: str) -> str:
    rows = (row for event, some in known.relations.items() if known.is_a(class_, event) for row in some)
    return _terms(sorted(row.relation for row in rows))


def _relations(known: Ontology) -> Iterator[tuple[str, ...]]:
    """Each relation that has frames of its own, or that no event implies."""
    implied = {row.relation for rows in known.relations.values() for row in rows}
    told = {frame.event for frame in known.relation_frames}
    said = {row.name: row.lemma for rows in known.properties.values() for row in rows}
    for name, (subjects, objects) in sides(known).items():
        if name in told or name in said.keys() - implied:
            example = _example(known.relation_frames, name) if name in told else f"… *{said[name]}* …"
            above = "".join(f" ⊑ `{one}`" for one in sorted(known.parents.get(name, ())))
            yield f"`{name}`{above}", example, _kinds(subjects), _kinds(objects)


def _example(frames: Iterable[Frame], name: str) -> str:
    """The shortest whole sentence among the examples of a class or relation; else the shortest."""
    examples = (example for frame in frames if frame.event == name for example in frame.examples)
    return min(examples, key=lambda example: (not example.endswith("."), len(example), example), default="–")


def _kinds(fillers: frozenset[Filler]) -> str:
    if not fillers or set(KINDS.values()) <= fillers:
        return "anything"
    kinds = [words.partition(" ")[2] for kind, (_, words) in KIND_NAMES.items() if kind in fillers]
    return ", ".join([*kinds, *(word for sort, word in SORTS.items() if sort in fillers)])


def _terms(terms: Iterable[str]) -> str:
    return " ".join(f"`{term}`" for term in dict.fromkeys(terms)) or "–"


def _drawn(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines).replace(" --- ", "---")


def main() -> None:
    """Print the tables, or write them into the manual."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the tables into ontology/README.md")
    known, manual = ontology.load(), directory() / "README.md"
    if parser.parse_args().write:
        manual.write_text(written(manual.read_text(encoding="utf-8"), known), encoding="utf-8")
    else:
        print("\n".join(f"## {heading}\n\n{table}" for heading, table in tables(known).items()))


if __name__ == "__main__":
    main()
