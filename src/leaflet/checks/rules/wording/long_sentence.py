"""Sentence that is hard to follow for its length.

What it finds:
Sentences of more than 25 words in English, and 28 in German, French and Spanish. Words with a hyphen and phone numbers count once.

Why:
GOV.UK sets 25 words as its limit because comprehension falls sharply beyond it. Languages with more small words get a
little more.

Bad:
    If you have taken the tablets for more than two weeks and you still feel ill or you have any of the other signs that
    are listed on the back of this leaflet, call us.

Good:
    Call us if you still feel ill after two weeks. Call us, too, if you have any of the signs on the back.

When to ignore it:
In a sentence that is a list of names.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject

MOST = {"en": 25, "de": 28, "fr": 28, "es": 28}
OTHERS = 28


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield sentences with too many words."""
    most = MOST.get(subject.language, OTHERS)
    for passage in subject.passages:
        count = len(passage.sentence.words)
        if count > most:
            message = f"this sentence has {count} words; over {most} it is hard to follow"
            yield subject.on(passage, message, "make two sentences of it, or a list")


RULE = Rule(code="L203", name="long-sentence", area=Area.SOURCE, packs=packs(Pack.BASE), check=find, page=__doc__)
