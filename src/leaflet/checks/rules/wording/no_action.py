"""Nothing for the reader to do.

What it finds:
A leaflet in which no sentence tells the reader to do something: no call box, no write-in lines, no steps, and no
sentence that begins with a verb such as "ask", "call", "wash" or "tell"; in German and French, none that begins with any verb
in the form for readers ("Fragen Sie", "Appelez"). In French and Spanish, an item of a list that begins with an infinitive
counts too.

Why:
The CDC index (item 5) asks for a call to action; PEMAT's second half asks for at least one action.

Bad:
    Vaccines protect from illness.

Good:
    Vaccines protect from illness. Ask your nurse for yours.

When to ignore it:
For a leaflet that only explains, such as a handout on history.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.sentences import LETTER_WORD
from leaflet.checks.source_subject import SourceSubject
from leaflet.checks.text_blocks import TextKind
from leaflet.model.document import Callout, CalloutKind, Division, List, ListKind, WriteIn

ACTIONS = {
    "en": "ask call phone ring tell talk speak see visit go contact wash rinse dry take use try check keep stop start avoid "
    "bring make book read write do don’t eat drink drive rest wear get find follow join send email text please look "
    "remember choose return learn wait measure put store hold press breathe count move sit stand walk change clean cover "
    "give help let never always wet rub apply report register fill open test",
    "de": "fragen rufen sprechen gehen waschen nehmen nutzen verwenden trocknen sagen besuchen melden lesen schreiben trinken "
    "essen achten vermeiden bringen prüfen kommen wenden bitte informieren lassen halten machen frag ruf",
    "fr": "demandez appelez parlez allez lavez prenez utilisez séchez dites consultez contactez lisez écrivez buvez mangez "
    "évitez apportez vérifiez venez faites gardez signalez n’hésitez ne pensez téléphonez rincez",
    "es": "pregunte llame hable vaya lave lávese tome use seque diga consulte contacte lea escriba beba coma evite traiga "
    "compruebe venga haga guarde avise no pida acuda enjuague",
}

IMPERATIVES = {
    "de": re.compile(
        r"(?!(?:haben|hätten|sind|wären|können|könnten|müssen|dürfen|sollten|sollen|möchten|wollen|wollten|werden|würden|"
        r"leiden|bekommen|gehören)\b)[^\W\d_]{2,}n\s+sie\b(?![^?]*\?\s*$)",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"(?!(?:chez|assez|avez|savez|pouvez|devez|voulez)\b)[^\W\d_]{2,}ez\b(?!-vous\b[^?]*\?)", re.IGNORECASE
    ),
}
"""Sentences that begin with the form in which readers are addressed; questions and conditions begin alike."""

INFINITIVES = {"fr": re.compile(r"\w+(?:er|ir|re)"), "es": re.compile(r"\w+[aei]r(?:se|l[aeo]s?)?")}
"""The first word of an instruction in a list."""

CLAUSE = re.compile(r"[,;:–]\s+(?:please\s+|por favor,?\s+|bitte\s+)?([^\W\d_]+(?:[’'\-][^\W\d_]+)*)", re.IGNORECASE)
"""The first word of a clause within a sentence: "If you feel ill, call us."."""


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield a leaflet without any action."""
    if subject.language not in ACTIONS or any(_is_action(node) for node in subject.nodes):
        return
    verbs = frozenset(ACTIONS[subject.language].split())
    for passage in subject.passages:
        words = [word.casefold().replace("'", "’") for word in LETTER_WORD.findall(passage.sentence.text)]
        if verbs & set(words[:1]):
            return
        imperative = IMPERATIVES.get(subject.language)
        if imperative and imperative.match(passage.sentence.text):
            return
        infinitive = INFINITIVES.get(subject.language)
        if infinitive and passage.block.kind is TextKind.ITEM and words and infinitive.fullmatch(words[0]):
            return
        joined = {found[1].casefold().replace("'", "’") for found in CLAUSE.finditer(passage.sentence.text)}
        if joined & verbs:
            return
        after = {words[index + 1] for index, word in enumerate(words[:-1]) if word in ("then", "please", "to", "and")}
        if passage.block.kind is not TextKind.NOTE and after & verbs and "you" in words:
            return
    yield Hit(
        message="nothing tells the reader what to do",
        at=subject.key("title"),
        hint="say what to do next: ask, call, try",
    )


def _is_action(node: object) -> bool:
    match node:
        case WriteIn():
            return True
        case Division():
            return "tear-off" in node.attributes.classes
        case Callout():
            return node.kind is CalloutKind.CALL
        case List():
            return node.kind is ListKind.ORDERED
        case _:
            return False


RULE = Rule(
    code="L212", name="no-action", area=Area.SOURCE, packs=packs(Pack.HEALTH, Pack.CDC), check=find, page=__doc__
)
