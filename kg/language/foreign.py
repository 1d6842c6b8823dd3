"""Other spaCy pipelines: any that was trained on Universal Dependencies, by name or path.

What differs between such pipelines is brought to one form: "ROOT" is "root", Penn tags and lemmas are made where the
pipeline has none, kinds of names get our names. A pipeline that speaks other labels is refused: the rules of
`extract` would read its trees wrongly without a word.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.errors import ModelError
from kg.language.kinds import KINDS, listed

NEEDED = frozenset(
    listed(
        "acl acl:relcl advcl advmod amod appos aux aux:pass case cc ccomp compound conj cop det mark nmod nsubj "
        "nsubj:pass nummod obj obl xcomp"
    )
)
"""Relations without which the rules misread English: a passive subject, say, would become who did it."""
PROBE = "Two people were told on Monday that the company, a small bank, had quickly bought her house and sold it again."
NAMES: Mapping[str, str] = {
    **{kind: kind for kind in KINDS},
    **dict.fromkeys(("PERSON", "PER", "person"), "Person"),
    **dict.fromkeys(("ORG", "organization", "organisation", "corporation"), "Organization"),
    **dict.fromkeys(("GPE", "LOC", "FAC", "location", "place"), "Place"),
    **dict.fromkeys(("PRODUCT", "product"), "Product"),
    **dict.fromkeys(("EVENT", "event"), "Event"),
    **dict.fromkeys(("WORK_OF_ART", "work"), "Work"),
    "LAW": "Law", "NORP": "Group", "MISC": "Other", "LANGUAGE": "Other",
}  # fmt: skip
"""Labels of names as OntoNotes, CoNLL and Universal NER have them; others (dates, sums) are no names here."""
PENN: Mapping[str, str] = {
    "ADJ": "JJ", "ADP": "IN", "ADV": "RB", "AUX": "VB", "CCONJ": "CC", "DET": "DT", "INTJ": "UH", "NOUN": "NN",
    "NUM": "CD", "PART": "RP", "PRON": "PRP", "PROPN": "NNP", "PUNCT": ".", "SCONJ": "IN", "SYM": "SYM", "VERB": "VB",
    "X": "FW",
}  # fmt: skip
MODALS = frozenset(listed("can could may might must shall should will would 'll 'd ca wo"))


def load(model: str) -> Language:
    """A spaCy pipeline by its name or path, with a last component that brings its output to our form.

    Raises ModelError where there is none, and where it does not speak Universal Dependencies: the message lists what
    is missing.
    """
    import spacy

    try:
        nlp = spacy.load(model)
    except (OSError, ValueError, ImportError) as error:
        raise ModelError(
            f"no language pipeline {model!r} can be loaded ({str(error).splitlines()[0]}); give the folder of a model, "
            "or a spaCy pipeline trained on Universal Dependencies by its name or path"
        ) from error
    _check(nlp, model)
    nlp.add_pipe("kg_common_form", last=True)
    nlp.max_length = 100_000_000
    return nlp


def _check(nlp: Language, model: str) -> None:
    """ModelError unless a parser has the relations and words get universal parts of speech."""
    parsers = [labels for name, labels in nlp.pipe_labels.items() if "parser" in nlp.get_pipe_meta(name).factory]
    missing = sorted(NEEDED.difference(*parsers)) if parsers else sorted(NEEDED)
    if missing:
        raise ModelError(
            f"the language pipeline {model!r} does not label trees as Universal Dependencies do: "
            f"{', '.join(missing)} missing; give one trained on a UD treebank of English"
        )
    untagged = [token.text for token in nlp(PROBE) if token.pos_ not in PENN]
    if untagged:
        raise ModelError(
            f"the language pipeline {model!r} gives no universal part of speech (none for {untagged[0]!r}); add a "
            "morphologizer trained on a UD treebank"
        )


@Language.factory("kg_common_form")
def make(nlp: Language, name: str) -> CommonForm:
    """The component by its name in a pipeline's configuration."""
    return CommonForm()


class CommonForm:
    """Rewrites a Doc's labels to those that `extract` reads; words, sentences and heads stay."""

    def __init__(self) -> None:
        from kg.language.component import lemma_tables
        from kg.language.lemmas import Lemmas

        self.lemmas = Lemmas(lemma_tables(), {})

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc."""
        for token in doc:
            self._word(token)
        doc.ents = tuple(
            Span(doc, name.start, name.end, label=NAMES[name.label_]) for name in doc.ents if name.label_ in NAMES
        )
        return doc

    def _word(self, token: Token) -> None:
        if token.is_space:
            token.pos_, token.tag_, token.dep_, token.lemma_ = "SPACE", "_SP", "dep", token.text
            return
        if token.head.i == token.i:
            token.dep_ = "root"
        if not token.tag_ or token.tag_ == token.pos_:
            token.tag_ = penn(token.text, token.pos_, token.morph.to_dict())
        if not token.lemma_:
            token.lemma_ = self.lemmas.of(token.text, token.pos_, token.tag_)


def penn(word: str, upos: str, features: Mapping[str, str]) -> str:
    """The Penn tag that a universal one and its features stand for, where the rules ask for it.

    >>> penn("bought", "VERB", {"VerbForm": "Fin", "Tense": "Past"}), penn("firms", "NOUN", {"Number": "Plur"})
    ('VBD', 'NNS')
    """
    if upos in ("VERB", "AUX"):
        return "MD" if upos == "AUX" and word.lower() in MODALS else _verb(features)
    if upos in ("NOUN", "PROPN"):
        return PENN[upos] + ("S" if features.get("Number") == "Plur" else "")
    if upos in ("ADJ", "ADV"):
        return PENN[upos] + {"Cmp": "R", "Sup": "S"}.get(features.get("Degree", ""), "")
    if upos == "PART":
        return {"to": "TO", "'s": "POS", "’s": "POS", "'": "POS", "’": "POS"}.get(word.lower(), "RB")
    if upos == "PRON" and features.get("Poss") == "Yes":
        return "PRP$"
    return PENN.get(upos, "FW")


def _verb(features: Mapping[str, str]) -> str:
    past = features.get("Tense") == "Past"
    match features.get("VerbForm", ""):
        case "Part":
            return "VBN" if past else "VBG"
        case "Ger":
            return "VBG"
        case "Fin" if features.get("Mood") != "Imp":
            third = features.get("Person") == "3" and features.get("Number") == "Sing"
            return "VBD" if past else "VBZ" if third else "VBP"
        case _:
            return "VB"


def folder_of_ours(model: str) -> bool:
    """Whether a path is a folder with a network of ours."""
    return (Path(model) / "words.onnx").is_file()
