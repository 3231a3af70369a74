"""The preview's server: it serves, watches and builds until it is ended."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from subprocess import Popen
from threading import Event

import uvicorn
from anyio import to_thread

from leaflet.model.workspace import Workspace
from leaflet.preview.access import Guard
from leaflet.preview.application import Preview, application
from leaflet.preview.build_process import BuildProcess
from leaflet.preview.connections import PatientProtocol
from leaflet.preview.credentials import Credentials
from leaflet.preview.editing import editing_routes
from leaflet.preview.live_leaflet import Builders, first_request
from leaflet.preview.page_pictures import PagePictures
from leaflet.preview.preview_options import ENDINGS, PreviewOptions
from leaflet.preview.start_page import start_routes
from leaflet.preview.watching import changed_files

GRACE = 2
"""Seconds that open requests get when the server ends."""


class _Server(uvicorn.Server):
    """A server whose endings are ours."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def run_server(
    workspace: Workspace,
    source: Path | None,
    options: PreviewOptions,
    listening: socket.socket,
    credentials: Credentials,
    builder: Popen[bytes],
    day: Callable[[], date],
    ending: Event,
) -> None:
    """Answer the requests to ``listening`` until a signal ends it; ``builder`` makes the first picture.

    ``ending`` is set if a signal came already.
    """
    # The second process follows with its first request, so that the first picture has the machine.
    builders = Builders(quick=BuildProcess(builder), full=BuildProcess(is_patient=True), pictures=PagePictures())
    preview = Preview(
        workspace=workspace,
        builders=builders,
        day=day,
        first=workspace.name_of(source) if source else "",
        editor=options.editor,
        data=options.data,
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
    asyncio.run(_serve(preview, source, _Server(config), listening, ending))


async def _serve(
    preview: Preview, source: Path | None, server: _Server, listening: socket.socket, ending: Event
) -> None:
    stop, builders = asyncio.Event(), preview.builders

    def end() -> None:
        server.should_exit = True
        stop.set()
        preview.close()

    loop = asyncio.get_running_loop()
    for number in ENDINGS:
        try:
            loop.add_signal_handler(number, end)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(end))
    watch = asyncio.create_task(_watch(preview, stop))
    warm = asyncio.create_task(_warm(preview, source))
    try:
        if not ending.is_set():
            await server.serve(sockets=[listening])
    finally:
        end()
        watch.cancel()
        warm.cancel()
        await asyncio.gather(watch, warm, builders.quick.close(), builders.full.close(), return_exceptions=True)


async def _warm(preview: Preview, source: Path | None) -> None:
    """Make the first picture before a browser asks for it, so that it is quick."""
    if source is not None:
        drawer = asyncio.create_task(to_thread.run_sync(preview.builders.pictures.load))
        await preview.builders.quick.build(first_request(preview.workspace, source, preview.day()))
        await drawer


async def _watch(preview: Preview, stop: asyncio.Event) -> None:
    async for paths in changed_files(preview.workspace, stop):
        for leaflet in list(preview.tabs.values()):
            leaflet.changed(paths)
