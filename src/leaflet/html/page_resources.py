"""Resources that pages are made from, read once for all pages: templates, labels, icons, formulas and QR codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache, partial
from pathlib import Path

from jinja2 import FunctionLoader
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from leaflet.composition import arrangements
from leaflet.design import CssChecks, IconSet, load_icons
from leaflet.html.formatted_citation import with_breaks_in_links
from leaflet.html.math_html import formula, formula_of
from leaflet.html.page_templates import (
    LayoutTemplates,
    TemplateLoader,
    packaged_css,
    packaged_text,
    sandbox,
    template_code,
)
from leaflet.html.qr_code import qr_path
from leaflet.html.template_code import TemplateCode
from leaflet.html.ui_labels import Labels, load_labels
from leaflet.model.document import Math


class PageResources:
    """Templates, labels, icons, formulas and QR codes, cached for the next page.

    A layout's template that changed on the disk is compiled again. Threads may share one object.
    """

    def __init__(self) -> None:
        self.css_checks = CssChecks()
        """The CSS of layouts that was checked."""
        code = template_code()
        self._own = sandbox(FunctionLoader(packaged_text), code)
        self._sandbox_of = lru_cache(maxsize=16)(partial(_sandbox_of, code))
        self._labels = lru_cache(maxsize=32)(load_labels)
        self._qr_path = lru_cache(maxsize=64)(qr_path)
        self._css = lru_cache(maxsize=64)(packaged_css)
        self.with_breaks_in_links = lru_cache(maxsize=1024)(with_breaks_in_links)
        """Returns the HTML of a reference in which addresses may be divided."""
        self._formula = lru_cache(maxsize=2048)(formula_of)
        self.arrangements = lru_cache(maxsize=64)(arrangements)
        """Returns the arrangements of a text, as ``composition.arrangements`` does."""

    @cached_property
    def icons(self) -> IconSet:
        """All icons."""
        return load_icons()

    def labels(self, lang: str) -> Labels:
        """Return the labels for a BCP 47 tag."""
        return self._labels(lang)

    def qr_path(self, address: str) -> tuple[float, str]:
        """Return the side of the QR code of ``address``, and its dark modules as an SVG path."""
        return self._qr_path(address)

    def formula(self, node: Math, language: str, most: float | None) -> Markup:
        """Return the HTML of a formula, as ``formula`` does that caches nothing."""
        return formula(node, language, most, self._formula)

    def packaged_css(self, folder: str, names: Iterable[str]) -> str:
        """Return the CSS files of ``names`` in a folder of the templates, those that are there, one after the other."""
        return self._css(folder, tuple(names))

    def fill_own(self, name: str, context: Mapping[str, object]) -> str:
        """Return one of leaflet's own templates, filled."""
        return self._own.get_template(name).render(context)

    def of_layout(self, folders: tuple[Path, ...], roots: tuple[Path, ...]) -> LayoutTemplates:
        """Return the templates of a layout: of two of one name the one in the earlier folder counts.

        Links may lead into the first folder and into ``roots``.
        """
        return LayoutTemplates(self._sandbox_of(folders, roots), folders[0])


def _sandbox_of(
    code: TemplateCode, folders: tuple[Path, ...], roots: tuple[Path, ...]
) -> ImmutableSandboxedEnvironment:
    return sandbox(TemplateLoader(folders, inside=(folders[0], *roots)), code)
