"""Blocks with pictures beside their words: persons, rows of logos, and the panel that carries an address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from leaflet.html.render_inlines import HtmlContext, attributes
from leaflet.model.document import MailingPanel

Frame = Callable[[Markup, Sequence[Markup], Markup], Markup]
"""Makes a block of its attributes, its pictures and its words."""


def _person(given: Markup, pictures: Sequence[Markup], words: Markup) -> Markup:
    portrait = Markup('<div class="portrait">{}</div>').format(Markup().join(pictures)) if pictures else Markup()
    return Markup('<section{}>{}<div class="person-text">{}</div></section>').format(given, portrait, words)


def _sponsors(given: Markup, pictures: Sequence[Markup], words: Markup) -> Markup:
    logos = Markup().join(Markup('<div class="logo">{}</div>').format(picture) for picture in pictures)
    return Markup('<section{}>{}<div class="logos">{}</div></section>').format(given, words, logos)


FRAMES: Mapping[str, Frame] = {"person": _person, "sponsors": _sponsors}
"""The classes of divs that are put together in a way of their own."""


def mailing_panel(node: MailingPanel, context: HtmlContext, address: Markup) -> Markup:
    """Return who sends the leaflet, the place of the stamp, and the address where an envelope's window shows it."""
    metadata, labels = context.document.metadata, context.labels
    contact = metadata.contact
    sender = labels.comma.join(
        part
        for part in (
            metadata.publisher or (contact.name if contact else ""),
            " ".join((contact.address if contact else "").split("\n")).strip(),
        )
        if part
    )
    return Markup(
        '<section{}><div class="mail-head"><p class="sender">{}</p><p class="stamp">{}</p></div>'
        '<div class="window">{}</div></section>'
    ).format(
        attributes(node.attributes, "mailing", source=context.source(node.location)),
        Markup("<strong>{}</strong><br>{}").format(labels["return-to"], sender) if sender else Markup(),
        labels["stamp"],
        address,
    )
