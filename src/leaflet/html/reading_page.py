"""The text of a leaflet for formats without pages: the parts that its layout holds, in reading order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import quote

from markupsafe import Markup

from leaflet.design import PanelPart, PanelPlan, Style, load_panel_plan
from leaflet.html.byline import WITH_BYLINE, says_all
from leaflet.html.drawn_look import drawn_look
from leaflet.html.endnotes import endnotes
from leaflet.html.event_facts import event_facts, event_line
from leaflet.html.link_addresses import with_addresses
from leaflet.html.page_resources import PageResources
from leaflet.html.panel_allocation import described_authors, shows_event
from leaflet.html.parse_markup import parse_markup
from leaflet.html.part_facts import listed_keys, part_facts
from leaflet.html.render_blocks import at_a_glance, blocks
from leaflet.html.render_inlines import HtmlContext, Medium
from leaflet.html.web_page import DRAWING, DRAWN_POINTS, inline_pictures
from leaflet.model.citation import Citations
from leaflet.model.document import NO_ATTRIBUTES, AtAGlance, Document, Image
from leaflet.model.html_tree import HtmlElement, HtmlNode, rewritten
from leaflet.model.layout import Layout
from leaflet.model.reading_text import ReadingText
from leaflet.model.workspace import Workspace

MAIL_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif"})
"""The endings of pictures that all mail programs show."""
ELSEWHERE = {True: "only-print", False: "only-web"}
"""The class of what is not for readers with links, and for those without."""


def render_reading(
    document: Document,
    citations: Citations,
    layout: Layout,
    style: Style,
    *,
    has_links: bool,
    workspace: Workspace,
    pictures_at: str | None = None,
    resources: PageResources | None = None,
) -> ReadingText:
    """Return the text of a leaflet with the parts that ``layout`` holds.

    Readers with links get pictures, and links on words. For others addresses are written out where the layout writes
    them out on paper. Pictures are inside of the text, or at an address below ``pictures_at``, which may be empty.

    Raises:
        LeafletError: a picture cannot be read, or the layout's parts are wrong.
    """
    resources = resources or PageResources()
    plan = load_panel_plan(layout, workspace.roots)
    shown = document if has_links else with_addresses(document, plan.links, citations)
    labels = resources.labels(document.metadata.lang)
    held = {part for parts in plan.held.values() for part in parts}
    context = HtmlContext(
        document=shown,
        citations=citations,
        labels=labels,
        medium=Medium.WEB,
        notes_at_end=True,
        image_address=_addresses(document, workspace, pictures_at if has_links else ""),
        icon_set=resources.icons,
        listed=listed_keys(document, citations, has_place=PanelPart.REFERENCES in held),
        drawn=drawn_look(style, DRAWING, DRAWN_POINTS, labels),
    )
    tree = parse_markup(resources.fill_own("reading.html.j2", _values(context, plan, held, resources, has_links)))
    hidden = ELSEWHERE[has_links]
    (content,) = rewritten(tree, lambda element: _for_readers(element, hidden))
    assert isinstance(content, HtmlElement)
    return ReadingText(
        name=PurePosixPath(document.source).stem,
        metadata=document.metadata,
        direction=labels.direction,
        content=content,
        labels=labels.words,
        colours=style.tokens,
        faces=style.faces,
        serif="Serif" in style.faces["text"],
    )


def _addresses(document: Document, workspace: Workspace, below: str | None) -> Callable[[Image], str]:
    """Return a function that gives the address of a picture, or nothing where it cannot have one."""
    if below is None:
        inline = inline_pictures(document, workspace)
        return lambda image: inline(image.path, image.location)
    return lambda image: below + quote(PurePosixPath(image.path).name) if below and _in_mails(image) else ""


def _in_mails(image: Image) -> bool:
    return PurePosixPath(image.path).suffix.lower() in MAIL_PICTURES and not image.path.lower().startswith("data:")


def _values(
    context: HtmlContext, plan: PanelPlan, held: set[PanelPart], resources: PageResources, has_links: bool
) -> dict[str, object]:
    """Return the values of the template; those of a part that the layout does not hold are empty."""
    document, metadata, labels = context.document, context.document.metadata, context.labels
    glances = [node for node in document.blocks if isinstance(node, AtAGlance)] if PanelPart.AT_A_GLANCE in held else []
    glance = Markup().join(at_a_glance(node, context) for node in glances)
    body = blocks([node for node in document.blocks if node not in glances], context)
    facts = part_facts(context, resources, has_byline=plan.family in WITH_BYLINE)
    parts = {PanelPart.REFERENCES: "references", PanelPart.CITE: "own"}
    facts.update((key, Markup()) for part, key in parts.items() if part not in held)
    has_event = PanelPart.EVENT in held
    tips = (
        (PanelPart.FURTHER_READING, "reading", labels["further-reading"], metadata.further_reading),
        (PanelPart.RELATED, "related", labels["related"], metadata.related),
    )
    return {
        **facts,
        "glance": glance,
        "body": body,
        "notes": endnotes(context),
        "event": event_facts(NO_ATTRIBUTES, context) if has_event and shows_event(document) else Markup(),
        "event_line": "" if has_event else event_line(metadata.event, labels),
        "has_author": PanelPart.AUTHOR in held
        and bool(described_authors(metadata))
        and not (facts["byline"] and says_all(metadata)),
        "tips": [(kind, title, entries) for part, kind, title, entries in tips if part in held],
        "has_plate": PanelPart.END_PLATE in held,
        "has_links": has_links,
    }


def _for_readers(element: HtmlElement, hidden: str) -> tuple[HtmlNode, ...]:
    """Return an element without what is only for the look, or for other readers."""
    classes = element.classes
    if hidden in classes or "icon" in classes:
        return ()
    return (element,)
