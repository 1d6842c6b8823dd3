"""Prepositions and nouns of saying -> acts: «according to X, …», «in X's words, …», «the claim by X that …»."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from kg.extract.act import Act, Cues, cue_of
from kg.extract.saying_citing import CITING_FORMS, can_speak, object_after
from kg.extract.source import author, below, scope, set_off
from kg.extract.tree import FINITE, children, dep, hanging_on, sentence_end, sentence_start, unit_head
from kg.extract.tree_index import index
from kg.ontology import Cue
from kg.records import Mode



def by_preposition(token: Token, cues: Cues, media: Mapping[str, str]) -> Iterator[Act]:
    """«according to X, …»: X speaks the clause that the phrase hangs on."""
    for lemma, rows in _starting_with(token, cues):
        words = tuple(range(token.i, token.i + len(lemma)))
        source = object_after(token.doc, words[-1] + 1)
        if source is None or not can_speak(source, media, strict=len(lemma) == 1):
            continue
        top = source
        while top.head.i in words and top.head != top:
            top = top.head
        content = _before_final(token) or _without_apposition(token, scope(top, top.head) - set(words))
        if len(lemma) == 1 and (lemma[0] in CITING_FORMS or not set_off(top)):
            continue
        if top.head != top and content:
            mode: Mode = "saying" if rows[0].kind == "saying" else "thinking"
            yield Act(token, words, source, frozenset(content), "statement-according", mode,
                      commitment=rows[0].commitment)  # fmt: skip
            return


def _before_final(token: Token) -> set[int]:
    """«…, according to bankers briefed on the plan.»: all before the comma, where no other follows."""
    doc, start, end = token.doc, sentence_start(token), sentence_end(token)
    silent = index(doc).silent
    behind = [doc[i] for i in range(token.i, end) if silent[i] and doc[i].text not in (".", "'", "’", "-", '"', "”")]
    if token.i - 1 <= start or doc[token.i - 1].text != "," or behind:
        return set()
    first = next((i + 1 for i in range(token.i - 1, start - 1, -1) if doc[i].text == ";"), start)
    return set(range(first, token.i - 1))


def _without_apposition(token: Token, content: set[int]) -> set[int]:
    """«According to a report by Bolt, a security firm, | two files were found»: no words of the source's own."""
    doc, start = token.doc, sentence_start(token)
    if token.i > start + 1 or not content:
        return content
    commas = [i for i in range(token.i, max(content)) if doc[i].text == ","][:2]
    own = {i for i in content if commas and i < commas[0]}  # «According to Post editor | Ann Lee, the firm lost»
    if own and own != content and not any(doc[i].tag_ in FINITE for i in own):
        content = content - own
    if len(commas) < 2 or min(content) > commas[1] or min(content) < commas[0]:
        return content
    between = doc[commas[0] + 1 : commas[1]]
    finite = any(word.tag_ in ("VBD", "VBZ", "VBP", "MD") for word in between)
    opens = between[0].lower_ in ("a", "an", "the", "who", "which") if len(between) else False
    whole = opens and (not finite or between[0].tag_ in ("WP", "WDT"))
    return {i for i in content if i > commas[1]} or content if whole else content


def in_words_of(token: Token, cues: Cues) -> Iterator[Act]:
    """«in X's words, …», «…, in her view, …»."""
    noun = token.head
    row = cues.get(f"in the {noun.lower_} of") or cues.get(f"in the {noun.lemma_.lower()} of")
    owners = children(noun, "nmod:poss")
    if not row or not owners or not dep(token, "case") or noun.head == noun or noun.i - token.i > 6:
        return
    content = scope(noun, noun.head) - set(range(token.i, noun.i + 1))
    if content and set_off(noun):
        mode: Mode = "saying" if row[0].kind == "saying" else "thinking"
        words = (token.i,) if owners[0].i > token.i else (noun.i,)
        yield Act(token, words, unit_head(owners[0]), frozenset(content), "statement-according", mode,
                  commitment=row[0].commitment)  # fmt: skip


def by_account(token: Token, cues: Cues) -> Iterator[Act]:
    """«by police estimates, …», «…, by her own account, …»; nobody's «by all accounts»."""
    noun, doc = token.head, token.doc
    row = cues.get(f"by the {noun.lemma_.lower()} of")
    owners = children(noun, "nmod:poss", "compound")
    begins = token.i == sentence_start(token) or doc[token.i - 1].text == ","
    if not row or not begins or not (owners or noun.tag_ == "NNS") or noun.head == noun:
        return
    content = scope(noun, noun.head) - set(range(token.i, noun.i + 1))
    if content and dep(token, "case"):
        speaker = unit_head(owners[0]) if owners else None
        yield Act(token, (token.i,) if owners else (noun.i,), speaker, frozenset(content), "statement-account",
                  commitment=row[0].commitment)  # fmt: skip


def _starting_with(token: Token, cues: Cues) -> Iterator[tuple[list[str], list[Cue]]]:
    """The preposition cues that the text shows from this token on, longest first."""
    following, found = [word.lower_ for word in index(token.doc).tokens[token.i : token.i + 5]], []
    for size in range(5, 0, -1):
        words = following[:size]
        rows = [cue for cue in cues.get(" ".join(words), ()) if cue.part == "preposition"]
        if rows and len(words) == size:
            found.append((words, rows))
    return iter(found)


def by_noun(noun: Token, cues: Cues) -> Iterator[Act]:
    """«the claim by X that …», «X's warning that …»."""
    cue = cue_of(noun, cues, part="noun")
    if cue is None or cue[0].kind != "saying":
        return
    if any(child.lower_ == "no" for child in hanging_on(noun)):
        return  # «there is no guarantee that»
    saying = cue_of(noun.head, cues) if dep(noun, "obl") and noun.head.pos_ == "VERB" else None
    if saying is not None and saying[0].kind == "saying":
        return  # «declared in a statement that …»: it is declared
    if told := _is_that(noun):
        yield Act(noun, cue[1], author(noun), frozenset(told), "statement-noun", commitment=cue[0].commitment)
        return
    for clause in hanging_on(noun):
        marks = {child.i for child in hanging_on(clause) if child.dep_ == "mark" and child.lower_ == "that"}
        complete = clause.dep_ != "acl:relcl" or bool(children(clause, "nsubj", "nsubj:pass"))
        if dep(clause, "acl", "ccomp") and marks and complete:
            content = below(clause) - marks
            if dep(noun, "nsubj") and noun.head.i > noun.i:  # «X's claim that they win | did not go down well»
                content = {i for i in content if i < noun.head.i}
            yield Act(noun, cue[1], author(noun), frozenset(content), "statement-noun", commitment=cue[0].commitment)
            return


def _is_that(noun: Token) -> set[int]:
    """«the union's claim is that the plant is unsafe»: what stands behind "that"."""
    doc, end = noun.doc, sentence_end(noun)
    at = next((i for i in range(noun.i + 1, min(noun.i + 6, end - 1)) if doc[i].lemma_ == "be"), None)
    if at is None or doc[at + 1].lower_ != "that" or author(noun) is None or not dep(noun, "nsubj"):
        return set()
    return {i for i in range(at + 2, end) if not doc[i].is_space}


__all__ = ["by_account", "by_noun", "by_preposition", "in_words_of"]
