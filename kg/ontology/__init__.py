"""The ontology as tables: `ontology/*.ttl` -> `Ontology`; a faulty row names its file and subject.

What a word means lives in Turtle (`ontology/README.md` is its manual): classes and relations in ``kg.ttl``, frames
("to buy is an acquisition, its subject the buyer") in ``frames/*.ttl``, words of saying in ``cues.ttl``, kinds of
common nouns in ``nouns.ttl``, names in ``gazetteer/*.ttl``, named queries in ``queries/*.rq``. Here they become frozen
tables that the stages look words up in. Names are prefixed names throughout ("kg:Acquisition"); words are lemmas in
lower case.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kg import names
from kg.errors import OntologyError
from kg.ontology import gazetteer
from kg.ontology.assemble import build
from kg.ontology.faults import check
from kg.ontology.gazetteer import Gazetteer, Thing
from kg.ontology.queries import queries, read_query
from kg.ontology.rows import directory
from kg.ontology.sources import Fault, Source, Sources
from kg.ontology.tables import (
    Cue, Filler, Frame, Implication, Ontology, Parameter, Pattern, Property, Query, Slot, Standing, Support,
)  # fmt: skip


def load(extra: Iterable[str | Path] = ()) -> Ontology:
    """The shipped ontology, with the Turtle files of ``extra`` (files, or folders of ``*.ttl``) added to it.

    A file of frames and a file of names (``ontology/README.md``) are told apart by what they hold.

    Raises OntologyError, naming file and subject, for Turtle that cannot be read or a row that makes no sense; of
    several faults, the first, and how many more there are (``faults`` tells of each).
    """
    added = _expanded(extra)
    if not added:
        return _load_shipped()
    frames, named = gazetteer.split(added)
    if wrong := [fault for fault in faults(added) if not fault.note]:
        more = f" ({len(wrong) - 1} more: kg ontology check)" if len(wrong) > 1 else ""
        raise OntologyError(wrong[0].file, f"{wrong[0].told}{more}")
    shipped = _load_shipped()
    tables = build([*_shipped(), *frames]) if frames else shipped
    files = tuple((file.name, file.read_text(encoding="utf-8")) for file in added)
    own = frozenset(tables.parents) - frozenset(shipped.parents)
    return replace(tables, own=own, added=_key(added), files=files, listed=gazetteer.load(named))


def load_kept(files: Iterable[tuple[str, str]]) -> Ontology:
    """The shipped ontology with files that were kept by name and text (``Ontology.files``)."""
    with TemporaryDirectory() as folder:
        paths = []
        for number, (name, text) in enumerate(files):
            place = Path(folder) / str(number)
            place.mkdir()
            paths.append(place / Path(name).name)
            paths[-1].write_text(text, encoding="utf-8")
        return load(paths)


def faults(extra: Iterable[str | Path] = ()) -> tuple[Fault, ...]:
    """All that is wrong, or worth a note, in the files of ``extra``; without any, in the shipped ones. By place."""
    added = _expanded(extra)
    frames, named = gazetteer.split(added) if added else (_shipped(), gazetteer.files())
    told = check(_shipped(), frames) if frames else ()
    return tuple(sorted((*told, *gazetteer.check(named)), key=lambda one: (one.file, one.line or 0)))


def described(extra: Iterable[str | Path] = ()) -> list[tuple[Frame, Source]]:
    """The frames that the files of ``extra`` describe or add to, each with its file; without any, the shipped ones."""
    added = _expanded(extra)
    tables = load(added)
    frames = {frame.name: frame for frame in (*tables.frames, *tables.relation_frames)}
    wanted = gazetteer.split(added)[0] if added else _shipped()
    rows = ((name, source) for source in Sources(wanted).sources for name in source.rows)
    return [(frames[key], source) for name, source in rows if (key := name.removeprefix("frame:")) in frames]


@lru_cache(maxsize=1)
def _load_shipped() -> Ontology:
    return build(_shipped())


def _shipped() -> list[Path]:
    root = directory()
    return [root / "kg.ttl", root / "cues.ttl", root / "nouns.ttl", *sorted((root / "frames").glob("*.ttl"))]


def _expanded(paths: Iterable[str | Path]) -> list[Path]:
    """The files that are meant, each once; a folder without Turtle stays, so that it can be told of."""
    files = ((path.is_dir() and sorted(path.glob("*.ttl"))) or [path] for path in map(Path, paths))
    return list(dict.fromkeys(file for some in files for file in some))


def _key(files: Iterable[Path]) -> str:
    """What tells these files from others: their names, and a digest of what they hold."""
    files = sorted(files, key=lambda file: (file.name, str(file)))
    contents = names.digest(*(file.read_bytes().hex() for file in files), length=8)
    return f"{', '.join(file.name for file in files)} {contents}"


__all__ = [
    "Cue", "Fault", "Filler", "Frame", "Gazetteer", "Implication", "Ontology", "Parameter", "Pattern", "Property",
    "Query", "Slot", "Standing", "Support", "Thing", "described", "directory", "faults", "load", "load_kept", "queries",
    "read_query",
]  # fmt: skip
