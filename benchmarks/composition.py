"""Figures of the composition of the leaflets in ``source/gallery``, in suitable layouts and all styles.

    python benchmarks/composition.py [--only NAME …] [--pictures FOLDER] [--rows]

Prints one row for each build with ``--rows``, then the figures of all of them. Nothing is compared with a clock.
"""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from msgspec import structs

import leaflet.panels.render as rendering
from leaflet.errors import LeafletError
from leaflet.model.layout import Fit
from leaflet.pipeline import Choices, compose
from leaflet.pipeline.session import Session

GALLERY = Path(__file__).parents[1] / "source" / "gallery"
STYLES = ("clinic", "editorial", "clear")
DAY = date(2026, 11, 1)
SUITABLE = {
    "allergen-card": ("half-fold-a4", "handout-a4", "trifold-a3"),
    "appeal": ("trifold-a4", "half-fold-a4", "z-fold-a4"),
    "bird-walk": ("flyer-a5", "flyer-square", "poster-a3"),
    "bus-change": ("flyer-dl", "flyer-a5", "poster-a3"),
    "choir-programme": ("half-fold-a4", "booklet-a5"),
    "clinic-arabic": ("handout-a4", "trifold-a4", "half-fold-a4"),
    "concert": ("half-fold-a4",),
    "diabetes-booklet": ("booklet-a5", "handout-a4", "handout-large-a4"),
    "don-du-sang": ("trifold-a4", "trifold-a3", "handout-a4"),
    "exercises": ("handout-a4", "booklet-a5", "half-fold-a4"),
    "flood-plan": ("z-fold-a4", "trifold-a4", "accordion-a4"),
    "food-bank": ("flyer-dl", "flyer-a5", "poster-a3"),
    "garden-club": ("half-fold-a4", "trifold-a4"),
    "health-fair": ("poster-a3", "flyer-a5"),
    "hoergeraete": ("trifold-a4", "booklet-a5", "trifold-a3"),
    "lost-cat": ("poster-a3", "flyer-a5"),
    "lost-cat-strips": ("poster-a3",),
    "memorial": ("half-fold-a4", "booklet-a5"),
    "minimal": ("flyer-a5", "poster-a3", "handout-a4"),
    "minimal-de": ("poster-a3", "flyer-a5"),
    "mla-guide": ("handout-a4", "trifold-a4", "booklet-a5"),
    "museum-trail": ("trifold-a4", "half-fold-a4", "cross-fold-a4"),
    "reading-group": ("booklet-a5", "trifold-a4", "half-fold-a4"),
    "recycling": ("z-fold-a4", "trifold-a3", "handout-a4"),
    "school-trip": ("trifold-a4", "handout-a4", "trifold-a3"),
    "stadtbibliothek": ("trifold-a4", "half-fold-a4", "handout-a4"),
    "summer-reading": ("flyer-a5", "poster-a3"),
    "tatim-arabic": ("trifold-a4", "half-fold-a4"),
    "tenants-rights": ("trifold-a4", "trifold-a3", "booklet-a5"),
    "vaccines-handout": ("handout-a4", "trifold-a4", "handout-large-a4"),
}
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
SMALLEST_BODY = 10.0
LARGE_STYLES = frozenset({"clear"})
EMPTY = 0.5
CLOSER = 0.95
"""From this scale downwards space gives way before type does."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Measurements of one build."""

    name: str
    layout: str
    style: str
    scale: float = 0.0
    points: float = 0.0
    trials: int = 0
    refused: str = ""
    instead: str = ""
    """The layout that leaflet chooses where this one is refused; empty where it finds none."""
    small: bool = False
    """Set smaller than the text needs."""
    lone: int = 0
    """Headings that are the last of their page."""
    stretched: int = 0
    least: float = 1.0
    """The fill of the emptiest panel with text, apart from the cover."""
    coloured: int = 0
    """Panels that hold no text, or the end plate alone, so that their ground finishes them."""
    free: float = 0.0
    """Free millimetres of height, on average over the panels."""


class Watch:
    """The last trial that was reported, with its box tree."""

    def __init__(self) -> None:
        self.trial: rendering.LaidOut | None = None
        self._report = rendering.report
        rendering.report = self._note  # type: ignore[assignment]

    def _note(self, trial: object, *rest: object) -> object:
        self.trial = trial  # type: ignore[assignment]
        return self._report(trial, *rest)  # type: ignore[arg-type]


def main() -> None:
    """Build everything and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", help="names of leaflets [all]")
    parser.add_argument("--styles", nargs="*", default=STYLES)
    parser.add_argument("--pictures", type=Path, help="write each page as PNG to this folder")
    parser.add_argument("--rows", action="store_true", help="print a row for each build")
    options = parser.parse_args()
    rows = []
    for row in builds(options.only or sorted(SUITABLE), options.styles, options.pictures):
        rows.append(row)
        if options.rows:
            print(line_of(row), flush=True)
    print("\n".join(figures(rows)))


def builds(names: Iterable[str], styles: Iterable[str], pictures: Path | None) -> Iterator[Row]:
    """Build each leaflet in its layouts and ``styles``."""
    watch, session = Watch(), Session()
    for name in names:
        for layout in SUITABLE[name]:
            for style in styles:
                yield build(name, layout, style, watch, session, pictures)


def build(name: str, layout: str, style: str, watch: Watch, session: Session, pictures: Path | None) -> Row:
    """Build one leaflet and measure it."""
    source, row = GALLERY / f"{name}.md", Row(name=name, layout=layout, style=style)
    choices = Choices(layout=layout, style=style, formats=("pdf",))
    try:
        made = compose(source, choices, today=DAY, session=session)
    except LeafletError as error:
        instead = chosen_instead(source, choices, session)
        return dataclasses.replace(row, refused=error.problems[0].message, instead=instead)
    trial, fit = watch.trial, made.fit
    assert trial is not None
    assert fit is not None
    if pictures:
        write_pictures(made.files[f"{name}.pdf"], pictures / f"{name}-{layout}-{style}")
    holding = [page for page, measure in zip(fit.pages, trial.pages, strict=True) if holds_text(measure)]
    inner = [page for page in holding if page.label != "cover"] or list(fit.pages)
    return dataclasses.replace(
        row,
        scale=fit.scale,
        points=fit.body_points or 0.0,
        trials=fit.trials,
        small=fit.scale < 1 and fits_unshrunk(source, choices, session, len(fit.pages), fit.scale),
        lone=sum(map(ends_with_heading, trial.pages)),
        stretched=sum(is_stretched(box) for page in trial.rendering.pages for box in pictures_of(page._page_box)),
        least=min(page.fill for page in inner),
        coloured=len(fit.pages) - len(holding),
        free=sum(page.free for page in inner) / len(inner),
    )


def chosen_instead(source: Path, choices: Choices, session: Session) -> str:
    """Return what ``layout: auto`` builds."""
    try:
        made = compose(source, structs.replace(choices, layout="auto"), today=DAY, session=session)
    except LeafletError:
        return ""
    return made.layout.removeprefix("layout ").split(":")[0]


def fits_unshrunk(source: Path, choices: Choices, session: Session, pages: int, scale: float) -> bool:
    """Return whether the leaflet fits at scale 1, on no more pages; with less space only if ``scale`` is much smaller."""
    try:
        made = compose(source, structs.replace(choices, fit=Fit.NONE), today=DAY, session=session)
    except LeafletError:
        return False
    assert made.fit is not None
    is_closer = made.fit.tried[-1].arrangement.startswith("compact")
    return len(made.fit.pages) <= pages and (scale <= CLOSER or not is_closer)


def holds_text(page: object) -> bool:
    """Return whether a page holds more than what is seated at its foot."""
    foot = page.foot  # type: ignore[attr-defined]
    pieces = [piece for piece in page.pieces if not piece.positioned]  # type: ignore[attr-defined]
    return any(foot is None or piece.area.top < foot.top for piece in pieces)


def ends_with_heading(page: object) -> bool:
    """Return whether the last text of a page, above its foot, is a heading."""
    foot = page.foot  # type: ignore[attr-defined]
    flowing = [
        piece
        for piece in page.pieces  # type: ignore[attr-defined]
        if not piece.positioned and piece.element is not None and (foot is None or piece.area.top < foot.top)
    ]
    if not flowing:
        return False
    last = max(flowing, key=lambda piece: piece.area.bottom)
    level = [piece for piece in flowing if piece.area.bottom > last.area.bottom - 1]
    return all(piece.element.tag in HEADINGS for piece in level)


def pictures_of(box: object) -> Iterator[object]:
    """Yield the boxes of pictures in ``box``."""
    box = getattr(box, "_box", box)
    if hasattr(box, "replacement"):
        yield box
    for child in box.all_children() if hasattr(box, "all_children") else ():  # type: ignore[attr-defined]
        yield from pictures_of(child)


def is_stretched(box: object) -> bool:
    """Return whether a picture is drawn in other proportions than its own."""
    ratio = box.replacement.get_intrinsic_size(1, 16)[2]  # type: ignore[attr-defined]
    width, height = box.width, box.height  # type: ignore[attr-defined]
    cut = box.style["object_fit"] in ("cover", "contain")  # type: ignore[attr-defined]
    return bool(ratio and height and width and not cut and abs(width / height / ratio - 1) > 0.03)


def write_pictures(data: bytes, stem: Path) -> None:
    """Write the pages of a PDF beside each other as one PNG."""
    import pypdfium2
    from PIL import Image

    stem.parent.mkdir(parents=True, exist_ok=True)
    pages = [page.render(scale=1.3).to_pil() for page in pypdfium2.PdfDocument(data)]
    width = sum(page.width + 8 for page in pages)
    sheet = Image.new("RGB", (width, max(page.height for page in pages)), "#999")
    left = 0
    for page in pages:
        sheet.paste(page, (left, 0))
        left += page.width + 8
    sheet.save(stem.with_name(stem.name + ".png"))


def line_of(row: Row) -> str:
    """Return one row as text."""
    name = f"{row.name:18}{row.layout:17}{row.style:10}"
    if row.refused:
        return f"{name}refused: {row.refused[:80]} → {row.instead or 'no layout'}"
    marks = [mark for mark, on in (("SMALL", row.small), ("LONE", row.lone), ("STRETCHED", row.stretched)) if on]
    return f"{name}{row.points:6.2f} pt {row.scale:5.2f} {row.trials} layouts, least {row.least:4.0%}, free {row.free:4.0f} mm {' '.join(marks)}"


def figures(rows: list[Row]) -> Iterator[str]:
    """Yield the figures of all builds."""
    built = [row for row in rows if not row.refused]
    hand = [row for row in built if row.style not in LARGE_STYLES]
    yield f"builds {len(rows)}"
    for style in dict.fromkeys(row.style for row in rows):
        mine = [row for row in rows if row.style == style]
        refused = [row for row in mine if row.refused]
        elsewhere = sum(bool(row.instead) for row in refused)
        yield f"refused in {style} {len(refused)} of {len(mine)}, of which layout: auto builds {elsewhere}"
    yield f"not built in any layout {sum(bool(row.refused) and not row.instead for row in rows)} of {len(rows)}"
    if not built:
        return
    yield f"set smaller than needed {sum(row.small for row in built)}"
    yield f"headings alone {sum(row.lone for row in built)}"
    yield f"stretched pictures {sum(row.stretched for row in built)}"
    yield f"body under {SMALLEST_BODY:g} pt {sum(row.points < SMALLEST_BODY for row in hand)} of {len(hand)}"
    yield f"a panel under {EMPTY:.0%} full {sum(row.least < EMPTY for row in built)} of {len(built)}"
    yield f"panels that only their ground finishes {sum(row.coloured for row in built)}"
    yield f"least filled panel {min(row.least for row in built):.0%}"
    yield f"white {sum(row.free for row in built) / len(built):.1f} mm of a panel on average"
    yield f"layouts for a fit {sum(row.trials for row in built) / len(built):.2f} on average, at most {max(row.trials for row in built)}"


if __name__ == "__main__":
    main()
