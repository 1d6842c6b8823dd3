"""Acts + quotations -> utterances: which quotation belongs to which act of saying, in every order of the two.

The tree decides where it joins a cue to words inside the marks; where it does not (parsers slip at quotation
marks), the cue is the verb of saying right beside the marks. A quotation without a cue continues its neighbour.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.extract.quotation import outer, paragraphs, quoted
from kg.extract.act import Act, Cues, cue_of
from kg.extract.said import was_said
from kg.extract.saying_rules import listens
from kg.extract.source import below, is_silent, sentence_root, subject
from kg.extract.tree import FINITE, dep, hanging_on, unit_head
from kg.extract.tree_index import index as index_of
from kg.records import Span

WINDOW = 16  # tokens between the marks and a cue verb beside them
INSERTED = frozenset({"statement-parenthetical", "statement-inverted", "statement-according", "statement-as"})
SPOKEN_END = frozenset({",", "?", "!", "—", "–"})
SENTENCE_END = frozenset({".", "!", "?"})
SAYINGS = frozenset({"advice", "message", "answer", "verdict", "response", "view", "reaction", "explanation", "motto",
                     "slogan", "warning", "comment", "question", "plea", "reply", "word", "line", "rule", "conclusion",
                     "statement", "post", "tweet", "text", "letter"})  # fmt: skip
CORE = ("obj", "ccomp", "xcomp", "parataxis", "dep", "advcl", "acl", "appos", "nsubj")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation as its stretches (one a paragraph) and tokens; ``sentence`` if it is more than a word or title.

    ``container`` is the quotation it is nested in, by index; ``paragraph`` the paragraph that it begins in.
    """

    index: int
    spans: tuple[Span, ...]
    outer: Span
    tokens: frozenset[int]
    first: int
    last: int
    sentence: bool
    container: int | None
    paragraph: int


@dataclass(frozen=True, slots=True)
class Utterance:
    """An act with its quotations, by index; or a quotation without a cue, and who the sentence before is about."""

    act: Act | None
    quotes: tuple[int, ...] = ()
    speaker: Token | None = None


@dataclass(frozen=True, slots=True)
class Quotes:
    """All quotations of a document; ``holder`` gives for each token the innermost one that it stands in, by index."""

    doc: Doc
    text: str
    items: tuple[Quote, ...]
    holder: tuple[int | None, ...]
    edges: tuple[int, ...]
    sentences: tuple[int, ...]

    def of(self, indices: Sequence[int]) -> list[Quote]:
        """The quotations with these indices."""
        return [self.items[i] for i in indices]

    def paragraph(self, position: int) -> int:
        """The number of the paragraph that a character of the text stands in."""
        return bisect_right(self.edges, position) - 1

    def sentence(self, token: int) -> int:
        """The number of the sentence that a token stands in."""
        return bisect_right(self.sentences, token) - 1


def quotes(doc: Doc, spans: Sequence[Span]) -> Quotes:
    """The document's quotations with their tokens; nested ones come after those that hold them."""
    known = index_of(doc)
    text, starts = known.text, known.starts
    top = quoted(text, spans)
    outermost = {span for group in top for span in group}
    groups = [*top, *((span,) for span in spans if span not in outermost)]
    edges = tuple(paragraph.start for paragraph in paragraphs(text))
    holder: list[int | None] = [None] * len(doc)
    found: list[Quote] = []
    for group in sorted(groups, key=lambda group: (group[0].start, -group[-1].end)):
        tokens = [i for start, end in group for i in range(bisect_left(starts, start), bisect_left(starts, end))]
        tokens = [i for i in tokens if not known.tokens[i].is_space]
        if tokens:
            around = Span(outer(text, group[0]).start, outer(text, group[-1]).end)
            place = bisect_right(edges, around.start) - 1
            found.append(Quote(len(found), group, around, frozenset(tokens), tokens[0], tokens[-1],
                               _is_sentence(doc, tokens), holder[tokens[0]], place))  # fmt: skip
            for i in tokens:
                holder[i] = found[-1].index
    return Quotes(doc, text, tuple(found), tuple(holder), edges, tuple(sentence.start for sentence in doc.sents))


def _is_sentence(doc: Doc, tokens: Sequence[int]) -> bool:
    """Whether quoted words are a clause that somebody said, no single word, phrase or title."""
    known = index_of(doc)
    words = [known.tokens[i] for i in tokens if not known.silent[i]]
    ended = doc[tokens[-1]].text in SENTENCE_END and words[:1] and words[0].tag_ == "VB"  # «"Ask me in May."»
    if len(words) < 2 or not (ended or any(word.tag_ in FINITE for word in words)):
        return False
    return not all(word.text[0].isupper() or word.pos_ in ("ADP", "DET", "CCONJ", "PART") for word in words[1:])


def utterances(quotes: Quotes, acts: Sequence[Act], cues: Cues, media: Mapping[str, str]) -> list[Utterance]:
    """Every act with its quotations, and the quotations that continue one, in no order."""
    by_cue = {act.cue.i: act for act in acts}
    owner: dict[int, int] = {}
    for quote in quotes.items:
        act = _by_tree(quote, acts, quotes)
        nearer = _between(act, quote, quotes, cues) if act is not None else None
        if act is not None and nearer is not None:
            by_cue[act.cue.i] = _cut(by_cue[act.cue.i], nearer)
        act = nearer or act or _beside(quote, quotes, by_cue, cues, media)
        if act is not None:
            by_cue.setdefault(act.cue.i, act)
            owner[quote.index] = act.cue.i
    loose = _continued(quotes, owner, by_cue, media)
    linked: dict[int, list[int]] = {}
    for index, cue in sorted(owner.items()):
        linked.setdefault(cue, []).append(index)
    return [Utterance(act, tuple(linked.get(i, ()))) for i, act in sorted(by_cue.items())] + loose


# --- joined by the tree ------------------------------------------------------------------------------------------


def _by_tree(quote: Quote, acts: Sequence[Act], quotes: Quotes) -> Act | None:
    """The innermost act outside the marks whose content reaches into them."""
    reaching = [
        act
        for act in acts
        if act.content & quote.tokens
        and act.source_of is None
        and act.passes_on is None
        and quotes.holder[act.cue.i] == quote.container
    ]
    return min(reaching, key=lambda act: (len(act.content), act.cue.i), default=None)


def _between(act: Act, quote: Quote, quotes: Quotes, cues: Cues) -> Act | None:
    """A second cue right before the marks, inside what the first conveys («said "A", adding, "B"»)."""
    for verb in _before(quote, quotes):
        row = cue_of(verb, cues)
        flush = all(is_silent(token) for token in quotes.doc[verb.i + 1 : quote.first])
        if verb.i == act.cue.i or verb.i not in act.content or not flush:
            return None
        if row is not None and row[0].kind == "saying" and was_said(verb) and quote.sentence:
            own = any(dep(child, "nsubj") for child in hanging_on(verb))
            speaker = subject(verb, media={}) if own else act.speaker
            return Act(verb, row[1], speaker, frozenset(), "statement-beside", commitment=row[0].commitment,
                       listens=listens(row[0]))  # fmt: skip
    return None


def _cut(act: Act, later: Act) -> Act:
    """The act without what another cue, behind a comma, introduces."""
    doc, stop = act.cue.doc, later.cue.i
    while stop > act.cue.i + 1 and doc[stop].text not in (",", ";"):
        stop -= 1
    return replace(act, content=frozenset(word for word in act.content if word < stop))


# --- beside the marks --------------------------------------------------------------------------------------------


def _beside(
    quote: Quote, quotes: Quotes, by_cue: dict[int, Act], cues: Cues, media: Mapping[str, str]
) -> Act | None:
    """«"…," said X», «X said: "…"», «X wrote "…"» by place alone, for a verb that conveys nothing else."""
    spoken = quotes.doc[quote.last].text in SPOKEN_END
    steps = [(_after, spoken), (_before, False), (_after, False)] if spoken else [(_before, False), (_after, False)]
    if (signed := _signed(quote, quotes)) is not None:
        return signed
    if (leading := _leading(quote, quotes, by_cue, cues, media)) is not None:
        return leading
    for step, quotative in steps:
        for verb in step(quote, quotes):
            known = by_cue.get(verb.i)
            if known is not None and (not known.content or behind_a_colon(quote, quotes)):
                return known
            if known is not None and quotative and _follows(verb, quote, quotes) and min(known.content) > verb.i:
                by_cue[verb.i] = replace(known, content=frozenset(), speaker=_name_after(verb) or known.speaker)
                return by_cue[verb.i]  # «"…," said Ann Lee, the minister; he called it …»
            row = cue_of(verb, cues)
            saying = row is not None and row[0].kind == "saying" and not row[0].content and was_said(verb)
            if known is not None or not (saying or (quotative and _has_speaker(verb, quote, quotes))):
                continue
            flush = all(is_silent(token) for token in quotes.doc[verb.i + 1 : quote.first])
            if not quote.sentence and not _governs(verb, quote) and not (saying and (spoken or flush)):
                continue
            speaker = subject(verb, media=media)
            words, commitment = (row[1], row[0].commitment) if row is not None else ((verb.i,), "Asserts")
            return Act(verb, words, speaker, frozenset(), "statement-beside", commitment=commitment,
                       listens=row is not None and listens(row[0]))  # fmt: skip
    return _behind_colon(quote, quotes, by_cue, media)


def _leading(
    quote: Quote, quotes: Quotes, by_cue: Mapping[int, Act], cues: Cues, media: Mapping[str, str]
) -> Act | None:
    """«X asked him, "…" and left»: a cue before a comma or colon and the marks comes before any verb behind them."""
    before = quotes.text[max(quote.outer.start - 8, 0) : quote.outer.start].rstrip()
    if before[-1:] not in (",", ":") or not quote.sentence:
        return None
    for verb in _before(quote, quotes):
        row = cue_of(verb, cues)
        if row is None or row[0].kind != "saying" or row[0].content or not was_said(verb):
            continue
        known = by_cue.get(verb.i)
        if known is not None and known.content and not behind_a_colon(quote, quotes):
            return None
        return known or Act(verb, row[1], subject(verb, media=media), frozenset(), "statement-beside",
                            listens=listens(row[0]), commitment=row[0].commitment)  # fmt: skip
    return None


def _follows(verb: Token, quote: Quote, quotes: Quotes) -> bool:
    """Whether a verb of saying stands right behind the marks, with no more than its subject between."""
    own = {i for child in hanging_on(verb) if dep(child, "nsubj", "aux", "advmod") for i in below(child)}
    return all(is_silent(quotes.doc[i]) or i in own for i in range(quote.last + 1, verb.i))


def _name_after(verb: Token) -> Token | None:
    """The name right behind a verb, whatever the tree hung it on."""
    after = verb.nbor(1) if verb.i + 1 < len(verb.doc) else None
    return unit_head(after) if after is not None and after.ent_type_ in ("Person", "Organization") else None


def _signed(quote: Quote, quotes: Quotes) -> Act | None:
    """«"…" — Ann Lee»: a name behind a dash that ends the paragraph signs the quotation."""
    text = quotes.text
    after = [token for token in _outside(quote, quotes, 1) if not token.is_space]
    if len(after) < 2 or after[0].text not in ("-", "–", "—", "--", "―") or after[1].ent_type_ != "Person":
        return None
    stop = quotes.edges[quote.paragraph + 1] if quote.paragraph + 1 < len(quotes.edges) else len(text)
    if text[after[0].idx : stop].strip().count(" ") > 8:
        return None
    return Act(after[0], (), unit_head(after[1]), frozenset(), "statement-signed")


def _after(quote: Quote, quotes: Quotes) -> Iterator[Token]:
    """The first verb behind the closing mark, in the rest of that sentence."""
    last = quotes.doc[quote.last].text
    for token in _outside(quote, quotes, 1):
        new_sentence = token.is_sent_start and last == "." and token.text[:1].isupper()
        if new_sentence or token.text in SENTENCE_END or token.text in (":", ";") or "\n" in token.text:
            return
        if token.pos_ == "VERB" and not token.ent_type_:
            yield token
            return


def _before(quote: Quote, quotes: Quotes) -> Iterator[Token]:
    """The verbs before the opening mark in the same sentence, nearest first, up to a finite one.

    A comma or colon at the end of a paragraph leads over into the next one.
    """
    leads = False
    for token in _outside(quote, quotes, -1):
        if token.text in SENTENCE_END or token.text == ";":
            return
        if token.dep_ == "acl:relcl" or (token.dep_ == "conj" and token.head.dep_ == "acl:relcl"):
            continue  # «Said Lee, who has coached here for 22 years: "…"»
        if "\n" in token.text and not leads:
            before = [word for word in quotes.doc[max(token.i - 2, 0) : token.i] if not word.is_space]
            if not before or before[-1].text not in (",", ":"):
                return
            leads = True
        if token.pos_ == "VERB" and not token.ent_type_ and not dep(token, "amod", "compound"):
            yield token
            if token.tag_ in FINITE:
                return


def _outside(quote: Quote, quotes: Quotes, step: int) -> Iterator[Token]:
    """The tokens from a quotation's marks outward, up to the next quotation or the window's end."""
    doc, i = quotes.doc, quote.last if step > 0 else quote.first
    for _ in range(WINDOW):
        i += step
        if not 0 <= i < len(doc) or quotes.holder[i] != quote.container:
            return
        if doc[i].idx < quote.outer.start or doc[i].idx >= quote.outer.end:
            yield doc[i]


def _has_speaker(verb: Token, quote: Quote, quotes: Quotes) -> bool:
    """Whether any verb beside a comma and closing mark has a subject of its own, as in «"…," she laughed»."""
    own = [child for child in hanging_on(verb) if dep(child, "nsubj")]
    outside = [child for child in hanging_on(verb) if quotes.holder[child.i] == quote.container]
    return bool(own) and own[0].i not in quote.tokens and not any(dep(child, "ccomp", "obj") for child in outside)


def _governs(verb: Token, quote: Quote) -> bool:
    """Whether the quotation is an argument of the verb: «wrote "no"»."""
    return any(dep(child, *CORE) and child.i in quote.tokens for child in hanging_on(verb))


def behind_a_colon(quote: Quote, quotes: Quotes) -> bool:
    """Whether the opening mark follows a colon."""
    return quotes.text[max(quote.outer.start - 8, 0) : quote.outer.start].rstrip().endswith(":")


def _behind_colon(quote: Quote, quotes: Quotes, by_cue: Mapping[int, Act], media: Mapping[str, str]) -> Act | None:
    """«X was blunt: "…"»: the subject of the clause before the colon speaks."""
    doc = quotes.doc
    if not behind_a_colon(quote, quotes) or not quote.sentence:
        return None
    colon = next(i for i in reversed(range(quote.first)) if doc[i].text == ":")
    verb = sentence_root(doc[max(colon - 1, 0)])
    if verb.i in quote.tokens or verb.pos_ not in ("VERB", "AUX", "NOUN", "ADJ") or verb.i in by_cue:
        return None
    speaker = subject(verb, media=media) or (verb if verb.pos_ == "NOUN" else None)
    if speaker is not None and speaker.lemma_.lower() in SAYINGS:  # «Her advice: "…"»; «His message was simple: "…"»
        speaker = next((unit_head(child) for child in hanging_on(speaker) if dep(child, "nmod:poss")), speaker)
    if speaker is None or speaker.i in quote.tokens or (speaker is verb and speaker.lemma_.lower() in SAYINGS):
        return None
    return Act(verb, (verb.i,), speaker, frozenset(), "statement-behind-colon")


# --- without a cue -----------------------------------------------------------------------------------------------


def _continued(
    quotes: Quotes, owner: dict[int, int], by_cue: Mapping[int, Act], media: Mapping[str, str]
) -> list[Utterance]:
    """Quotations without a cue: part of the neighbour's utterance, or one of their own by the same speaker."""
    loose: list[Utterance] = []
    outermost, text = [quote for quote in quotes.items if quote.container is None], quotes.text
    for i in reversed(range(len(outermost) - 1)):  # «"A." "B," said X»
        quote, following = outermost[i], outermost[i + 1]
        adjacent = not text[quote.outer.end : following.outer.start].strip() and quote.paragraph == following.paragraph
        if adjacent and quote.index not in owner and quote.sentence and following.index in owner:
            owner[quote.index] = owner[following.index]
    previous: Quote | None = None
    for quote in outermost:
        if quote.index not in owner and (quote.sentence or _is_remark(quotes, quote)):
            if previous is not None and previous.index in owner and _carries_on(quotes.doc, previous, quote):
                owner[quote.index] = owner[previous.index]
            elif quote.sentence and _stands_alone(quotes.doc, quote):
                loose.append(Utterance(None, (quote.index,), _narrated(quote, quotes, by_cue, media)))
        previous = quote
    return loose


def _is_remark(quotes: Quotes, quote: Quote) -> bool:
    """«"…," she laughed. "World champion!"»: words with a full stop of their own, where a sentence begins."""
    doc = quotes.doc
    before = [token for token in doc[max(quote.first - 4, 0) : quote.first] if token.idx < quote.outer.start]
    begins = not before or before[-1].text in SENTENCE_END
    return begins and doc[quote.last].text in SENTENCE_END and quote.container is None


def _stands_alone(doc: Doc, quote: Quote) -> bool:
    """Whether a quotation begins like a sentence, or where one begins; else it is a piece of the writer's own."""
    before = [token for token in doc[max(quote.first - 4, 0) : quote.first] if token.idx < quote.outer.start]
    begins = not before or before[-1].text in SENTENCE_END or before[-1].is_space
    return begins or not doc[quote.first].text[:1].islower()


def _carries_on(doc: Doc, previous: Quote, quote: Quote) -> bool:
    """«"A," X said. "B."»: nothing but the rest of the cue's sentence between two quotations of a paragraph."""
    if previous.paragraph != quote.paragraph or (not previous.sentence and doc[previous.last].text != ","):
        return False
    between = [doc[i] for i in range(previous.last + 1, quote.first) if doc[i].idx >= previous.outer.end]
    ends = [token for token in between if token.text in SENTENCE_END]
    words = [token for token in between if not is_silent(token)]
    return len(ends) <= 1 and (not ends or all(word.i < ends[0].i for word in words))


def _narrated(quote: Quote, quotes: Quotes, by_cue: Mapping[int, Act], media: Mapping[str, str]) -> Token | None:
    """The speaker of a quotation without a cue: who the sentence before it, in its paragraph, is about."""
    doc, start = quotes.doc, quotes.edges[quote.paragraph]
    begin = quote.first
    while begin > 0 and doc[begin - 1].idx >= start:
        begin -= 1
    before = [token for token in doc[begin : quote.first] if token.idx < quote.outer.start and not token.is_space]
    if not before:
        return None
    said = [act for act in by_cue.values() if act.speaker is not None and before[0].i <= act.cue.i < quote.first]
    if said:
        return max(said, key=lambda act: act.cue.i).speaker
    return subject(sentence_root(before[-1]), media=media)


__all__ = ["Quote", "Quotes", "Utterance", "behind_a_colon", "quotes", "utterances"]
