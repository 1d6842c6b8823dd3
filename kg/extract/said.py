"""Verb of saying -> whether it was said: not denied, supposed, asked, wished for or only possible."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.tree import children, dep, hanging_on, sentence_end

# Verbs whose participle tells what a fact shows, not what its subject says: «bought it, signalling that …».
SHOWING = frozenset(
    {"signal", "indicate", "show", "demonstrate", "suggest", "imply", "reveal", "underline", "underscore"}
)
# An infinitive under these was not said: «declined to say whether», «plans to announce».
UNSAID = frozenset({"decline", "refuse", "fail", "want", "wish", "hope", "plan", "intend", "try", "forget", "hesitate",
                    "need", "like", "expect", "prepare", "threaten", "ask", "order", "tell", "urge", "allow", "force",
                    "let", "unable", "reluctant", "likely", "ready", "able", "unwilling", "willing"})  # fmt: skip
HYPOTHETICAL = frozenset({"if", "unless", "whether", "until", "before"})
# Verbs that tell by an infinitive what was said («took to the stage to say that»); another's is a purpose («to confirm
# whether»).
TO_SAY = frozenset({"say", "announce", "add", "tell", "warn", "declare", "claim", "insist", "deny", "complain", "ask"})
NEGATED = frozenset({"not", "n't", "never", "neither", "nor"})
# Verbs whose negation is meant of what is thought: «does not think that it sold» thinks that it did not.
RAISING = frozenset({"think", "believe", "expect", "reckon", "suppose", "imagine", "feel"})
NOBODY = frozenset({"nobody", "none", "neither", "no-one", "nothing"})
# What may be said was not said («Lee might deny that»).
MAYBE = frozenset({"may", "might", "could", "must", "should"})
ANYBODY = frozenset({"anyone", "anybody", "whoever", "those", "people"})


def was_said(verb: Token) -> bool:
    """Whether the saying took place: not negated, not supposed, not asked about, not merely wished or asked for.

    «does not think that» is a thought all the same: that it is not so.
    """
    below_it = hanging_on(verb)
    negated = any(dep(child, "advmod", "cc") and child.lemma_.lower() in NEGATED for child in below_it)
    if (negated and verb.lemma_.lower() not in RAISING) or _is_asked_about(verb):
        return False
    if any(child.dep_ == "mark" and child.lower_ in HYPOTHETICAL for child in below_it):
        return False
    if any(dep(child, "aux") and child.lemma_.lower() in MAYBE for child in below_it):
        return False
    if any(dep(child, "nsubj", "nsubj:pass") and _is_nobody(child) for child in below_it):
        return False
    if verb.tag_ == "VBG" and verb.lemma_.lower() in SHOWING and not children(verb, "nsubj", "aux"):
        return False
    if not any(child.lower_ == "to" and child.pos_ == "PART" for child in hanging_on(verb)):
        return True
    if dep(verb, "xcomp"):
        yet = any(child.lower_ == "yet" for child in (*hanging_on(verb), *hanging_on(verb.head)))
        return verb.head.lemma_.lower() not in UNSAID and not yet and was_said(verb.head)
    purpose = dep(verb, "advcl") and verb.head.i < verb.i and verb.lemma_.lower() in TO_SAY
    return dep(verb, "conj") or purpose


def _is_asked_about(verb: Token) -> bool:
    """«Did Lee say that?», «What do you think it was?»: a question, with its auxiliary before the subject."""
    helpers, subjects = children(verb, "aux"), children(verb, "nsubj")
    turned = bool(helpers and subjects and helpers[0].i < subjects[0].i)
    own = dep(verb, "root") or (bool(subjects) and subjects[0].lower_ == "you")
    return turned and own and any(word.text == "?" for word in verb.doc[verb.i : sentence_end(verb)])


def _is_nobody(subject: Token) -> bool:
    """«Nobody said», «neither minister said», «no official confirmed»; «anyone who says»."""
    if subject.tag_ == "WP" and subject.head.dep_ == "acl:relcl" and subject.head.head.lower_ in ANYBODY:
        return True
    if any(child.lower_ == "not" for child in hanging_on(subject)):
        return True  # «not everyone agreed»
    return subject.lower_ in NOBODY or subject.lower_ in ANYBODY - {"those", "people"} or any(
        dep(child, "det") and child.lower_ in ("no", "neither") for child in hanging_on(subject)
    )


__all__ = ["was_said"]
