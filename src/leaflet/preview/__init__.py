"""Live view of leaflets in a browser: flat, folded and as a web page, built again whenever a file changes."""

from leaflet.preview.server import LOOPBACK, PreviewOptions, serve_preview

__all__ = ["LOOPBACK", "PreviewOptions", "serve_preview"]
