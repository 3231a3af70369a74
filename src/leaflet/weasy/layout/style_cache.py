"""Computed styles that are worked out once for all leaflets with the same CSS.

WeasyPrint works out each property of each element anew for every document. In a run of panels of which a few words
changed, most elements have the parent and the declarations that their like had before, and so the same values.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from leaflet.weasy.engine import weasyprint  # noqa: F401  (fontconfig is set before WeasyPrint's parts are loaded)
from leaflet.weasy.patch import replaced

import weasyprint.css as css  # isort: skip

MOST = 2_000
"""So many kinds of elements are remembered; then the memory starts afresh."""

Computed: type[Any] = css.ComputedStyle


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """All elements of one parent's kind that have the same declarations."""

    number: int
    declarations: dict[str, Any]
    """They are kept so that no other value ever has the identity of one of theirs."""
    values: dict[str, Any] = field(default_factory=dict)
    specified: dict[str, Any] = field(default_factory=dict)


class Kinds:
    """The kinds of elements under roots that are all the same."""

    def __init__(self) -> None:
        self._known: dict[tuple[Any, ...], Kind] = {}
        self._made = 0

    def of(self, parent: Kind | None, declarations: dict[str, Any], pseudo: str | None) -> Kind:
        """The kind of an element."""
        above = parent.number if parent else None
        told: list[Any] = [above, pseudo]
        # The root's own declarations are parsed for each document, and are the same for all that share this memory.
        if parent:
            for name, (value, (precedence, layer, specificity)) in declarations.items():
                told += name, value if type(value) is str else id(value), precedence, layer, *specificity
        key = tuple(told)
        known = self._known.get(key)
        if known is None:
            self._made += 1
            known = self._known[key] = Kind(number=self._made, declarations=declarations)
        return known

    def make_room(self) -> None:
        """Start afresh where too much is remembered."""
        if len(self._known) > MOST:
            self.forget()

    def forget(self) -> None:
        """Start afresh. What is in use keeps what it knows."""
        self._known.clear()


class OwnStyle(Computed):  # type: ignore[misc]
    """A style that may be changed, and is not remembered."""

    kind: Kind | None
    """Of the style that it began as."""
    changes: dict[str, Any]
    """What was changed since."""
    _asked = 0

    def __missing__(self, key: str) -> Any:
        self._asked += 1
        try:
            return super().__missing__(key)
        finally:
            self._asked -= 1

    def __setitem__(self, key: str, value: Any) -> None:
        if not self._asked:
            self.changes[key] = value
        super().__setitem__(key, value)

    def copy(self) -> OwnStyle:
        """One more."""
        return own_style(self)


class RememberedStyle(Computed):  # type: ignore[misc]
    """The style of one element, which asks its kind before it works a value out."""

    kind: Kind

    def __missing__(self, key: str) -> Any:
        kind = self.kind
        if key in kind.values:
            value = self[key] = kind.values[key]
            if key in kind.specified:
                self.specified[key] = kind.specified[key]
            return value
        value = super().__missing__(key)
        kind.values[key] = value
        if key in self.specified:
            kind.specified[key] = self.specified[key]
        return value

    def copy(self) -> OwnStyle:
        """A style that may be changed."""
        return own_style(self)


def own_style(style: Any) -> OwnStyle:
    """A copy of ``style``, as WeasyPrint makes it."""
    arguments = (style.parent_style, style.cascaded, style.pseudo_type, style.root_style, style.base_url)
    own = OwnStyle(*arguments, style.font_config, style.initial_page_sizes)
    own.kind = getattr(style, "kind", None)
    own.changes = dict(getattr(style, "changes", ()))
    own.update(style)
    own.specified = style.specified.copy()
    return own


def remembered_styles(kinds: Kinds) -> AbstractContextManager[None]:
    """While inside, WeasyPrint takes from ``kinds`` what it worked out before."""

    def style(parent: Any, declarations: dict[str, Any], pseudo: str | None, *rest: Any) -> RememberedStyle:
        made = RememberedStyle(parent, declarations, pseudo, *rest)
        made.kind = kinds.of(parent.kind if parent is not None else None, declarations, pseudo)
        return made

    kinds.make_room()
    return replaced(css, "ComputedStyle", lambda _: style)
