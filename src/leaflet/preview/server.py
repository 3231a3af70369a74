"""The preview's server: it listens, watches and builds until it is ended, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

import uvicorn
from msgspec import Struct

from leaflet.errors import LeafletError, Problem
from leaflet.model.workspace import Workspace
from leaflet.preview.access import Credentials, Guard
from leaflet.preview.application import Preview, application
from leaflet.preview.build_process import BuildProcess
from leaflet.preview.connections import PatientProtocol
from leaflet.preview.editing import editing_routes
from leaflet.preview.live_leaflet import Builders, first_request
from leaflet.preview.page_pictures import PagePictures
from leaflet.preview.running_previews import announced, find_running
from leaflet.preview.start_page import start_routes
from leaflet.preview.watching import changed_files

LOOPBACK = "127.0.0.1"
ENDINGS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))
GRACE = 2
"""Seconds that open requests get when the server ends."""


class PreviewOptions(Struct, frozen=True, kw_only=True):
    """Choices of a user for the server."""

    port: int = 0
    """0 for one that is free."""
    host: str = LOOPBACK
    editor: str = ""
    data: Path | None = None
    """Rows of a batch for the source."""


class _Server(uvicorn.Server):
    """A server whose endings are ours."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def serve_preview(
    workspace: Workspace,
    source: Path | None,
    options: PreviewOptions,
    *,
    day: Callable[[], date],
    ready: Callable[[str, str], None],
) -> None:
    """Show ``source``, or all leaflets of the workspace, until a signal ends it.

    ``ready`` is called with the address, and with the password where others than this machine may ask.

    Raises:
        LeafletError: the port cannot be had.
    """
    running = find_running(workspace.root)
    if running is not None and options.port == 0:
        suffix = f"/leaflet?source={workspace.name_of(source)}" if source else "/?all"
        ready(running + suffix, "")
        return
    with _listening(options) as listening:
        asyncio.run(_serve(workspace, source, options, listening, day=day, ready=ready))


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


async def _serve(
    workspace: Workspace,
    source: Path | None,
    options: PreviewOptions,
    listening: socket.socket,
    *,
    day: Callable[[], date],
    ready: Callable[[str, str], None],
) -> None:
    port = listening.getsockname()[1]
    credentials = Credentials.new(port, "" if options.host == LOOPBACK else options.host)
    builders = Builders(quick=BuildProcess(), full=BuildProcess(), pictures=PagePictures())
    await builders.quick.start()  # the other follows with its first request, so that the first picture has the machine
    first = workspace.name_of(source) if source else ""
    preview = Preview(
        workspace=workspace, builders=builders, day=day, first=first, editor=options.editor, data=options.data
    )
    config = uvicorn.Config(
        Guard(app=application(preview, (*editing_routes(preview), *start_routes(preview))), credentials=credentials),
        http=PatientProtocol,
        ws="none",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=GRACE,
    )
    server, stop = _Server(config), asyncio.Event()
    loop = asyncio.get_running_loop()

    def end() -> None:
        server.should_exit = True
        stop.set()
        preview.close()

    for number in ENDINGS:
        with suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(number, end)
    watch = asyncio.create_task(_watch(preview, stop))
    warm = asyncio.create_task(_warm(preview, source))
    address = f"http://{_shown(options.host)}:{port}/{credentials.token}"
    try:
        with announced(workspace.root, address if options.host == LOOPBACK else ""):
            ready(f"{address}/", credentials.password)
            await server.serve(sockets=[listening])
    finally:
        end()
        watch.cancel()
        warm.cancel()
        await asyncio.gather(watch, warm, builders.quick.close(), builders.full.close(), return_exceptions=True)


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


async def _warm(preview: Preview, source: Path | None) -> None:
    """Make the first picture before a browser asks for it, so that it is quick."""
    if source is not None:
        await preview.builders.quick.build(first_request(preview.workspace, source, preview.day()))


async def _watch(preview: Preview, stop: asyncio.Event) -> None:
    async for paths in changed_files(preview.workspace, stop):
        for leaflet in list(preview.tabs.values()):
            leaflet.changed(paths)
