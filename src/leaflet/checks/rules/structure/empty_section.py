"""Heading with nothing under it.

What it finds:
A section without text, lists, pictures or sections of its own. The last one may be empty where sources are cited.

Why:
WCAG 2.4.6 asks that headings describe what follows. Somebody forgot the text, or a field left it out.

Bad:
    ## Side effects

    ## Who should not have it

Good:
    ## Side effects

    You may feel as if you have flu.

    ## Who should not have it

When to ignore it:
Where the space is left for readers to write in; better, use ``::: write-in``.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject
from leaflet.model.document import SafeHtml, Section


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield empty sections."""
    last = next((node for node in reversed(subject.nodes) if isinstance(node, Section)), None)
    for node in subject.nodes:
        if node is last and subject.citations.items:
            continue  # the list of references goes there
        if isinstance(node, Section) and all(
            isinstance(block, SafeHtml) and not block.html.strip() for block in node.blocks
        ):
            hint = "write the text, or take the heading out"
            yield Hit(message="there is nothing under this heading", at=node.location, hint=hint)


RULE = Rule(code="L403", name="empty-section", area=Area.SOURCE, packs=packs(Pack.BASE), check=find, page=__doc__)
