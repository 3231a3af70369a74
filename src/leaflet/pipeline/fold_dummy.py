"""A fold dummy of a layout, and a sheet that tests how a printer turns the paper."""

from __future__ import annotations

from msgspec.structs import replace

from leaflet.model.fold import Fold, Margins, Panel
from leaflet.model.layout import FitBounds, Layout, PressSheet
from leaflet.model.metadata import Metadata
from leaflet.model.print_page import PrintPage
from leaflet.model.workspace import Workspace
from leaflet.pipeline.session import Session

STEADY = FitBounds(smallest=0.5, largest=1.0, minimum_points=4.0)
ROOM_LOST = 19.0
"""The margins, and a millimetre that rounding may take."""
EDGE = Margins(top=9, right=9, bottom=9, left=9)


def make_dummy(layout: Layout, workspace: Workspace, *, session: Session | None = None) -> dict[str, bytes]:
    """Return the fold dummy's sheets and the test of the printer, by the names of their files."""
    from leaflet.html import dummy_page, duplex_page
    from leaflet.sheet import turning_words
    from leaflet.weasy import font_css

    session = session or Session()
    resources = session.page_resources
    narrow = tuple(replace(panel, margins=EDGE) for panel in layout.panels)
    test = _test_sheet(layout)
    return {
        f"{layout.name}-dummy.pdf": _sheets(
            dummy_page(layout, font_css=font_css(), resources=resources),
            replace(layout, panels=narrow, fit=STEADY),
            workspace,
            session,
        ),
        f"{layout.name}-duplex.pdf": _sheets(
            duplex_page(
                turning_words(test, 2), test.sheet_height - ROOM_LOST, font_css=font_css(), resources=resources
            ),
            test,
            workspace,
            session,
        ),
    }


def _test_sheet(layout: Layout) -> Layout:
    """Return two pages as large as what lies on one side of the paper."""
    press = layout.press_sheet
    width = press.columns * layout.sheet_width + (press.columns - 1) * press.gutter
    height = press.rows * layout.sheet_height + (press.rows - 1) * press.gutter
    front, back = (Panel(name=name, width=width, height=height, margins=EDGE) for name in ("front", "back"))
    return replace(
        layout,
        fold=Fold.NONE,
        sheet_width=width,
        sheet_height=height,
        panels=(front, back),
        sides=(),
        fit=STEADY,
        press_sheet=PressSheet(size=press.size),
    )


def _sheets(page: PrintPage, layout: Layout, workspace: Workspace, session: Session) -> bytes:
    from leaflet.panels import render_panels
    from leaflet.sheet import impose

    title = "Fold dummy" if layout.sides or layout.fold is Fold.BOOKLET else "Test"
    panels = render_panels(
        page,
        layout=layout,
        workspace=workspace,
        base=workspace.root,
        metadata=Metadata(title=f"{title}: {layout.name}"),
        renderer=session.renderer,
    )
    return impose(panels.data, layout, job=f"{layout.name} {title.lower()}")
