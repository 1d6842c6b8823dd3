"""Score who said what: our own annotated passages (``said/README.md``), and CaRB's sentences of saying.

Speaker, content, addressee and chain are counted as ``said/README.md`` tells; the measure of the content, characters
shared, is that of Citron on PARC (Newell et al. 2018).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.records import Article, Extraction, Mention, Reference, Span, Statement
from kg.score import Row
from kg.score.said_passages import HERE, Passage, Said, passages

_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_LEAST = 0.3
"""Share of the letters of the longer of two statements: with less in common they are no pair."""
SETS = (
    ("our development passages", ("development.toml", "development_2.toml", "development_3.toml")),
    ("our held-out passages", ("held_out.toml",)),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """An annotated statement with the one found that is paired with it, by index; None where none is."""

    passage: Passage
    record: Extraction
    said: Said
    found: int | None


@dataclass(slots=True)
class Tally:
    """What is counted of some passages."""

    pairs: list[Pair] = field(default_factory=list)
    spurious: list[tuple[Passage, Extraction, int]] = field(default_factory=list)
    shared: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    annotated: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    found: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def rows(data: Path | None, *, model: str | None = None) -> Iterator[Row]:
    """The figures of the shipped passages, and of CaRB where its sentences lie in the folder."""
    for name, files in SETS:
        yield from _figures(name, tally((one for file in files for one in passages(HERE / file)), model=model))
    if data is not None and (data / "oie" / "carb" / "said_type_annotations.tsv").is_file():
        yield from _carb(data / "oie" / "carb" / "said_type_annotations.tsv", model)


def tally(given: Iterable[Passage], *, model: str | None = None) -> Tally:
    """The passages read and paired with their annotation."""
    listed, counts = list(given), Tally()
    for passage, record in zip(listed, _read([one.article for one in listed], model), strict=True):
        _count(counts, passage, record)
    return counts


def _read(articles: Sequence[Article], model: str | None) -> list[Extraction]:
    from kg import extract, language, ontology, resolve

    tables = ontology.load()
    return [resolve.link(extract.extraction(doc, tables)) for doc in language.parse(articles, model=model)]


# --- pairs -------------------------------------------------------------------------------------------------------


def _count(counts: Tally, passage: Passage, record: Extraction) -> None:
    found = [_letters(passage.article.text, statement.content) for statement in record.statements]
    wanted = [_letters(passage.article.text, said.content) for said in passage.said]
    scored = sorted(
        (-len(gold & mine) / max(len(gold), len(mine), 1), _mismatch(passage.said[i], record, j), i, j)
        for i, gold in enumerate(wanted)
        for j, mine in enumerate(found)
        if len(gold & mine) > _LEAST * max(len(gold), len(mine))
    )
    partner: dict[int, int] = {}
    for *_, i, j in scored:
        if i not in partner and j not in partner.values():
            partner[i] = j
    for i, said in enumerate(passage.said):
        counts.pairs.append(Pair(passage, record, said, partner.get(i)))
        counts.annotated[_sort(said.kind)] += len(wanted[i])
        if i in partner:
            counts.shared[_sort(said.kind)] += len(wanted[i] & found[partner[i]])
            counts.found[_sort(said.kind)] += len(found[partner[i]])
    for j, statement in enumerate(record.statements):
        if j not in partner.values():
            counts.spurious.append((passage, record, j))
            counts.found[_sort(statement.quotation)] += len(found[j])


def _mismatch(said: Said, record: Extraction, index: int) -> int:
    """Of two statements with the same words, that of the same speaker is the partner."""
    statement = record.statements[index]
    return 0 if _same_people(record, said.speakers, statement.speakers) else 1


def _letters(text: str, spans: Iterable[Span]) -> frozenset[int]:
    """The places of letters and digits of some stretches: marks, points and blanks count for nothing."""
    return frozenset(i for start, end in spans for i in range(start, end) if text[i].isalnum())


def _sort(kind: str) -> str:
    return "direct" if kind == "direct" else "indirect"


# --- who ---------------------------------------------------------------------------------------------------------


def speaker_right(pair: Pair) -> bool:
    """Whether all speakers are found, and nobody else."""
    return pair.found is not None and _same_people(
        pair.record, pair.said.speakers, pair.record.statements[pair.found].speakers
    )


def addressee_right(pair: Pair) -> bool:
    """Whether the listeners are found, and nobody else."""
    if pair.found is None:
        return False
    addressee = pair.record.statements[pair.found].addressee
    return _same_people(pair.record, pair.said.addressees, () if addressee is None else (addressee,))


def chain_right(pair: Pair) -> bool:
    """Whether those who pass it on are found, in their order, and nobody else."""
    if pair.found is None:
        return False
    links = chain(pair.record.statements, pair.found)
    return len(links) == len(pair.said.chain) and all(
        any(_is(pair.record, name, one) for one in link) for name, link in zip(pair.said.chain, links, strict=True)
    )


def chain(statements: Sequence[Statement], index: int) -> list[tuple[Reference, ...]]:
    """The speakers of the statements that report one, from inside outwards; last an outlet that is none of them."""
    links: list[tuple[Reference, ...]] = []
    at: int | None = index
    while at is not None and len(links) <= len(statements):
        last, at = at, statements[at].parent
        if at is not None:
            links.append(statements[at].speakers)
        elif (via := statements[last].via) is not None:
            links.append((via,))
    return [link for link in links if link]


def _same_people(record: Extraction, names: Sequence[str], found: Sequence[Reference]) -> bool:
    return len(names) == len(found) and all(any(_is(record, name, one) for one in found) for name in names)


def _is(record: Extraction, name: str, found: Reference) -> bool:
    """Whether a reference means the thing that an annotation names in the words of the text."""
    text = record.article.text
    places = [Span(match.start(), match.end()) for match in re.finditer(re.escape(name), text)]
    if found.entity is None:
        return any(found.start < place.end and place.start < found.end for place in places)
    entity = record.entities[found.entity]
    if any(form in (_bare(name), _unclassed(name)) for form in map(_bare, (entity.name, *entity.aliases))):
        return True
    return found.entity in {mention.entity for place in places if (mention := _headed(record, place)) is not None}


def _headed(record: Extraction, place: Span) -> Mention | None:
    """The mention that begins where a description does and is the longest of those within it."""
    article = _ARTICLE.match(record.article.text, place.start)
    starts = (place.start, article.end() if article else place.start)
    within = [m for m in record.mentions if m.head.end <= place.end and (m.start in starts or m.head.start in starts)]
    first = min((m for m in within), key=lambda m: (m.start, -m.end), default=None)
    return max(within, key=lambda m: (m.end, -m.start)) if first is not None else _any_head(record, place)


def _any_head(record: Extraction, place: Span) -> Mention | None:
    """The mention that covers a description, as one with a title before it."""
    around = [m for m in record.mentions if m.start <= place.start and place.end <= m.end]
    return min(around, key=lambda m: m.end - m.start, default=None)


def _unclassed(name: str) -> str:
    """A name without the words of class beside it: «the weekly newspaper Rannik», «Rannik magazine» -> "rannik"."""
    name = re.sub(r"^((?:The |the )?[A-Z]\w+(?: [A-Z]\w+)*) [a-z]+$", r"\1", name)
    return re.sub(r"^(?:(?:The|An?)\s)?(?:[a-z]+\s)+(?=[A-Z][^ ]*(?: [A-Z][^ ]*)*$)", "", name).casefold()


def _bare(words: str) -> str:
    return _ARTICLE.sub("", words, count=1).casefold() if _ARTICLE.match(words) else words.casefold()


# --- figures -----------------------------------------------------------------------------------------------------


def _figures(name: str, counts: Tally) -> Iterator[Row]:
    for sort, speaker, content in (("direct", 95.0, 90.0), ("indirect", 85.0, 75.0)):
        pairs = [pair for pair in counts.pairs if _sort(pair.said.kind) == sort]
        label = sort if sort == "direct" else "indirect, mixed"
        yield Row(name, f"speaker {label}", _share(map(speaker_right, pairs)), speaker)
        yield Row(name, f"content F1 {label}", _f1(counts, sort), content)
    addressed = [pair for pair in counts.pairs if pair.said.addressees]
    chained = [pair for pair in counts.pairs if pair.said.chain]
    yield Row(name, "addressee", _share(map(addressee_right, addressed)), 80.0)
    yield Row(name, "chain", _share(map(chain_right, chained)), 80.0)


def _share(right: Iterable[bool]) -> float:
    every = list(right)
    return 100 * sum(every) / len(every) if every else 0.0


def _f1(counts: Tally, sort: str) -> float:
    total = counts.found[sort] + counts.annotated[sort]
    return 200 * counts.shared[sort] / total if total else 0.0


# --- CaRB --------------------------------------------------------------------------------------------------------


def _carb(file: Path, model: str | None) -> Iterator[Row]:
    """How many relations of saying of CaRB's annotators are statements: a cue of theirs, with their speaker."""
    wanted: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for line in file.read_text(encoding="utf-8-sig").splitlines():
        cells = [cell.strip("\ufeff ") for cell in line.split("\t")]
        if len(cells) >= 4 and _SAYING.search(cells[1]):
            wanted[cells[0]].add((cells[1], cells[2], cells[3]))
    articles = [Article.of(sentence) for sentence in wanted]
    total = hits = 0
    for (sentence, triples), record in zip(wanted.items(), _read(articles, model), strict=True):
        for relation, speaker, content in sorted(triples):
            total += 1
            hits += any(_agrees(sentence, one, relation, speaker, content) for one in record.statements)
    yield Row("CaRB dev, sentences of saying", "recall of the saying", 100 * hits / total if total else 0.0)


_SAYING = re.compile(
    r"\b(?:said|says|say|saying|told|tell|tells|added|adds|announced|according|reported|wrote|claimed|stated|noted"
    r"|argued|argues|warned|denied|confirmed|predicted|insisted|asked|explained|testified|suggested|asserted)\b",
    re.IGNORECASE,
)


def _agrees(sentence: str, found: Statement, relation: str, speaker: str, content: str) -> bool:
    """Whether a statement has the cue, the speaker's and most of the content's words of an annotated triple."""
    cue = sentence[slice(*found.cue)] if found.cue else ""
    if not _words(cue) & _words(relation) or found.speaker is None:
        return False
    said = _words(" ".join(sentence[start:end] for start, end in found.content))
    who = sentence[found.speaker.start : found.speaker.end]
    wanted = _words(content)
    return bool(_words(who) & _words(speaker)) and len(said & wanted) * 2 >= len(wanted)


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if word not in ("the", "a", "an", "that", "of", "to")}


__all__ = ["Pair", "Tally", "addressee_right", "chain", "chain_right", "rows", "speaker_right", "tally"]
