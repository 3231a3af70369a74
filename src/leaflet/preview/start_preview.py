"""Start of a preview: the build process and the address come first, then the server, which is slower to import."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Event

from msgspec import Struct

from leaflet.errors import LeafletError, Problem
from leaflet.model.workspace import Workspace
from leaflet.preview.builder_start import start_builder
from leaflet.preview.credentials import Credentials
from leaflet.preview.running_previews import announced, find_running

LOOPBACK = "127.0.0.1"
ENDINGS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))


class PreviewOptions(Struct, frozen=True, kw_only=True):
    """Choices of a user for the server."""

    port: int = 0
    """0 for one that is free."""
    host: str = LOOPBACK
    editor: str = ""
    data: Path | None = None
    """Rows of a batch for the source."""


def serve_preview(
    workspace: Workspace,
    source: Path | None,
    options: PreviewOptions,
    *,
    day: Callable[[], date],
    ready: Callable[[str, str], None],
) -> None:
    """Show ``source``, or all leaflets of the workspace, until a signal ends it.

    ``ready`` is called with the address, and with the password where others than this machine may ask. A browser that asks
    at once waits for the rest of the start.

    Raises:
        LeafletError: the port cannot be had.
    """
    running = find_running(workspace.root)
    if running is not None and options.port == 0:
        suffix = f"/leaflet?source={workspace.name_of(source)}" if source else "/?all"
        ready(running + suffix, "")
        return
    ending = Event()
    for number in ENDINGS:
        signal.signal(number, lambda *_: ending.set())  # until the server has handlers of its own
    with _listening(options) as listening, start_builder() as builder:
        try:
            port = listening.getsockname()[1]
            credentials = Credentials.new(port, "" if options.host == LOOPBACK else options.host)
            address = f"http://{_shown(options.host)}:{port}/{credentials.token}"
            with announced(workspace.root, address if options.host == LOOPBACK else ""):
                ready(f"{address}/", credentials.password)
                from leaflet.preview.server import run_server

                run_server(workspace, source, options, listening, credentials, builder, day, ending)
        finally:
            builder.kill()


@contextmanager
def _listening(options: PreviewOptions) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    with socket.socket(family) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((options.host, options.port))
            listening.listen(256)
        except OSError as error:
            message = f"port {options.port} of {options.host} cannot be used: {error.strerror}"
            raise LeafletError(Problem(message=message, hint="leave --port out for one that is free")) from None
        yield listening


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
