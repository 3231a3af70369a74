"""The replacements that are in force while a document is laid out, for the features that this WeasyPrint supports.

A feature's module is imported only where the feature is supported: its imports may fail elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from leaflet.weasy.features import Feature
from leaflet.weasy.patch import Replacement

if TYPE_CHECKING:
    from leaflet.weasy.layout.block_cache import BlockCache
    from leaflet.weasy.layout.cascade_cache import CascadeCache, Unseen
    from leaflet.weasy.layout.changeable_runs import ChangeableRuns
    from leaflet.weasy.layout.style_cache import StyleCache


def layout_replacements(features: Collection[Feature]) -> list[Replacement]:
    """Return the replacements that need no cache."""
    found: list[Replacement] = []
    if Feature.COLUMN_FOOTER in features:
        from leaflet.weasy.layout.column_footer import column_footer

        found.append(column_footer())
    if Feature.COLUMN_TRIALS in features:
        from leaflet.weasy.layout.column_trials import column_trials

        found.append(column_trials())
    if Feature.SEATED_FOOT in features:
        from leaflet.weasy.layout.seated_foot import seated_foot

        found.append(seated_foot())
    if Feature.BASELINE_GRID in features:
        from leaflet.weasy.layout.baseline_grid import baseline_grid

        found.append(baseline_grid())
    if Feature.FOOTNOTE_AREA in features:
        from leaflet.weasy.layout.footnote_area import footnote_area

        found += footnote_area()
    if Feature.LONG_WORDS in features:
        from leaflet.weasy.layout.long_words import long_words

        found += long_words()
    found += selector_replacements(features)
    if Feature.LINE_FILL in features:
        from leaflet.weasy.layout.line_fill import line_fill

        found.append(line_fill())
    if Feature.TEXT_WRAP in features:
        from leaflet.weasy.layout.text_wrap import text_wrap

        found.append(text_wrap())
    if Feature.COLUMN_BALANCE in features:
        from leaflet.weasy.layout.column_balance import column_balance

        found.append(column_balance())
    if Feature.LINE_CACHE in features:
        from leaflet.weasy.layout.line_cache import line_cache

        found.append(line_cache())  # after what decides where lines end
    return found


def selector_replacements(features: Collection[Feature]) -> list[Replacement]:
    """Return the replacements with which selectors are compiled and tried."""
    if Feature.SIBLING_SELECTORS not in features:
        return []
    from leaflet.weasy.layout.sibling_selectors import sibling_selectors

    return [*sibling_selectors()]


class LayoutCaches:
    """The caches of documents that have the same place in a leaflet and the same CSS."""

    def __init__(self, features: Collection[Feature]) -> None:
        self._styles: StyleCache | None = None
        self._cascades: CascadeCache | None = None
        self._unseen: Unseen | None = None
        self._blocks: BlockCache | None = None
        self.changeable: ChangeableRuns | None = None
        """The runs in which words can be changed."""
        if Feature.STYLE_CACHE in features:
            from leaflet.weasy.layout.style_cache import StyleCache

            self._styles = StyleCache()
        if Feature.CASCADE_CACHE in features:
            from leaflet.weasy.layout.cascade_cache import CascadeCache

            self._cascades = CascadeCache()
        if Feature.BLOCK_CACHE in features:
            from leaflet.weasy.layout.block_cache import BlockCache

            self._blocks = BlockCache()
        if {Feature.CHANGED_TEXT, Feature.PAGE_RECORDING, Feature.READING_ORDER} <= {*features}:
            from leaflet.weasy.layout.changeable_runs import ChangeableRuns

            self.changeable = ChangeableRuns()

    def replacements(self, css: Collection[str]) -> list[Replacement]:
        """Return the replacements that use the caches, for a document with ``css``, which all of them share."""
        found: list[Replacement] = []
        if self._styles is not None:
            from leaflet.weasy.layout.style_cache import style_cache

            found.append(style_cache(self._styles))
        if self._cascades is not None:
            from leaflet.weasy.layout.cascade_cache import cascade_cache, unseen_by

            if self._unseen is None:
                self._unseen = unseen_by(css)
            found.append(cascade_cache(self._cascades, self._unseen))
        return found + self.of_blocks()

    def of_blocks(self) -> list[Replacement]:
        """Return the replacement that uses the blocks of earlier documents."""
        if self._blocks is None:
            return []
        from leaflet.weasy.layout.block_cache import block_cache

        return [block_cache(self._blocks)]

    def clear(self) -> None:
        """Empty all caches."""
        for cache in (self._styles, self._cascades, self._blocks, self.changeable):
            if cache is not None:
                cache.clear()
