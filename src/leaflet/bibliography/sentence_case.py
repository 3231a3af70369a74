"""English titles in Title Case turned into the sentence case that CSL items are written in.

BibLaTeX entries hold English titles in title case with braces around what must keep its capitals; a CSL style that
wants title case makes it itself. So the capitals outside braces go, as biblatex's ``\\MakeSentenceCase`` does it.
"""

from __future__ import annotations

import re

from leaflet.bibliography.latex import Run

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_AFTER_STOP = re.compile(r"[:.?!—][\s“‘’`\"'(\[¿¡«„]+$")
_OPENERS = " \t\u00a0“‘’`\"'([¿¡«„"


def sentence_case(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Lower the first capital of each unprotected word, except at the start and after a colon, stop or question
    mark. Words with capitals further inside (DNA, iPhone, McDonald) are left: nobody means them to be lowered."""
    done: list[Run] = []
    before = ""
    for run in runs:
        text = run.text if run.protected else _lowered(run.text, before)
        done.append(Run(text=text, marks=run.marks))
        before += run.text
    return tuple(done)


def _lowered(text: str, before: str) -> str:
    def lower(match: re.Match[str]) -> str:
        word = match[0]
        if starts_sentence(before + text[: match.start()]) or not is_capitalised(word):
            return word
        # A lone capital (vitamin D, X-ray, a middle initial) is a name of its own; only the article is not.
        return word if len(word) == 1 and word != "A" else word.lower()

    return WORD.sub(lower, text)


def starts_sentence(lead: str) -> bool:
    """Whether the word after ``lead`` is the first of a title or of a subtitle."""
    return not lead.strip(_OPENERS) or bool(_AFTER_STOP.search(lead[-12:]))


def is_capitalised(word: str) -> bool:
    """Whether the first letter alone is a capital."""
    return word[0].isupper() and word[1:] == word[1:].lower()
