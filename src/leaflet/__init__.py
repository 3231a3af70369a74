"""leaflet: structured content in; folded, correctly cited, accessible leaflets out.

``build``, ``check``, ``cite`` and ``compose`` each take one source; a ``Workspace`` offers the same for many builds in
one process. Names are imported on first use, so that ``import leaflet`` is quick.
"""

from __future__ import annotations

from importlib import import_module

from leaflet.version import VERSION

TYPE_CHECKING = False
"""True for type checkers; to import ``typing`` for it would take as long as all the rest."""
if TYPE_CHECKING:
    from leaflet.api import (
        BuildResult,
        CheckResult,
        CitationLine,
        CiteResult,
        Composition,
        Workspace,
        build,
        check,
        cite,
        compose,
    )
    from leaflet.errors import (
        CitationError,
        FaultError,
        FitError,
        LayoutError,
        LeafletError,
        LimitError,
        Location,
        Problem,
        Severity,
        SourceError,
        UnsafeError,
    )

__version__ = VERSION

__all__ = [
    "BuildResult",
    "CheckResult",
    "CitationError",
    "CitationLine",
    "CiteResult",
    "Composition",
    "FaultError",
    "FitError",
    "LayoutError",
    "LeafletError",
    "LimitError",
    "Location",
    "Problem",
    "Severity",
    "SourceError",
    "UnsafeError",
    "Workspace",
    "__version__",
    "build",
    "check",
    "cite",
    "compose",
]

_IN_ERRORS = frozenset(
    "CitationError FaultError FitError LayoutError LeafletError LimitError Location Problem Severity SourceError UnsafeError".split()
)


def __getattr__(name: str) -> object:
    """Import the public name ``name`` on its first use (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module("leaflet.errors" if name in _IN_ERRORS else "leaflet.api"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return __all__
