"""Files to model: configuration, front matter, Markdown, citation syntax and bibliographies.

The door's names are loaded when they are first used, so that asking for one part does not load the others.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leaflet.source.keys import check_keys
    from leaflet.source.read import SourceResult, read_source, understand
    from leaflet.source.variant import resolve
    from leaflet.source.workspace import open_workspace

__all__ = ["SourceResult", "check_keys", "open_workspace", "read_source", "resolve", "understand"]

HOMES = {
    "SourceResult": "read",
    "check_keys": "keys",
    "open_workspace": "workspace",
    "read_source": "read",
    "resolve": "variant",
    "understand": "read",
}


def __getattr__(name: str) -> Any:
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{HOMES[name]}"), name)
