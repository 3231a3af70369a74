"""Code in languages that nothing here can colour."""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.errors import Problem, Severity
from leaflet.model.document import Document


def uncoloured_code(document: Document) -> Iterator[Problem]:
    """Yield one warning for all code of unknown languages, where the document asks for colours."""
    if not document.metadata.code_colours:
        return
    from leaflet.html import unknown_languages

    names = unknown_languages(document)
    if names:
        yield Problem(
            message=f"code without colours, since Pygments does not know its language: {', '.join(names)}",
            location=document.metadata.places.get("code-colours"),
            hint="write the language's usual name, such as python, or text for none",
            severity=Severity.WARNING,
        )
