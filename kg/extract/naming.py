"""«called it "a ruin"», «described the site as "a ruin"»: what something is called, in quotation marks."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.source import below
from kg.extract.tree import case_words, children, dep, sentence_end, sentence_start, unit_head
from kg.extract.tree_index import index
from kg.ontology import Cue

_FAR = 14  # words between the verb and the opening mark


def named(verb: Token, cue: Cue) -> tuple[Token | None, set[int]]:
    """Who calls something something, where it is not the verb's subject, and the words from the one to the other.

    Nothing without quotation marks: what is merely described is no statement.
    """
    opened = _marks(verb)
    reduced = verb.dep_ == "acl" and not children(verb, "obl:agent")  # «a song called "Day after Day"»
    if opened is None or reduced:
        return None, set()
    first, last = opened
    between = [verb.doc[i] for i in range(verb.i + 1, first)]
    slots = {word.lower_ for word in between if word.pos_ in ("ADP", "SCONJ")}
    if not (cue.content & slots or ("object" in cue.content and not slots & {"on", "for", "to"})):
        return None, set()
    if any(dep(child, "nsubj:pass", "aux:pass") for child in children(verb, "nsubj:pass", "aux:pass")):
        agents = [unit_head(child) for child in children(verb, "obl:agent")]
        return (agents[0], set(range(first, last + 1))) if agents else (None, set())
    behind = [child for child in children(verb, "obj", "iobj", "xcomp", "ccomp", "obl") if child.i > verb.i]
    objects = [child for child in behind if child.i < first or set(range(first, last)) & below(child)]
    objects = [child for child in objects if "to" not in cue.content or "to" in {w.lower_ for w in case_words(child)}]
    if not objects and dep(verb, "acl:relcl") and any(w.tag_ in ("WDT", "WP") for w in children(verb, "obj")):
        return None, set(range(first, last + 1))  # «its law, which the paper calls "a farce"»
    if not objects:
        return None, set()
    words = {i for i in below(objects[0]) if i > verb.i}
    free = dep(verb, "acl:relcl") and verb.head.tag_ == "WP"  # «what they describe as "a ruin"»
    if free or any(w.tag_ in ("WP", "WDT") for w in children(verb, "obj")):
        words -= {w.i for w in case_words(objects[0])}
    end = max(words) + 1
    stop = next((i for i in range(last + 1, end) if verb.doc[i].text in (",", ";", "—", "–")), end)
    return None, set(range(min(words), max(last + 1, stop)))


def _marks(verb: Token) -> tuple[int, int] | None:
    """The tokens of the first pair of quotation marks behind a verb, with no other verb before it."""
    doc, end, tags = verb.doc, sentence_end(verb), index(verb.doc).tags
    inside = sum(doc[i].is_quote and doc[i].text not in ("'", "’") for i in range(sentence_start(verb), verb.i)) % 2
    if inside:
        return None  # «"Let's talk about it," he said»
    opening = next((i for i in range(verb.i + 1, min(end, verb.i + _FAR)) if doc[i].is_quote), None)
    between = range(verb.i + 1, opening or 0)
    if opening is None or any(tags[i] in ("VERB", "AUX") and not dep(doc[i], "acl", "amod") for i in between):
        return None
    closing = next((i for i in range(opening + 1, end) if doc[i].is_quote), None)
    return (opening, closing) if closing is not None and closing > opening + 1 else None


__all__ = ["named"]
