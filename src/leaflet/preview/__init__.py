"""Live view of leaflets in a browser: flat, folded and as a web page, built again whenever a file changes."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leaflet.preview.start_preview import PreviewOptions, serve_preview
    from leaflet.preview.watching import wait_for_changes

__all__ = ["PreviewOptions", "serve_preview", "wait_for_changes"]


def __getattr__(name: str) -> object:
    """Import a name on its first use (PEP 562): a build that watches needs no server."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = "watching" if name == "wait_for_changes" else "start_preview"
    value: object = getattr(import_module(f"leaflet.preview.{module}"), name)
    return value
