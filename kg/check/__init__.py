"""Store -> breaches: which fact breaks which rule, with its words; the rules are SHACL shapes.

The general ones stand in ``ontology/shapes.ttl``; those of each class of event, role and relation follow from the
frames (``kg.ontology.shapes``); a user may give files of more. pySHACL looks at the store slice by slice. What frames
told that the given ontology lacks is held against the general shapes only (``left_out``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.check import slices
from kg.check.breach import Breach, Place, Term
from kg.check.look import Look
from kg.check.own import LeftOut, Own
from kg.errors import UsageError
from kg.ontology import directory
from kg.ontology.shapes import iri, shapes as derived_shapes
from kg.store import Store

if TYPE_CHECKING:
    import rdflib

    from kg.ontology import Ontology


def check(store: Store, ontology: Ontology, *, shapes: Iterable[str | Path] = ()) -> tuple[Breach, ...]:
    """Every fact that breaks a rule, once for each rule that it breaks; the gravest first, then by rule and fact.

    ``shapes`` are Turtle files with more SHACL shapes. Raises UsageError for one that cannot be read or is wrong.
    """
    own, derived = Own(store, ontology), _derived(ontology)
    rules = derived + _given([Path(file) for file in shapes])
    words = slices.vocabulary((directory() / "kg.ttl").read_bytes(), _classes(ontology))
    look = Look(store, ontology.labels, rules)
    reports = (_validated(data, rules) for data in slices.graphs(store, words))
    found = {breach.key: breach for report in reports for breach in look.breaches(report)}
    ours = {str(shape) for shape in derived.subjects()}
    kept = (breach for breach in found.values() if breach.rule not in ours or not own.excuses(breach))
    return tuple(sorted(kept, key=lambda breach: breach.order))


def left_out(store: Store, ontology: Ontology) -> LeftOut | None:
    """What frames of the user's own have told that ``ontology`` lacks: its roles are not judged. None: all are."""
    return Own(store, ontology).left_out


def _validated(data: rdflib.Graph, rules: rdflib.Graph) -> rdflib.Graph:
    """The validation report on a slice."""
    import pyshacl
    import rdflib
    from pyshacl.errors import ReportableRuntimeError

    try:
        _, report, text = pyshacl.validate(data, shacl_graph=rules, inplace=True)
    except (ReportableRuntimeError, ValueError) as error:
        raise UsageError(f"the shapes cannot be used: {error}") from error
    if not isinstance(report, rdflib.Graph):
        raise UsageError(f"the shapes cannot be used: {text}")
    return report


def _derived(ontology: Ontology) -> rdflib.Graph:
    """The shapes that follow from the frames."""
    import rdflib

    return rdflib.Graph().parse(data=derived_shapes(ontology), format="turtle")


def _given(files: Iterable[Path]) -> rdflib.Graph:
    """The general shapes, and those of the user's own."""
    import rdflib

    graph = rdflib.Graph()
    for file in (directory() / "shapes.ttl", *files):
        try:
            graph.parse(data=file.read_bytes(), format="turtle")
        except OSError as error:
            raise UsageError(f"{file} cannot be read ({error.strerror}); give a Turtle file with shapes") from error
        except (SyntaxError, ValueError) as error:
            raise UsageError(f"{file} is no Turtle: {error}") from error
    return graph


def _classes(ontology: Ontology) -> Iterator[tuple[str, str]]:
    """Each class of event with those above it, by their IRIs; a user's own are not in ``kg.ttl``."""
    for name in ontology.roles:
        for above in ontology.parents.get(name, ()):
            yield iri(name), iri(above)


__all__ = ["Breach", "LeftOut", "Place", "Term", "check", "left_out"]
