"""Title, language, version or date that differ from file to file.

What it finds:
A title, language, version, code or date of review of the front matter that the reading PDF, the sheet, the web page or the
citation files do not have.

Why:
Libraries and procurement read the metadata, readers the page. Both must get the same.

Bad:
    Version 2.1 in the front matter, and a layout that prints no version.

Good:
    The version on the last panel, on the web page and in the metadata.

When to ignore it:
Where a sign has no space for the version.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.output_subject import OutputSubject
from leaflet.checks.output_text import squeezed, web_language
from leaflet.checks.pdf_subject import DC, PdfSubject, open_pdf
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.errors import Location


def find(subject: OutputSubject) -> Iterator[Hit]:
    """Yield facts that a file lacks."""
    metadata = subject.document.metadata
    texts = {
        "reading PDF": subject.reading_text,
        "sheet": subject.sheet_text,
        "web page": subject.page_text,
    }
    facts = {"title": metadata.title, "version": metadata.version, "code": metadata.code}
    for key, value in facts.items():
        for name, text in texts.items():
            if value and not text.holds(value):
                yield _hit(subject, key, f'the {name} does not show the {key} "{value}"')
    for name, kind in (("reading PDF", "pdf"), ("sheet", "sheet")):
        with open_pdf(subject.files[kind], name=name) as pdf:
            file = PdfSubject(name=name, pdf=pdf)
            if squeezed(file.claim(DC, "title")) != squeezed(metadata.title):
                yield _hit(
                    subject, "title", f'the metadata of the {name} have another title, "{file.claim(DC, "title")}"'
                )
            if str(file.root.get("/Lang", "")).casefold() != metadata.lang.casefold():
                yield _hit(subject, "lang", f"the {name} is not in {metadata.lang}")
    if web_language(subject.files["html"]).casefold() != metadata.lang.casefold():
        yield _hit(subject, "lang", f"the web page is not in {metadata.lang}")
    if "csl-json" in subject.files:
        items = json.loads(subject.files["csl-json"])
        if items and squeezed(metadata.title) not in squeezed(str(items[0].get("title", ""))):
            yield _hit(subject, "title", f'the citation file has another title, "{items[0].get("title", "")}"')


def _hit(subject: OutputSubject, key: str, message: str) -> Hit:
    at = subject.document.metadata.places.get(key) or Location(file=subject.document.source)
    return Hit(message=message, at=at, hint="look at the templates of the layout")


RULE = Rule(code="L903", name="metadata-agreement", area=Area.OUTPUTS, packs=packs(Pack.BASE), check=find, page=__doc__)
