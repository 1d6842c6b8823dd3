"""Act + its quotations -> the words conveyed, as exact stretches of text, and how they are quoted."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.extract.act import Act
from kg.extract.source import below, is_silent
from kg.extract.tree import FINITE, NOMINAL, children, runs, sentence_start, unit_head
from kg.extract.tree_index import index
from kg.extract.quotes import Quote, Quotes
from kg.extract.utterance import INSERTED
from kg.records import QuotationKind, Span, Time

NOT_CONTENT = frozenset({"CCONJ"})


def without_leading_time(act: Act, doc: Doc, times: Sequence[Time]) -> Act:
    """The act without a time right behind its cue that the tree hung on the content: «said Tuesday the plant closed».

    A subject that the tree lost between cue and content («said Tuesday the plant | is closing») is taken in first.
    """
    after = {word for word in act.content if word > act.words[-1]} if act.words else set()
    if act.rule != "statement-clause" or not after or len(after) < len(act.content):
        return act
    first, begin = min(after), act.words[-1] + 1
    lost = set(range(begin, first))
    verbal = doc[first].tag_ in FINITE or doc[first].pos_ == "VERB"
    if verbal and any(doc[i].pos_ in NOMINAL for i in lost) and doc[first - 1].lower_ != "that":
        first, after = begin, after | lost
    if doc[first - 1].lower_ == "that":
        return act
    end = _time_end(doc, first, times, direct=first == begin)
    kept = {word for word in after if word >= end} if end is not None else after
    return replace(act, content=frozenset(kept or after))


def _time_end(doc: Doc, first: int, times: Sequence[Time], *, direct: bool) -> int | None:
    """The token behind a time (with its preposition) that a token begins or, farther from the cue, goes on with."""
    start = first + (doc[first].lower_ in ("on", "in", "at", "late", "early"))
    for time in times:
        if start >= len(doc) or time.type not in ("DATE", "TIME"):
            continue
        at = doc[start].idx
        if (time.start == at and direct) or time.start < at < time.end:
            known = index(doc)
            words = known.tokens[start : bisect_left(known.starts, time.end)]
            if not any(token.dep_.startswith(("nsubj", "compound", "nmod:poss", "amod")) for token in words):
                return words[-1].i + 1
    return None


def with_speaker(act: Act, doc: Doc) -> Act:
    """The act with the noun beside its verb as speaker, where the tree gives none or one among the words conveyed."""
    verb = act.cue
    if (act.speaker is not None and act.speaker.i not in act.content) or act.rule == "statement-heard":
        return act
    active = verb.tag_ in FINITE or act.rule == "statement-beside"
    if verb.pos_ != "VERB" or not active or children(verb, "nsubj:pass", "aux:pass"):
        return act if act.speaker is None else replace(act, speaker=None)
    if (named := _named_before(verb, act)) is not None:
        return named
    fronted = min(act.content) < verb.i or verb.i == sentence_start(verb)  # «"…," said X»; «Said X: "…"»
    found = (_beside(verb, 1, act) if fronted else None) or _beside(verb, -1, act)
    return replace(act, speaker=found)


def _named_before(verb: Token, act: Act) -> Act | None:
    """«It burned, the mayor, Ann Lee, told the station.»: the name right before the verb, which the tree took in."""
    doc, i = verb.doc, verb.i - 1
    i -= i > 0 and doc[i].text == ","
    if i < 0 or doc[i].ent_type_ not in ("Person", "Organization") or i not in act.content or max(act.content) > verb.i:
        return None
    start = i
    while start > 0 and doc[start - 1].ent_type_ == doc[i].ent_type_:
        start -= 1
    comma = start - 1
    chunk = next((k for k in range(comma - 1, max(comma - 9, -1), -1) if doc[k].text == ","), None)
    described = chunk is not None and doc[chunk + 1].pos_ == "DET"
    if comma < 0 or doc[comma].text != ",":
        return None
    if described and chunk is not None and not any(word.pos_ in ("VERB", "AUX") for word in doc[chunk:comma]):
        comma = chunk
    kept = frozenset(k for k in act.content if k < comma)
    return replace(act, speaker=unit_head(doc[start]), content=kept) if kept else None


def _beside(verb: Token, step: int, act: Act) -> Token | None:
    """The head of the noun phrase right behind or right before a verb, outside what is conveyed."""
    doc, i = verb.doc, verb.i + step
    while 0 <= i < len(doc) and (doc[i].pos_ in ("DET", "ADJ", "AUX", "ADV") or doc[i].text in (",", ")", "(")):
        i += step
    if not 0 <= i < len(doc) or i in act.content or doc[i].pos_ not in NOMINAL:
        return None
    if sentence_start(doc[i]) != sentence_start(verb):
        return None
    word = unit_head(doc[i])
    while (word.head.i - verb.i) * step > 0 and word.head != word and word.head.pos_ in NOMINAL:
        word = unit_head(word.head)
    return word if word.i not in act.content else None


def with_quotes(act: Act, own: Sequence[Quote], doc: Doc) -> Act:
    """The act with the tokens of its quotations as content.

    Beside a whole quotation, words on the cue's far side are a slip of the tree and dropped: in «"We won," he said in
    March» "in March" is never said. Around an inserted phrase («The plan, he said, "is bad for us"») both sides count.
    """
    if not own:
        return act
    tokens = frozenset(token for quote in own for token in quote.tokens)
    kept, cue = set(act.content) | _broken_off(doc, act, own[0]), act.cue.i
    whole = [quote for quote in own if quote.sentence]
    if any(cue < quote.first and _leads(doc, act, quote, kept) for quote in whole):
        kept = set()
    elif any(quote.first < cue for quote in whole):
        begun = [quote.first for quote in whole if quote.first < cue and doc[quote.first].text[:1].isupper()]
        kept = {i for i in kept if begun and begun[0] < i < cue} if begun else {i for i in kept if i < cue}
    elif whole and act.rule not in INSERTED and not all(doc[quote.first].text[:1].islower() for quote in whole):
        kept = {i for i in kept if i > cue}
    more = any(i not in tokens for i in kept if not is_silent(doc[i]))
    return replace(act, content=tokens | kept if more else tokens)


def _broken_off(doc: Doc, act: Act, quote: Quote) -> set[int]:
    """«Parents who object, she wrote, "are welcome"»: what stands before the cue, where the quotation goes on."""
    cue = act.cue.i
    lower = doc[quote.first].text[:1].islower() and doc[quote.first].tag_ in (*FINITE, "TO", "VB")
    flush = cue < quote.first and all(is_silent(doc[i]) for i in range(cue + 1, quote.first))
    start = sentence_start(act.cue)
    own = [child.i for child in children(act.cue, "nsubj") if child.i < cue]
    first = min((i for one in own for i in below(doc[one])), default=cue)
    if not (lower and flush) or first - 1 <= start or doc[first - 1].text != ",":
        return set()
    return {i for i in range(start, first - 1) if not is_silent(doc[i])}


def _leads(doc: Doc, act: Act, quote: Quote, kept: set[int]) -> bool:
    """Whether nothing but the marks, or a speaker and a colon, part a cue from a quotation that is whole.

    In «Parents who object, she wrote, "are welcome to a tour"» the quotation goes on with what stands before the cue.
    """
    between = [i for i in range(act.cue.i + 1, quote.first) if not is_silent(doc[i])]
    if between:
        return _mark_before(doc, quote) in (":", ",") and doc[quote.first].text[:1].isupper()
    goes_on = act.rule in INSERTED or act.rule == "statement-clause"
    return not (goes_on and doc[quote.first].text[:1].islower() and any(i < act.cue.i for i in kept))


def _mark_before(doc: Doc, quote: Quote) -> str:
    """The word or mark that the quotation's own marks follow."""
    at = quote.first - 1
    while at >= 0 and (_is_mark(doc[at]) or doc[at].is_space):
        at -= 1
    return doc[at].text if at >= 0 else ""


def within_semicolons(act: Act, doc: Doc) -> Act:
    """Without a clause behind a semicolon that parts it from the cue: the reporter's («said three died; he fled»)."""
    cue, content, words = act.cue.i, set(act.content), index(doc).lowers
    stops = [i for i in range(sentence_start(act.cue), max(content | {cue}) + 1) if words[i] == ";"]
    before, after = [i for i in stops if i < cue], [i for i in stops if i > cue]
    first, last = (before[-1] if before else -1), (after[0] if after else len(doc))
    kept = {i for i in content if first < i < last}
    return replace(act, content=frozenset(kept)) if kept and kept != content else act


def enclosed(act: Act, quotes: Quotes) -> Act:
    """Inside a quotation nothing outside of it is conveyed."""
    container = quotes.holder[act.cue.i]
    return act if container is None else replace(act, content=act.content & quotes.items[container].tokens)


def kind(doc: Doc, act: Act, own: Sequence[Quote], quotes: Quotes) -> QuotationKind:
    """Direct if every word stands between marks, mixed if some do, else indirect."""
    container = quotes.holder[act.cue.i]
    inside = frozenset(i for i in act.content if quotes.holder[i] not in (None, container))
    silent = index(doc).silent
    words = {i for i in act.content if not silent[i]}
    if own and words <= inside:
        return "direct"
    return "mixed" if words & inside else "indirect"


def stretches(doc: Doc, act: Act, own: Sequence[Quote], quotes: Quotes) -> tuple[Span, ...]:
    """The stretches that an act conveys: whole quotations as they stand, other words without outer punctuation."""
    words = set(act.content) - set(act.words)
    silent = index(doc).silent
    unquoted = {i for i in words if not silent[i] and not any(i in quote.tokens for quote in own)}
    whole = [quote for quote in own if quote.tokens <= words and not _runs_on(doc, unquoted, quote)]
    spans = [inside(quotes.text, span) for quote in whole for span in quote.spans]
    rest = words - {i for quote in whole for i in quote.tokens}
    for run in _runs(doc, rest):
        span = _stretch(doc, run, quotes)
        if span is not None:
            spans.append(span)
    return tuple(sorted(span for span in set(spans) if span.start < span.end))


def _runs_on(doc: Doc, words: set[int], quote: Quote) -> bool:
    """Whether conveyed words stand right outside the marks, so that marks and all are one stretch."""
    return any(_gap(doc, i, quote.first) or _gap(doc, quote.last, i) for i in words)


def _gap(doc: Doc, one: int, two: int) -> bool:
    """Whether only punctuation lies between two tokens, in this order."""
    return one < two and all(is_silent(doc[i]) for i in range(one + 1, two))


def _runs(doc: Doc, words: set[int]) -> list[list[int]]:
    """Unbroken runs of tokens; punctuation and blanks between two conveyed words are conveyed too."""
    if not words:
        return []
    filled = set(words)
    for i in range(min(words), max(words)):
        glued = doc[i].is_punct and not doc[i].whitespace_ and not doc[i - 1].whitespace_  # «upside-down»
        if i not in words and (doc[i].is_space or _is_mark(doc[i]) or glued):
            filled.add(i)
    return [run for run in runs(tuple(filled)) if any(not is_silent(doc[i]) for i in run)]


def _is_mark(token: Token) -> bool:
    """Quotation marks and brackets, which a tree may hang anywhere."""
    return token.is_quote or token.is_bracket or token.text in ("``", "''", "„", "‟", "‹", "›")


def _stretch(doc: Doc, run: Sequence[int], quotes: Quotes) -> Span | None:
    """A run without outer punctuation and a leading "and" or "that"; cut marks are kept in pairs."""
    words = list(run)
    while words and _is_outer(doc[words[0]], leading=True):
        del words[0]
    while words and _is_outer(doc[words[-1]], leading=False):
        del words[-1]
    if not words:
        return None
    start, end = doc[words[0]].idx, _end(doc[words[-1]])
    for quote in quotes.items:
        first, last = quote.spans[0].start, quote.spans[-1].end
        if start < quote.outer.start and first < end <= last and not quotes.text[end:last].strip(" .,;:!?"):
            end = quote.outer.end
        if end > quote.outer.end and start == first:
            start = quote.outer.start
    return Span(start, end)


def _is_outer(token: Token, *, leading: bool) -> bool:
    if token.text in ("(", "[") or (token.text in (")", "]", "%", "?", "!") and not leading):
        return token.text in ("(", "[") and not leading
    opening = token.pos_ in NOT_CONTENT or (token.lower_ == "that" and token.tag_ == "IN")
    return is_silent(token) or (leading and opening)


def inside(text: str, span: Span) -> Span:
    """The inside of quotation marks without blanks, and without the comma that belongs to the cue's clause."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:"):
        end -= 1
    return Span(start, end)


def _end(token: Token) -> int:
    return token.idx + len(token)


__all__ = [
    "enclosed", "inside", "kind", "stretches", "with_quotes", "with_speaker", "within_semicolons",
    "without_leading_time",
]  # fmt: skip
