"""The example sentences of the frames, read by the whole chain: most must give an event of the frame's class.

What the language model makes of a sentence is scored against a floor, never asserted sentence by sentence; the floor
only rises.
"""

from __future__ import annotations

from kg import build, ontology
from kg.records import Article

FLOOR = 0.93


def test_most_example_sentences_give_the_event_that_they_stand_for() -> None:
    tables = ontology.load()
    pairs = [(frame, sentence) for frame in tables.frames for sentence in frame.examples]
    records = build.extractions(
        [Article.of(sentence) for _, sentence in pairs], ontology=tables, on_error=lambda finding: None
    )
    missed = []
    for (frame, sentence), record in zip(pairs, records, strict=True):
        found = [event.class_ for event in record.events]
        if frame.event not in found:
            missed.append(f"{frame.name}: {sentence!r} gives {found}")
    share = 1 - len(missed) / len(pairs)
    assert share >= FLOOR, f"{share:.3f} of {len(pairs)}\n" + "\n".join(missed)
