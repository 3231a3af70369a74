"""Code set apart: each line is an element of its own, so that a line that is turned over hangs and has a mark."""

from __future__ import annotations

from markupsafe import Markup, escape

from leaflet.html.code_colours import coloured_lines, lines_of
from leaflet.html.render_inlines import attributes
from leaflet.model.document import CodeBlock

SHORT = 10
"""Lines of code that stay together."""


def code_block(node: CodeBlock, *, has_colours: bool) -> Markup:
    """Return a code block; the text of its HTML is the text of the source, character by character."""
    lines = (coloured_lines(node) if has_colours else None) or _plain_lines(node.text)
    inner = Markup().join(Markup('<span class="code-line">{}</span>').format(line) for line in lines)
    short = ("short",) if len(lines) <= SHORT else ()
    return Markup("<pre{}><code>{}</code></pre>").format(attributes(node.attributes, *short), inner)


def _plain_lines(text: str) -> list[Markup]:
    return [escape(line) for line in lines_of(text)]
