"""Link whose words do not say where it leads.

What it finds:
Links called "click here", "here", "read more", "this link" and the like, in English, German, French and Spanish.

Why:
WCAG 2.4.4 asks that the purpose of a link is clear from its words. Screen readers list the links of a page without the
text around them, and nobody can click on paper.

Bad:
    For opening hours [click here](https://example.org/hours).

Good:
    See our [opening hours](https://example.org/hours).

When to ignore it:
Never.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject
from leaflet.model.document import Link
from leaflet.model.walk import plain_text

EMPTY_WORDS = frozenset(
    (
        "click here|here|click|click this link|this link|link|this page|this|read more|more|learn more|find out more|"
        "more information|more info|details|download|see here|visit this page|go|website|"
        "hier|hier klicken|klicken sie hier|klick hier|klicken|mehr|weiterlesen|mehr lesen|mehr erfahren|dieser link|"
        "weitere informationen|zur seite|"
        "cliquez ici|ici|cliquer ici|en savoir plus|lire la suite|plus|ce lien|lien|voir plus|plus d’informations|"
        "haga clic aquí|aquí|clic aquí|pulse aquí|más|leer más|ver más|saber más|este enlace|enlace|más información"
    ).split("|")
)


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield links with empty words."""
    for node in subject.nodes:
        if isinstance(node, Link):
            words = plain_text(node.children)
            if " ".join(words.replace("'", "’").split()).strip(".…:»> ").casefold() in EMPTY_WORDS:
                yield Hit(
                    message=f'the link "{words}" does not say where it leads',
                    at=node.location,
                    length=len(words) + 2,
                    hint="let the words of the link name the page: [opening hours](…)",
                )


RULE = Rule(code="L209", name="link-words", area=Area.SOURCE, packs=packs(Pack.BASE), check=find, page=__doc__)
