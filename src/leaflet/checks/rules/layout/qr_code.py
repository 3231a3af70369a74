"""QR code that cannot be read, or leads elsewhere.

What it finds:
The panels are drawn as a printer would draw them, and each QR code on them is read. It finds a code that cannot be read,
and one whose address is not the leaflet's ``url`` or DOI. It needs the extra ``qr``: ``pip install leaflet-press[qr]``.

Why:
A code is the one part of a leaflet that nobody can proofread. It fails in print if it is too small, too light or covered.

Bad:
    A style with ``.qr svg { opacity: .15 }``.

Good:
    A dark code on white, 20 mm wide or more.

When to ignore it:
Where a picture holds a QR code of somebody else's on purpose.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from leaflet.checks.finding import Hit
from leaflet.checks.panel_subject import PanelSubject
from leaflet.checks.qr_reader import read_qr_codes
from leaflet.checks.rule import Area, Pack, Rule, packs


def find(subject: PanelSubject) -> Iterator[Hit]:
    """Yield codes that do not lead where they should."""
    printed = subject.source_map.with_class("qr-code")
    if not printed or not subject.addresses:
        return
    found = read_qr_codes(subject.pdf, _pages(subject, printed))
    if found is None:
        message = "the QR code was not read: the extra qr is not installed"
        yield Hit(message=message, hint="pip install leaflet-press[qr], or leave out L610")
        return
    wanted = {address.rstrip("/"): place for address, place in subject.addresses.items()}
    for page, address in found:
        if address.rstrip("/") not in wanted:
            label = subject.labels[page] if page < len(subject.labels) else ""
            message = f'a QR code leads to "{address}"'
            hint = f"the leaflet's own address is {next(iter(subject.addresses))}"
            yield Hit(message=message, at=next(iter(subject.addresses.values())), hint=hint, panel=label)
    if len(found) < len(printed):
        message = f"{len(printed) - len(found)} of {len(printed)} QR codes cannot be read from the printed panel"
        at = next(iter(subject.addresses.values()))
        yield Hit(message=message, at=at, hint="print it larger, dark on white, with a light border of four modules")


def _pages(subject: PanelSubject, printed: tuple[Element, ...]) -> set[int]:
    """Return the indices of the pages on which the codes are; all of them where that is not known."""
    wanted = {id(element) for element in printed}
    pages = {
        number for number, page in enumerate(subject.pages) for piece in page.pieces if id(piece.element) in wanted
    }
    return pages or set(range(len(subject.pages)))


RULE = Rule(code="L610", name="qr-code", area=Area.PANELS, packs=packs(Pack.BASE), check=find, page=__doc__)
