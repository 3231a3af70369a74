"""Session: the owner of everything that outlives a build."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from leaflet.model.workspace import Workspace

if TYPE_CHECKING:
    from leaflet.html import PageResources
    from leaflet.weasy import Renderer


@dataclass(frozen=True, kw_only=True)
class Session:
    """Caches that the builds of one process share. They change how long a build takes, never its bytes.

    Threads may share a session. Without one, each build makes its own.
    """

    workspace: Workspace | None = None
    """The workspace of all its builds, or None to find it around each source."""

    @cached_property
    def page_resources(self) -> PageResources:
        """Templates, labels and icons, loaded when the first page is made."""
        from leaflet.html import PageResources

        return PageResources()

    @cached_property
    def renderer(self) -> Renderer:
        """WeasyPrint with its fonts and caches, loaded when the first page is laid out."""
        from leaflet.weasy import Renderer

        return Renderer()
