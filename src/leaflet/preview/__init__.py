"""Live view of leaflets in a browser: flat, folded and as a web page, built again whenever a file changes."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leaflet.preview.preview_options import PreviewOptions
    from leaflet.preview.start_preview import serve_preview
    from leaflet.preview.watching import wait_for_changes

__all__ = ["PreviewOptions", "serve_preview", "wait_for_changes"]

MODULES = {"PreviewOptions": "preview_options", "serve_preview": "start_preview", "wait_for_changes": "watching"}


def __getattr__(name: str) -> object:
    """Import a name on its first use (PEP 562): a build that watches needs no server."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"leaflet.preview.{MODULES[name]}"), name)
    return value
