"""The print page: the HTML and CSS of a leaflet in the parts that are laid out separately."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct


class PrintPage(Struct, frozen=True, kw_only=True, eq=False):
    """A page for print, as the html stage makes it and the layout engine reads it.

    A page that leaflet assembles has its CSS in ``css`` and one run for each group of panels whose text flows among
    themselves only, so that an unchanged run need not be laid out again; pages that repeat are one run. A complete
    document from elsewhere has no ``css``, and its one run is the document.
    """

    root: str
    """The doctype and the opening ``html`` tag, without a scale."""
    head: str
    """The title and the metadata, as ``title`` and ``meta`` elements."""
    css: tuple[str, ...]
    body: str
    """The opening ``body`` tag; with the words of the foot where pages repeat, so that none of them is in the CSS."""
    runs: tuple[str, ...]
    """The HTML of each run of panels, in reading order."""
    whole: bool
    """True where one panel may depend on another, so that nothing of one layout may serve the next."""
    scale: float
    """The scale at which the page is expected to fit its panels, at most 1."""
    arrangement: str = ""
    """The division of the text among the panels, in a few words."""
    expected: float = 0.0
    """The expected cost of this arrangement (``docs/composition.md``)."""
    evenly: bool = False
    """True where panels begin with sections, so that one panel's spare space is of no use to another."""
    fullest: float = 0.0
    """The expected fill of its fullest panel at full size; 0 where nothing is known of that."""
    moved: float = 0.0
    """The part of that cost that no measure of the pages shows: sections that left the text's own panels."""

    key: str = ""
    """Two pages of one document that have the same key have the same HTML; empty where nobody compares pages."""

    def __eq__(self, other: object) -> bool:
        return self._printed == other._printed if isinstance(other, PrintPage) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._printed)

    @property
    def _printed(self) -> tuple[object, ...]:
        """The parts that decide what is printed; what is only expected of a page is none of them."""
        return self.root, self.head, self.css, self.body, self.runs, self.whole, self.scale

    @classmethod
    def of_document(cls, html: str, *, scale: float = 1.0) -> PrintPage:
        """Return a page of one complete HTML document, which is laid out as a whole."""
        return cls(root="", head="", css=(), body="", runs=(html,), whole=True, scale=min(1.0, scale))

    def document(self, run: str) -> str:
        """Return the HTML of one run as a document without metadata and CSS."""
        return f"{self.root}<head></head>{self.body}{run}</body></html>" if self.css else run

    @property
    def title_page(self) -> str:
        """Return a document with the page's metadata and without content."""
        return f"{self.root}<head>{self.head}</head>{self.body}</body></html>" if self.css else self.runs[0]

    @property
    def complete(self) -> str:
        """Return the whole page as one HTML document."""
        if not self.css:
            return self.runs[0]
        styles = "".join(f"<style>{css}</style>" for css in self.css)
        return f"{self.root}<head>{self.head}{styles}</head>{self.body}{''.join(self.runs)}</body></html>"


class PlannedPage(Struct, frozen=True, kw_only=True):
    """A page for print whose HTML is made only if it is laid out; its other values are those of that page."""

    make: Callable[[], PrintPage]
    key: str
    scale: float
    expected: float
    fullest: float

    @classmethod
    def of(cls, page: PrintPage) -> PlannedPage:
        """Return a page that is made already."""
        return cls(make=lambda: page, key=page.key, scale=page.scale, expected=page.expected, fullest=page.fullest)
