"""Files to model: configuration, front matter, Markdown, citation syntax and bibliographies."""

from leaflet.source.keys import check_keys
from leaflet.source.read import SourceResult, read_source
from leaflet.source.variant import resolve
from leaflet.source.workspace import open_workspace

__all__ = ["SourceResult", "check_keys", "open_workspace", "read_source", "resolve"]
