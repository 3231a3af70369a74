"""Type under 14 pt in easy read.

What it finds:
Panels whose running text is set in less than 14 pt.

Why:
Easy read guidance asks for 14 pt or more; "Information for all" for type like Arial 14.

Bad:
    layout: trifold-a4

Good:
    layout: easy-read-a4

When to ignore it:
Never in a leaflet that is called easy read.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.panel_subject import PanelSubject
from leaflet.checks.rule import Area, Pack, Rule, packs

LEAST = 14.0
ROUNDING = 0.05


def find(subject: PanelSubject) -> Iterator[Hit]:
    """Yield panels with type that is too small."""
    for label, page in subject.named():
        if page.body_points is not None and page.body_points < LEAST - ROUNDING:
            hint = "use the layout easy-read-a4, or fewer words"
            yield Hit(message=f"running text is set in {page.body_points:g} pt", hint=hint, panel=label)


RULE = Rule(code="L604", name="easy-read-type", area=Area.PANELS, packs=packs(Pack.EASY_READ), check=find, page=__doc__)
