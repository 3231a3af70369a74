"""The look of drawings that leaflet makes of data: their width, and the colours and letters of the style."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup, escape
from msgspec import Struct

from leaflet.design import Style, mixed, readable
from leaflet.html.ui_labels import Labels
from leaflet.model.fold import POINT, Millimetres

CAPITAL_HEIGHT = 0.66
"""Of the three bundled faces, in ems."""


TIGHT = 45
"""In characters: a narrower column has what is elsewhere beside each other one below the other."""
LEAST_OF_LINES = 3.0
"""WCAG 2.2, 1.4.11: the least contrast of what is no text and must be seen."""


class DrawnLook(Struct, frozen=True, kw_only=True):
    """All lengths are millimetres; ``points`` is the size of letters."""

    width: Millimetres
    points: float
    colours: Mapping[str, str]
    """The style's tokens, and ``figure``, the colour of lines that are no text."""
    family: str
    character: float
    """Mean width of a character, in ems."""
    locale: str

    @property
    def em(self) -> Millimetres:
        """The size of the letters."""
        return self.points * POINT

    @property
    def is_tight(self) -> bool:
        """True where words beside a drawing would have hardly any space."""
        return self.width < TIGHT * self.em * self.character

    def text_width(self, text: str) -> Millimetres:
        """Return about how wide ``text`` is; digits and capitals are wider than the mean."""
        wide = sum(char.isdigit() or char.isupper() for char in text)
        return (len(text) * self.character * 1.2 + wide * 0.12) * self.em

    def text(self, x: float, y: float, words: str, *, anchor: str = "start", bold: bool = False) -> Markup:
        """Return ``words`` with the middle of their capitals at ``y``."""
        weight = Markup(' font-weight="600"') if bold else Markup()
        return Markup('<text x="{:.2f}" y="{:.2f}" text-anchor="{}"{}>{}</text>').format(
            x, y + self.em * CAPITAL_HEIGHT / 2, anchor, weight, escape(words)
        )

    def drawing(self, height: Millimetres, title: str, body: Markup) -> Markup:
        """Return a picture of this width; ``title`` is what is heard instead of it."""
        return Markup(
            '<svg role="img" xmlns="http://www.w3.org/2000/svg" width="{0:.2f}mm" height="{1:.2f}mm" '
            'viewBox="0 0 {0:.2f} {1:.2f}"><title>{2}</title><g font-family="{3}" font-size="{4:.3f}" fill="{5}">'
            "{6}</g></svg>"
        ).format(self.width, height, title, self.family, self.em, self.colours["ink"], body)


def drawn_look(style: Style, width: Millimetres, points: float, labels: Labels) -> DrawnLook:
    """Return the look of drawings in ``style`` that are ``width`` wide."""
    figure = readable(mixed(style.tokens["brand"], style.tokens["paper"], 0.4), style.tokens["paper"], LEAST_OF_LINES)
    return DrawnLook(
        width=width,
        points=points,
        colours={**style.tokens, "figure": figure},
        family=style.faces["labels"],
        character=style.characters[style.faces["labels"]],
        locale=labels.locale,
    )
