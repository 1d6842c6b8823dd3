"""The commands about the ontology: check the user's frames, show what a class or a word means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import (
    FINE, SOME_FAILED, gazetteer_option, json_option, model_option, ontology_option, reports,
)  # fmt: skip
from kg.cli.terminal import as_fields, count, safe, write_json
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.build import Example
    from kg.ontology import Fault, Frame, Ontology, Thing


class Group(click.Group):
    """Commands in the order in which they were added."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names."""
        return list(self.commands)


@click.group(cls=Group)
def ontology() -> None:
    """What words mean: check frames of your own, look up a class or a word. Examples:

    \b
    kg ontology check rescue.ttl --examples
    kg ontology show Acquisition
    """


@ontology.command()
@click.argument("files", nargs=-1, metavar="[FILE|FOLDER]...")
@click.option("--examples", is_flag=True, help="Read the example sentences, too, with the language pipeline.")
@model_option
@json_option
@reports
def check(files: tuple[str, ...], examples: bool, model: str | None, as_json: bool) -> int:
    """Tell of every fault in files of frames or names, with file, line and subject; without files, in the shipped ones.

    A note is worth a look and no fault. Exit status: 0 fine, 1 faults, 2 wrong use.
    Example: kg ontology check rescue.ttl --examples
    """
    from kg import ontology as tables

    if model is not None and not examples:
        raise UsageError("--model reads example sentences; give it together with --examples")
    found = list(tables.faults(files))
    sound = not any(not fault.note for fault in found)
    read = list(_examples(files, model)) if examples and sound else []
    found += [example.fault for example in read if example.fault is not None]
    if as_json:
        write_json({"faults": [as_fields(one) for one in found], "examples": [_data(one) for one in read]})
    else:
        _print(found, read)
    if examples and not sound:
        click.echo("kg: the example sentences were not read; mend the faults first", err=True)
    return SOME_FAILED if any(not fault.note for fault in found) else FINE


def _examples(files: tuple[str, ...], model: str | None) -> Iterator[Example]:
    from kg import build

    yield from build.examples(files, model=model)


def _data(example: Example) -> dict[str, Any]:
    told = [{"class": reading.event, "roles": list(map(list, reading.roles))} for reading in example.readings]
    return {"frame": example.frame.name, "sentence": example.sentence, "right": example.fault is None, "read": told}


def _print(found: list[Fault], read: list[Example]) -> None:
    for example in read:
        click.echo(f"{'✗' if example.fault else '✓'} “{safe(example.sentence)}”")
        for reading in example.readings:
            roles = "".join(f" · {role} {words}" for role, words in reading.roles)
            click.echo(f"    {safe(reading.event + roles)}")
        if not example.readings:
            click.echo("    nothing is read")
    for fault in found:
        line = f":{fault.line}" if fault.line else ""
        click.echo(safe(f"{fault.file}{line}: {'note: ' if fault.note else ''}{fault.told}"))
    faults = sum(not fault.note for fault in found)
    told = [count(faults, "fault"), count(len(found) - faults, "note")]
    if read:
        right = sum(example.fault is None for example in read)
        told.append(f"{right:,} of {count(len(read), 'example sentence')} read as meant")
    click.echo(f"{', '.join(told)}.")


@ontology.command()
@click.argument("name", required=False)
@ontology_option
@gazetteer_option
@reports
def show(name: str | None, ontology: tuple[str, ...], gazetteer: tuple[str, ...]) -> int:
    """What a class, a relation, a word or a name means: definition, roles, words, examples; the thing in the gazetteer.

    Without a name: all classes of events and relations that words tell of, and how many words and things there are.
    Example: kg ontology show buy
    """
    from kg.ontology import load

    tables = load((*ontology, *gazetteer))
    if name is None:
        _show_all(tables)
        return FINE
    frames = list(_meant(tables, name))
    terms = [term for term in sorted(tables.comments) if name.lower() in (term.lower(), term.partition(":")[2].lower())]
    terms += [term for term in dict.fromkeys(frame.event for frame in frames) if term not in terms]
    things = [thing for thing in tables.gazetteer.things if name.casefold() in map(str.casefold, thing.labels)]
    if not terms and not things:
        raise UsageError(f"the ontology knows nothing called {name!r}; words are lemmas, as in: kg ontology show buy")
    for term in terms:
        _show(tables, term)
    for thing in things:
        _show_thing(thing)
    return FINE


def _show_all(tables: Ontology) -> None:
    events = [term for term in tables.parents if term != "kg:Event" and tables.is_a(term, "kg:Event")]
    related = {frame.event for frame in tables.relation_frames}
    relations = sorted(related | {row.name for rows in tables.properties.values() for row in rows})
    for heading, terms in (("Events", events), ("Relations", relations)):
        click.echo(f"{heading}:")
        for term in terms:
            click.echo(safe(f"  {term}  {tables.labels.get(term, '')}"))
    words = {word for frame in _all(tables) for word in frame.verbs | frame.nouns | frame.forms}
    words |= set(tables.properties)
    told = [count(len(events), "class of events", "classes of events"), count(len(relations), "relation")]
    told += [count(len(words), "word"), count(len(_all(tables)), "frame")]
    kinds = Counter(thing.kind for thing in tables.gazetteer.things)
    click.echo(f"Gazetteer: {', '.join(f'{number:,} {kind}' for kind, number in kinds.most_common())}")
    click.echo(f"{', '.join(told)}.")


def _all(tables: Ontology) -> tuple[Frame, ...]:
    return (*tables.frames, *tables.relation_frames)


def _meant(tables: Ontology, word: str) -> Iterator[Frame]:
    wanted = " ".join(word.lower().split())
    yield from (frame for frame in _all(tables) if wanted in frame.verbs | frame.nouns | frame.forms)


def _show(tables: Ontology, term: str) -> None:
    label, comment = tables.labels.get(term, ""), tables.comments.get(term, "")
    click.echo(safe(f"{term}  {label}\n    {comment}" if comment else f"{term}  {label}"))
    for frame in (frame for frame in _all(tables) if frame.event == term):
        words = ", ".join(sorted(frame.verbs | frame.nouns | frame.forms))
        narrowed = f" with {', '.join(sorted(frame.objects))}" if frame.objects else ""
        click.echo(safe(f"  frame:{frame.name}  {words}{narrowed}"))
        roles = dict.fromkeys(slot.role for slot in frame.slots)
        click.echo(safe(f"    roles: {', '.join(roles)}"))
        for example in frame.examples:
            click.echo(safe(f"    “{example}”"))
    for row in (row for rows in tables.properties.values() for row in rows if row.name == term):
        click.echo(safe(f"  said as: {row.lemma}"))
    for implied in tables.relations.get(term, ()):
        click.echo(safe(f"  implies: {implied.subject_role} {implied.relation} {implied.object_role}"))


def _show_thing(thing: Thing) -> None:
    """A thing of the gazetteer: class, names, and what it is elsewhere."""
    click.echo(safe(f"{thing.label}  {thing.type}{'  ambiguous' if thing.ambiguous else ''}"))
    if others := thing.labels[1:]:
        click.echo(safe(f"  also called {', '.join(others)}"))
    if thing.same_as:
        click.echo(safe(f"  same as {thing.same_as}"))
