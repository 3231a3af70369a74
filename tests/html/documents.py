"""Documents written by hand for the tests of the html stage."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from lxml import html as parser
from msgspec.structs import replace

from leaflet.design.layouts import load_layout
from leaflet.design.styles import load_style
from leaflet.errors import Location
from leaflet.html import PrintPages, render_web
from leaflet.model.citation import Citations, Cite, Cluster, FormattedCluster, FormattedReference, OwnCitation
from leaflet.model.citation_places import number_citations
from leaflet.model.document import (
    AtAGlance,
    Attributes,
    Block,
    CitationReference,
    Document,
    Fact,
    Paragraph,
    Section,
    Text,
)
from leaflet.model.metadata import Contact, Metadata, PartialDate, Person
from leaflet.model.workspace import Workspace
from leaflet.pipeline.self_item import own_item

REPOSITORY = Path(__file__).parents[2]
LAYOUTS = REPOSITORY / "layouts"
STYLES = REPOSITORY / "styles"
WORKSPACE = Workspace(root=REPOSITORY, shipped=REPOSITORY)
NOWHERE = Attributes()


def at(line: int) -> Location:
    return Location(file="source/test.md", line=line, column=1)


def text(words: str) -> tuple[Text, ...]:
    return (Text(text=words),)


def section(title: str, *blocks: Block, line: int = 10, level: int = 2, **pairs: str) -> Section:
    attributes = Attributes(id=title.lower().replace(" ", "-"), pairs=tuple(pairs.items()))
    return Section(level=level, heading=text(title), blocks=blocks, attributes=attributes, location=at(line))


def cited(key: str, line: int = 12, *, in_note: bool = False) -> CitationReference:
    return CitationReference(cluster=Cluster(cites=(Cite(key=key),), in_note=in_note), location=at(line))


def glance() -> AtAGlance:
    facts = (Fact(children=text("Walking helps."), icon="heart"), Fact(children=text("Start slowly."), icon=None))
    return AtAGlance(heading=(), facts=facts, blocks=(), attributes=NOWHERE, location=at(3))


def document(*blocks: Block, **metadata: Any) -> Document:
    given = {
        "title": "Walking well",
        "lang": "en-GB",
        "authors": (Person(given="Amara", family="Cole", role="nurse"),),
        "date": PartialDate(year=2026, month=5, day=12),
        "next_review": PartialDate(year=2029, month=5),
        "url": "https://example.org/walking",
        "contact": Contact(name="Team", phone="01632 960 123"),
        **metadata,
    }
    body = blocks or (glance(), section("Why walk", Paragraph(children=text("It is good for you."))))
    return number_citations(Document(metadata=Metadata(**given), blocks=body, source="source/test.md"))


def citations(*clusters: FormattedCluster) -> Citations:
    return Citations(
        clusters=clusters,
        references=(FormattedReference(id="cole2026", html="Cole, A. (2026). <i>On walking</i>.", text="Cole"),),
        own=(OwnCitation(label="APA", style="apa", html="Cole, A. (2026). <i>Walking well</i>.", text="Cole"),),
        hanging_indent=True,
    )


def printed(
    source: Document, answers: Citations | None = None, *, layout: str = "trifold-a4", style: str = "clinic"
) -> str:
    pages = PrintPages.of(
        source,
        answers or citations(),
        load_layout(LAYOUTS / layout),
        load_style(STYLES / style),
        font_css="",
        workspace=WORKSPACE,
    )
    return pages.page(pages.arranged(0)).complete


def on_web(source: Document, answers: Citations | None = None, *, style: str = "clinic") -> str:
    answers = answers or citations()
    own = answers.own_item or own_item(source.metadata, id="test", today=date(2026, 5, 12))
    return render_web(source, replace(answers, own_item=own), load_style(STYLES / style), workspace=WORKSPACE)


def parsed(page: str) -> Any:
    return parser.fromstring(page)
