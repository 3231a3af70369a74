"""Makes docs/css-variables.md: the variables that the CSS of layouts, styles and components builds on. Run it by ``make gallery``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from leaflet.design import RunningLines, load_layout, load_panel_plan, load_style, page_css, token_css, type_css
from leaflet.html.code_colours import palette_css

REPOSITORY = Path(__file__).parents[2]
PAGE = REPOSITORY / "docs" / "css-variables.md"
DECLARED = re.compile(r"(--[a-z][a-z0-9-]*)\s*:\s*([^;{}]+)")
USED = re.compile(r"var\((--[a-z][a-z0-9-]*)")
PRIVATE = frozenset(
    (
        "--block-step",
        "--text-wrap",
        "--title-most",
        "--title-grown",
        "--art-strip",
        "--cover-art",
        "--strip-size",
        "--strip-above",
        "--focus",
        "--scrim",
    )
)
"""Names that leaflet's own layout engine reads, or that a page sets for itself."""
INTRODUCTION = """# CSS variables

The CSS of a leaflet of yours (`css:` in the front matter), of a workspace (`css` in `leaflet.toml`), of a style or of a
layout can use and set these variables. The values are those of the style `clinic` in the layout `trifold-a4`. Sizes
follow the fit: make new ones of `--b`, the distance of lines, and of `--fs`, so that they shrink and grow with it.
`make gallery` makes this page from the CSS.

```css
.callout { border-radius: 0; padding: calc(var(--b) * .25) }
:root { --w-head: 600 }
```

"""
MEANINGS: Mapping[str, str] = {
    "--paper": "the ground of pages",
    "--ink": "text",
    "--muted": "captions and small print",
    "--brand": "headings, icons, rules of tables",
    "--brand-deep": "leads",
    "--on-brand": "text on the brand's colour",
    "--tint": "the ground of boxes",
    "--tint-2": "a stronger tint",
    "--rule": "hairlines",
    "--accent": "warnings, and what is counted",
    "--accent-tint": "the ground of warnings",
    "--on-accent": "text on the accent's colour",
    "--cover": "the ground of the cover",
    "--on-cover": "text on the cover",
    "--on-cover-soft": "the subtitle on the cover",
    "--plate": "the ground of the end plate",
    "--on-plate": "text on the end plate",
    "--flap": "the ground of the flap and of facts",
    "--signal": "the one bright colour, for events",
    "--on-signal": "text on the signal's colour",
    "--text": "the typeface of the text",
    "--display": "the typeface of headings",
    "--label": "the typeface of tables, captions and small print",
    "--fit": "the scale that the fit has found; 1 at first",
    "--least": "the smallest size of type",
    "--b": "the distance of lines: the unit of all vertical spaces",
    "--fs": "the size of the text",
    "--fs-small": "the size of tables and captions",
    "--fs-fine": "the size of references and imprint",
    "--fs-lead": "the size of leads",
    "--fs-h1": "the size of the title",
    "--fs-h2": "the size of headings",
    "--fs-tel": "the size of phone numbers",
    "--fs-sub": "the size of the subtitle",
    "--w-bold": "the weight of bold text",
    "--w-head": "the weight of headings",
    "--radius": "the radius of the corners of boxes",
    "--apart": "the space between sections and boxes",
    "--code-keyword": "keywords in code, with `code-colours`",
    "--code-comment": "comments in code",
    "--code-string": "texts in code",
    "--code-number": "numbers in code",
    "--code-name": "names of functions and variables in code",
    "--room": "the height between the margins of a panel",
    "--edge-top": "from the text to the upper edge of the paper with its bleed; negative",
    "--edge-right": "from the text to the right edge; negative",
    "--edge-bottom": "from the text to the lower edge; negative",
    "--edge-left": "from the text to the left edge; negative",
}


def variables() -> dict[str, str]:
    """Return the value of each variable that the CSS of paper declares, in the order of their declaration."""
    style = load_style(REPOSITORY / "styles" / "clinic")
    layout = load_layout(REPOSITORY / "layouts" / "trifold-a4")
    plan = load_panel_plan(layout)
    shared = (REPOSITORY / "layouts" / "shared" / "components.css").read_text(encoding="utf-8")
    css = (
        token_css(style),
        type_css(plan.sizes, layout.fit.minimum_points),
        page_css(
            layout,
            style,
            RunningLines(letters=44, title="", foot="", has_heads=False, has_numbers=False, are_spreads=False),
        ),
        shared,
        palette_css(style),
    )
    found: dict[str, str] = {}
    for name, value in DECLARED.findall("\n".join(css)):
        if name not in PRIVATE:
            found.setdefault(name, value.strip())
    return found


def used_names() -> set[str]:
    """Return the variables that any CSS of the repository uses."""
    folders = (REPOSITORY / "layouts", REPOSITORY / "styles", REPOSITORY / "src" / "leaflet" / "html" / "templates")
    texts = (path.read_text(encoding="utf-8") for folder in folders for path in sorted(folder.rglob("*.css")))
    return {name for text in texts for name in USED.findall(text)} - PRIVATE


def page() -> str:
    """Return the page."""
    rows = [f"| `{name}` | {MEANINGS[name]} | `{value[:60]}` |" for name, value in variables().items()]
    return INTRODUCTION + "| Variable | What it is | Value |\n|---|---|---|\n" + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
