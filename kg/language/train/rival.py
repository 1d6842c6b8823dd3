"""spaCy's own small pipeline with our heads, to be timed beside ours.

It is spaCy's default CNN (HashEmbedCNN, 96 wide, 4 deep, shared) with a tagger, a morphologizer, a parser, a lemmatizer
by edit trees and a name tagger. It learns a little from what ours says of some texts, so that its transitions are those
of a parser and not of noise; only its speed is looked at.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

HEADS = {
    "tagger": "spacy.Tagger.v2", "morphologizer": "spacy.Tagger.v2", "trainable_lemmatizer": "spacy.Tagger.v2",
    "parser": "spacy.TransitionBasedParser.v2", "ner": "spacy.TransitionBasedParser.v2",
}  # fmt: skip
TRANSITIONS = {"extra_state_tokens": False, "hidden_width": 64, "maxout_pieces": 2, "use_upper": True}
"""spaCy's defaults of a transition-based model."""


def cnn(docs: Sequence[Doc]) -> Language:
    """spaCy's CNN with our heads, after some steps on the Docs."""
    import spacy
    from spacy.training import Example

    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec")
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}
    for name, architecture in HEADS.items():
        extra = {"state_type": name, **TRANSITIONS} if name in ("parser", "ner") else {}
        nlp.add_pipe(name, config={"model": {"@architectures": architecture, "tok2vec": listener, **extra}})
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in docs]
    optimiser = nlp.initialize(lambda: examples)
    for _ in range(8):
        for example in examples:
            nlp.update([example], sgd=optimiser)
    return nlp
