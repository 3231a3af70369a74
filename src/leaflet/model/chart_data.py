"""The data of a chart: categories, and for each series a number and its words for every category."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class ChartKind(StrEnum):
    """The kinds of charts that leaflet draws."""

    BARS = "bar-chart"
    LINES = "line-chart"


class Series(Struct, frozen=True, kw_only=True):
    """One series of a chart; ``texts`` are its numbers as they were written."""

    name: str
    values: tuple[float, ...]
    texts: tuple[str, ...]


class ChartData(Struct, frozen=True, kw_only=True):
    """Categories in their order, and one value of each series for every category."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]

    def in_words(self) -> str:
        """Return all values as one sentence, for readers who do not see the drawing.

        >>> one = Series(name="Visitors", values=(412, 367), texts=("412", "367"))
        >>> ChartData(categories=("Sunday", "Saturday"), series=(one,)).in_words()
        'Visitors: Sunday 412, Saturday 367'
        """
        return "; ".join(
            f"{one.name}: " + ", ".join(map(" ".join, zip(self.categories, one.texts, strict=True)))
            for one in self.series
        )
