"""The command that shows why: explain."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import (
    FINE, graph_option, json_option, model_option, ontology_option, opened, ranker_option, reports,
)  # fmt: skip
from kg.cli.terminal import as_fields, cell, console, safe, write_json
from kg.errors import UsageError
from kg.records import as_data

if TYPE_CHECKING:
    from rich.text import Text

    from kg.ask.claims import Claim
    from kg.ask.explanation import Explanation
    from kg.extract.draw import Word
    from kg.extract.trace import Traced
    from kg.records import Argument, Extraction, Relation

LABEL = 9
"""Width of the column of labels on the left."""
WIDTH = 100
"""How wide lines get at most."""
# The most that the columns of a drawn parse may take (tree and word, lemma, tags, relation, head): with the mark before
# and the blanks between them no more than WIDTH.
COLUMNS = (40, 14, 10, 13, 13)
STYLES = {"S": "bold cyan", "R": "bold green", "O": "bold yellow", "•": "bold"}
MARKS = {"S": "subject", "R": "relation", "O": "object", "•": "words of the evidence"}


@click.command()
@click.argument("claim", required=False)
@click.option("--sentence", metavar="TEXT", help="Explain how this text is read, instead of a claim of the graph.")
@click.option("--date", metavar="DATE", help="With --sentence: the day that it was written, for words like «Tuesday».")
@graph_option
@model_option
@ontology_option
@ranker_option
@json_option
@reports
def explain(
    claim: str | None, sentence: str | None, date: str | None, folder: str, model: str | None,
    ontology: tuple[str, ...], ranker: bool, as_json: bool,
) -> int:  # fmt: skip
    """Why the graph says so: the words, the parse, the rule that fired and those that nearly did. Examples:

    \b
    kg explain claim/5fd9f983        # as kg show prints it, its whole IRI, or the beginning of its digest
    kg explain --sentence "Amazon acquired One Medical in 2022." --date 2024-02-07
    """
    if (claim is None) == (sentence is None):
        raise UsageError('give a claim, or a text with --sentence "…", and not both')
    if date is not None and sentence is None:
        raise UsageError("--date goes with --sentence; the day of a claim's article is known")
    if sentence is not None:
        _explain_text(sentence, date, model, ontology, ranker, as_json)
    elif claim is not None:
        _explain_claim(claim, folder, model, ontology, ranker, as_json)
    return FINE


def _explain_text(
    text: str, date: str | None, model: str | None, ontology: tuple[str, ...], ranker: bool, as_json: bool
) -> None:
    from kg.extract import rules
    from kg.sentences import explained
    from kg.ontology import load

    trace = explained(text, date=date, model=model, ontology=ontology, ranker=ranker)
    if as_json:
        write_json({"sentences": [_data(one, trace.extraction) for one in trace.sentences]})
        return
    for one in trace.sentences:
        _print_sentence(one, trace.extraction, {})
        _print_read(one, trace.extraction, ())
        _print_near(one)
    tables = load(ontology)
    fired = sorted({p.rule for p in trace.extraction.propositions} | {e.rule for e in trace.extraction.events})
    if fired:
        console().print(_heading("the rules that fired"))
    for name in fired:
        rule = rules.described(name, tables)
        _print_field(name, f"{rule.does}" + (f" (“{rule.example}”)" if rule.example else ""), width=18)


def _explain_claim(
    reference: str, folder: str, model: str | None, ontology: tuple[str, ...], ranker: bool, as_json: bool
) -> None:
    with opened(folder, model=model, ontology=ontology, ranker=ranker) as graph:
        found = graph.explain(reference)
    if as_json:
        write_json(_claim_data(found))
        return
    _print_claim(found)
    if found.trace is not None:
        record = found.trace.extraction
        for one in found.sentences:
            _print_sentence(one, record, _marks(found, one))
            _print_read(one, record, (*(f"p{i}" for i in found.propositions), *(f"e{i}" for i in found.events)))
            _print_near(one)
        if not found.propositions and not found.events:
            console().print(_dim(
                "None of these readings makes the claim now: the program, its model or the ontology has changed since, "
                "or the text around the sentence counts. To read the articles once more: kg build ARTICLES --again"
            ))  # fmt: skip
    console().print(_dim(safe(found.note)))


# ---- the claim


def _print_claim(found: Explanation) -> None:
    from rich.text import Text

    claim = found.claim
    triple = " · ".join(_line(node.label) for node in (claim.subject, claim.relation, claim.object))
    _print_hanging(Text(triple, style="bold"), Text(), 4)
    _print_field("claim", claim.iri)
    for label, node in (("subject", claim.subject), ("relation", claim.relation), ("object", claim.object)):
        if node.iri:
            _print_field(label, cell(node.iri))
    _print_field("stance", _stance(claim))
    if claim.term:
        _print_field("holds", claim.term)
    _print_field("score", "none" if claim.confidence is None else f"{claim.confidence:g}")
    _print_field("rule", f"{claim.rule}: {found.rule.does}")
    if found.rule.example:
        _print_field("", f"as in “{found.rule.example}”")
    for line in _vouched(claim):
        _print_field(*line)
    if claim.event:
        _print_field("event", f"{claim.event.label}  {cell(claim.event.iri)}")
    for line in _article(claim):
        _print_field(*line)
    for number, place in enumerate(claim.evidence):
        _print_field("" if number else "words", f"{place.start}-{place.end} “{place.words}”")


def _stance(claim: Claim) -> str:
    words = [claim.polarity, claim.certainty, claim.tense, "under a condition" if claim.conditional else ""]
    return ", ".join(word for word in words if word)


def _vouched(claim: Claim) -> Iterator[tuple[str, str]]:
    """Who says so, and in which statement."""
    said = claim.statement
    if said is None:
        yield "says", "the article itself"
        return
    thought = said.mode == "thinking"
    how = f"{said.quotation} {'thought' if thought else 'speech'}" + (f", by “{said.cue}”" if said.cue else "")
    details = (("to", said.addressee), ("in", said.medium), ("on", said.said_on))
    how += "".join(f", {word} {value}" for word, value in details if value)
    yield "thinks" if thought else "says", f"{said.voices} ({how})"
    yield "", f"“{said.text}”"


def _article(claim: Claim) -> Iterator[tuple[str, str]]:
    article = claim.article
    about = (article.date.isoformat() if article.date else "undated", article.publisher, article.title)
    yield "article", ", ".join(item for item in (article.id, *about) if item)
    for place in (article.url, *article.sources):
        if place:
            yield "", place


def _print_field(label: str, value: str, *, width: int = LABEL) -> None:
    """One line «label  value»."""
    from rich.text import Text

    _print_hanging(Text(f"{_line(label):{width}} ", style="dim"), Text(_line(value)), width + 1)


def _print_hanging(start: Text, body: Text, indent: int) -> None:
    """Text behind a beginning, its further lines indented."""
    from rich.text import Text

    out = console()
    lines = body.wrap(out, max(20, min(out.width, WIDTH) - indent))
    for number, line in enumerate(lines or [Text()]):
        line.rstrip()
        out.print(Text.assemble(Text(" " * indent) if number else start, line))


def _line(text: str) -> str:
    """Text of articles as one harmless line."""
    return " ".join(safe(text).split())


# ---- a sentence


def _marks(found: Explanation, sentence: Traced) -> dict[int, str]:
    """Which words of a sentence bear the claim, by where they start: S, R and O, or • where no reading tells."""
    assert found.trace is not None
    marks: dict[int, str] = {}
    places = [(e.start - found.offset, e.end - found.offset) for e in found.claim.evidence]
    _mark(marks, sentence.words, places, "•")
    for index in found.propositions:
        proposition = found.trace.extraction.propositions[index]
        parts: tuple[tuple[str, Argument | Relation], ...] = (
            ("O", proposition.object), ("R", proposition.relation), ("S", proposition.subject),
        )  # fmt: skip
        for letter, part in parts:
            _mark(marks, sentence.words, part.spans, letter)
    return marks


def _mark(marks: dict[int, str], words: Iterable[Word], places: Iterable[tuple[int, int]], letter: str) -> None:
    places = list(places)
    marks.update({w.start: letter for w in words if any(s < w.end and w.start < e for s, e in places)})


def _print_sentence(sentence: Traced, record: Extraction, marks: dict[int, str]) -> None:
    from rich.text import Text

    out = console()
    out.print()
    _print_hanging(Text(), Text(_line(record.article.text[sentence.start : sentence.end]), style="bold"), 0)
    out.print()
    for line in _drawn(sentence.words, marks):
        out.print(line, no_wrap=True, crop=True, overflow="ellipsis")
    if marks:
        out.print(_dim(", ".join(f"{mark} {meaning}" for mark, meaning in MARKS.items() if mark in marks.values())))


def _drawn(words: Iterable[Word], marks: dict[int, str]) -> Iterator[Text]:
    """A parse, one line a word: mark, tree and word, lemma, tags, relation, head."""
    from rich.cells import cell_len

    rows = [
        (word, (word.tree + _line(word.text), _line(word.lemma), _tags(word), word.relation, _line(word.head or "")))
        for word in words
    ]
    widths = [min(most, max(cell_len(cells[i]) for _, cells in rows)) for i, most in enumerate(COLUMNS)] if rows else []
    for word, cells in rows:
        yield _row(word, cells, widths, marks)


def _tags(word: Word) -> str:
    return word.pos if word.tag in ("", word.pos) else f"{word.pos} {word.tag}"


def _row(word: Word, cells: tuple[str, ...], widths: list[int], marks: dict[int, str]) -> Text:
    from rich.text import Text

    mark = marks.get(word.start, "")
    own = STYLES.get(mark, "bold" if word.head is None else "cyan" if word.name else "")
    line = Text(f"{mark:2}" if marks else "", style=own)
    first = Text(_fit(cells[0], widths[0]), style=own)
    first.stylize("not bold dim", 0, len(word.tree))
    line.append_text(first)
    for number, style in ((1, "dim"), (2, "dim"), (3, ""), (4, "dim")):
        line.append(f"  {_fit(cells[number], widths[number])}", style=style)
    line.rstrip()
    return line


def _fit(text: str, width: int) -> str:
    """Text of exactly so many columns; what is cut off is marked."""
    from rich.cells import cell_len, set_cell_size

    return set_cell_size(text, width) if cell_len(text) <= width else f"{set_cell_size(text, width - 1)}…"


def _print_read(sentence: Traced, record: Extraction, chosen: Collection[str]) -> None:
    """What was read in a sentence; what makes the claim at hand is marked."""
    lines = list(_read(sentence, record, chosen))
    console().print(_heading("read in this sentence" if lines else "nothing was read in this sentence"))
    for chosen_one, line, rule, score in lines:
        _print_item("▸" if chosen_one else "+", line, f"{rule} {score:g}")


def _read(sentence: Traced, record: Extraction, chosen: Collection[str]) -> Iterator[tuple[bool, str, str, float]]:
    from kg import annotation

    for i in sentence.propositions:
        proposition = record.propositions[i]
        line = annotation.proposition_line(record, proposition)
        yield f"p{i}" in chosen, line, proposition.rule, proposition.confidence
    for i in sentence.events:
        event = record.events[i]
        yield f"e{i}" in chosen, annotation.event_line(record, event), event.rule, event.confidence


def _print_near(sentence: Traced) -> None:
    if sentence.near:
        console().print(_heading("nearly read"))
    for near in sentence.near:
        _print_item("-", near.words, f"{near.rule}: {near.why}" if near.rule else near.why)


def _print_item(sign: str, words: str, more: str) -> None:
    from rich.text import Text

    style = "bold" if sign == "▸" else ""
    _print_hanging(Text(f"  {sign} ", style=style), Text.assemble(_line(words), (f"  {_line(more)}", "dim")), 4)


def _heading(text: str) -> Text:
    from rich.text import Text

    return Text(f"\n{text}", style="bold")


def _dim(text: str) -> Text:
    from rich.text import Text

    return Text(f"\n{text}", style="dim")


# ---- data


def _data(sentence: Traced, record: Extraction) -> dict[str, Any]:
    """A sentence as JSON-ready data, with its text and all that was read in it in place of indices."""
    return as_fields(sentence) | {
        "text": record.article.text[sentence.start : sentence.end],
        "propositions": [as_data(record.propositions[i]) for i in sentence.propositions],
        "events": [as_data(record.events[i]) for i in sentence.events],
    }


def _claim_data(found: Explanation) -> dict[str, Any]:
    record = None if found.trace is None else found.trace.extraction
    return {
        "claim": as_data(found.claim), "rule": as_data(found.rule), "note": found.note, "offset": found.offset,
        "sentences": [] if record is None else [_data(one, record) for one in found.sentences],
        "made_by": [] if record is None else [
            *(as_data(record.propositions[i]) for i in found.propositions),
            *(as_data(record.events[i]) for i in found.events),
        ],
    }  # fmt: skip
