"""Reference that is never cited.

What it finds:
Entries of the leaflet's own bibliography (the file of its name, or ``references:`` in its front matter) that neither
the text nor ``nocite`` names.

Why:
A list of sources that the text does not use misleads readers about what it rests on.

Bad:
    An entry ``who2009`` in ``washing-hands.bib``, and no ``[@who2009]`` in ``washing-hands.md``.

Good:
    The entry cited, or named in ``nocite``, or taken out.

When to ignore it:
While a leaflet is being written.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflet.checks.finding import Hit
from leaflet.checks.rule import Area, Pack, Rule, packs
from leaflet.checks.source_subject import SourceSubject


def find(subject: SourceSubject) -> Iterator[Hit]:
    """Yield own references that nothing cites."""
    cited = {reference.id for reference in subject.citations.items}
    for reference in subject.own_references:
        if reference.id not in cited and not cited & set(reference.aliases):
            hint = "cite it, name it in nocite, or take it out"
            yield Hit(message=f'"{reference.id}" is never cited', at=reference.location, hint=hint)


RULE = Rule(code="L502", name="uncited-reference", area=Area.SOURCE, packs=packs(Pack.BASE), check=find, page=__doc__)
