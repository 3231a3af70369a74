"""The features that leaflet builds on WeasyPrint's internals, and which of them an installed WeasyPrint supports.

WeasyPrint promises nothing of its internal names, so they are compared with the list in ``internals.py`` before anything
is laid out, and before a module that imports them is loaded. A feature whose names differ from the list is off:

- a cache, or a faster way to the same bytes, silently,
- a feature of quality with a warning,
- and without the core, nothing can be built, which is an error.

On a major version of WeasyPrint that leaflet was not tested with, all caches and all features of quality are off: that
a name is the same does not mean that it still does the same.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module

from msgspec import Struct

from leaflet.errors import LeafletError, Problem, Severity

TESTED = ("70",)
"""Major versions of WeasyPrint."""
PROPERTY = "property"


class Feature(StrEnum):
    """Something that leaflet does with WeasyPrint's internal names, as a sentence calls it."""

    CORE = "laying out and measuring pages"
    # quality: the PDF is another without them
    BASELINE_GRID = "the common baseline grid"
    TEXT_WRAP = "the wrapping of headings and last lines"
    LINE_FILL = "the filling of lines"
    COLUMN_BALANCE = "the balance of columns"
    LINE_CACHE = "the lines of divided paragraphs"
    COVER_ART = "art on the cover"
    SEATED_FOOT = "the seating of a leaflet's end at the foot of its last page"
    READING_ORDER = "painting in reading order"
    TAG_REPAIR = "the repair of tags for PDF/UA"
    # speed: the bytes are the same without them, but for smaller fonts
    STYLE_CACHE = "the cache of computed styles"
    BLOCK_CACHE = "the cache of laid-out blocks"
    CASCADE_CACHE = "the cache of cascades"
    COLUMN_FOOTER = "the layout of columns with a footer"
    COLUMN_TRIALS = "the reuse of trials that balance columns"
    PAGE_RECORDING = "pages that are painted once"
    CHANGED_TEXT = "the change of words in pages that are laid out"
    OPERATOR_CACHE = "the cache of drawing operators"
    FONT_SUBSET = "the cache of font subsets"
    COMPRESSION = "the cache of compressed streams"
    FOOTNOTE_AREA = "the layout of a page's footnotes"
    LONG_WORDS = "the division of words of hundreds of letters"
    SIBLING_SELECTORS = "the selectors that look at elements beside one"
    # the same bytes whatever the clock says, and no effect on other threads
    FONT_DATES = "fixed dates in fonts"
    ISOLATED_FONTS = "a font configuration of its own"


QUALITY = (
    Feature.BASELINE_GRID,
    Feature.TEXT_WRAP,
    Feature.LINE_FILL,
    Feature.COLUMN_BALANCE,
    Feature.LINE_CACHE,
    Feature.COVER_ART,
    Feature.SEATED_FOOT,
    Feature.READING_ORDER,
    Feature.TAG_REPAIR,
)
"""The features that are missed, in the order in which a warning names them."""
ALWAYS = frozenset({Feature.CORE, Feature.FONT_DATES, Feature.ISOLATED_FONTS})
"""Tried on untested versions as well, as long as their names are there: nothing in a PDF looks different by them."""
REQUIRES = {
    Feature.BLOCK_CACHE: Feature.STYLE_CACHE,
    Feature.STYLE_CACHE: Feature.BLOCK_CACHE,
    Feature.OPERATOR_CACHE: Feature.PAGE_RECORDING,
    Feature.CHANGED_TEXT: Feature.BLOCK_CACHE,
    Feature.TAG_REPAIR: Feature.PAGE_RECORDING,
    Feature.FONT_SUBSET: Feature.PAGE_RECORDING,
}
"""A feature that is of no use without another: styles are cached for the keys of blocks; artifacts are marked, and fonts
identified, in recorded pages."""


class Internal(Struct, frozen=True, kw_only=True):
    """A name inside WeasyPrint, pydyf or fontTools."""

    module: str
    name: str
    """The function, class or method, with dots."""
    features: tuple[Feature, ...]
    signature: str = ""
    """As ``inspect.signature`` writes it; ``property`` for a property, and empty where there is none."""
    attributes: tuple[str, ...] = ()
    """The names that a class or its instances have, or that a function sets."""

    def __str__(self) -> str:
        return f"{self.module}.{self.name}"

    def faults(self) -> Iterator[str]:
        """Yield what is not as it is written here."""
        found = self.found()
        if found is None:
            yield f"{self} is missing"
            return
        signature = signature_of(found)
        if self.signature and signature != self.signature:
            yield f"{self} is {signature or 'no function'}, not {self.signature}"
        known = names_in(found)
        for attribute in self.attributes:
            if attribute not in known and not hasattr(found, attribute):
                yield f"{self} has no {attribute}"

    def found(self) -> object | None:
        """Return what has this name, or None."""
        try:
            found: object = import_module(self.module)
            for part in self.name.split("."):
                found = inspect.getattr_static(found, part)
        except (ImportError, AttributeError):
            return None
        return found


def signature_of(found: object) -> str:
    """Return the signature of a function, method or class, ``property``, or nothing."""
    if isinstance(found, property):
        return PROPERTY
    if isinstance(found, classmethod | staticmethod):
        found = found.__func__
    try:
        return str(inspect.signature(found)) if callable(found) else ""
    except ValueError:
        return ""


def names_in(found: object) -> frozenset[str]:
    """Return the names that the code of a function uses, or of the methods of a class and its bases."""
    if inspect.isclass(found):
        methods = [member for base in found.__mro__ for member in vars(base).values()]
    else:
        methods = [found]
    functions = [member.fget if isinstance(member, property) else member for member in methods]
    code = [function.__code__ for function in functions if inspect.isfunction(function)]
    return frozenset(name for one in code for name in (*one.co_names, *one.co_varnames))


class Support(Struct, frozen=True, kw_only=True):
    """The features that an installed WeasyPrint supports."""

    version: str
    features: frozenset[Feature]
    faults: tuple[str, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """One warning that names the features of quality that are off; nothing where all are on."""
        missed = [feature.value for feature in QUALITY if feature not in self.features]
        if not missed:
            return ()
        names = " and ".join(filter(None, (", ".join(missed[:-1]), missed[-1])))
        verb = "are" if len(missed) > 1 else "is"
        reason = "has changed inside" if is_tested(self.version) else "is newer than this version of leaflet"
        return (
            Problem(
                message=f"WeasyPrint {self.version} {reason}: {names} {verb} off",
                hint=f"install a newer leaflet, or pip install 'weasyprint=={TESTED[-1]}.*'",
                severity=Severity.WARNING,
            ),
        )


def supported_features(version: str, internals: tuple[Internal, ...]) -> Support:
    """Return the features that WeasyPrint ``version`` supports, by comparing it with ``internals``.

    Raises:
        LeafletError: the core is not there, so that nothing can be built.
    """
    broken: dict[Feature, list[str]] = {}
    for internal in internals:
        for fault in internal.faults():
            for feature in internal.features:
                broken.setdefault(feature, []).append(fault)
    if Feature.CORE in broken:
        raise LeafletError(
            Problem(
                message=f"WeasyPrint {version} cannot be used by this version of leaflet: {broken[Feature.CORE][0]}",
                hint=f"install a newer leaflet, or pip install 'weasyprint=={TESTED[-1]}.*'",
            )
        )
    usable = {feature for feature in Feature if feature not in broken and (is_tested(version) or feature in ALWAYS)}
    usable -= {feature for feature in usable if feature in REQUIRES and REQUIRES[feature] not in usable}
    faults = dict.fromkeys(fault for faults in broken.values() for fault in faults)
    return Support(version=version, features=frozenset(usable), faults=tuple(faults))


def is_tested(version: str) -> bool:
    """Return whether leaflet was tested with the major version of WeasyPrint ``version``."""
    return version.partition(".")[0] in TESTED
