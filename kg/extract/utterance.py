"""Acts + quotations -> utterances: which quotation belongs to which act of saying, in every order of the two.

The tree decides where it joins a cue to words inside the marks; where it does not (parsers slip at quotation
marks), the cue is the verb of saying right beside the marks. A quotation without a cue continues its neighbour.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extract.act import Act, Cues, cue_of
from kg.extract.quotes import SENTENCE_END, Quote, Quotes, Utterance
from kg.extract.said import was_said
from kg.extract.saying_rules import listens
from kg.extract.source import below, is_silent, sentence_root, subject
from kg.extract.tree import FINITE, dep, hanging_on, unit_head
from kg.extract.tree_index import index as index_of
from kg.extract.uncued import continued

WINDOW = 16  # tokens between the marks and a cue verb beside them
INSERTED = frozenset({"statement-parenthetical", "statement-inverted", "statement-according", "statement-account",
                      "statement-as"})  # fmt: skip
SPOKEN_END = frozenset({",", "?", "!", "—", "–"})
SAYINGS = frozenset({"advice", "message", "answer", "verdict", "response", "view", "reaction", "explanation", "motto",
                     "slogan", "warning", "comment", "question", "plea", "reply", "word", "line", "rule", "conclusion",
                     "statement", "post", "tweet", "text", "letter"})  # fmt: skip
CORE = ("obj", "ccomp", "xcomp", "parataxis", "dep", "advcl", "acl", "appos", "nsubj")


def utterances(quotes: Quotes, acts: Sequence[Act], cues: Cues, media: Mapping[str, str]) -> list[Utterance]:
    """Every act with its quotations, and the quotations that continue one, in no order."""
    by_cue = {act.cue.i: act for act in acts}
    owner: dict[int, int] = {}
    apart: dict[int, Act] = {}
    for quote in quotes.items:
        act = _by_tree(quote, acts, quotes)
        nearer = _between(act, quote, quotes, cues) if act is not None else None
        if act is not None and nearer is not None:
            by_cue[act.cue.i] = _cut(by_cue[act.cue.i], nearer)
        act = nearer or act or _beside(quote, quotes, by_cue, cues, media)
        if act is not None:
            by_cue.setdefault(act.cue.i, act)
            owner[quote.index] = act.cue.i
            if _is_apart(by_cue[act.cue.i], quote, quotes):
                apart[quote.index] = by_cue[act.cue.i]
    for index, act in apart.items():  # «told the press that it was late: "…"»: two statements of one speaker
        del owner[index]
        first = quotes.items[index].first
        by_cue[act.cue.i] = replace(act, content=frozenset(i for i in act.content if i < first))
    loose = continued(quotes, owner, by_cue, media, apart)
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
    known, i = index_of(quotes.doc), quote.last if step > 0 else quote.first
    for _ in range(WINDOW):
        i += step
        if not 0 <= i < len(known.tokens) or quotes.holder[i] != quote.container:
            return
        if not quote.outer.start <= known.starts[i] < quote.outer.end:
            yield known.tokens[i]


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
    colon = next((i for i in reversed(range(quote.first)) if doc[i].text == ":"), None)
    if colon is None:  # it is part of a word («note:-»)
        return None
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


def _is_apart(act: Act, quote: Quote, quotes: Quotes) -> bool:
    """Whether a quotation behind a colon comes after a clause that the same cue conveys."""
    if not behind_a_colon(quote, quotes) or not quote.sentence or act.cue.i > quote.first:
        return False
    before = {i for i in act.content if act.cue.i < i < quote.first}
    return any(dep(child, "ccomp") and child.i in before for child in hanging_on(act.cue))


__all__ = ["INSERTED", "utterances"]
