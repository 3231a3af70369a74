"""The preview's application: its pages, its data and what may be changed, behind the guard."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import date
from pathlib import Path
from urllib.parse import quote

from anyio import to_thread
from msgspec import Struct, field
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from leaflet.errors import LeafletError
from leaflet.files import read_packaged
from leaflet.model.workspace import Workspace
from leaflet.preview.access import LEAFLET_POLICY, PAGE_POLICY
from leaflet.preview.batch_rows import BatchRow, batch_rows, with_row
from leaflet.preview.build_request import TabChoices
from leaflet.preview.choices_query import choices_from, citation_styles, values_of
from leaflet.preview.live_leaflet import Builders, LiveLeaflet
from leaflet.preview.page_data import describe
from leaflet.preview.sources import find_source
from leaflet.preview.spoken_text import reading_order

STATIC = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".txt": "text/plain"}
MEDIA = {"sheet": "application/pdf", "pdf": "application/pdf", "html": "text/html"}
MOST_TABS = 40
ALIVE = 15.0
"""Seconds after which a silent stream says that it is still there."""
Endpoint = Callable[[Request], Awaitable[Response]]


class Preview(Struct, kw_only=True):
    """One workspace that is shown: its open tabs, and the builders that they share."""

    workspace: Workspace
    builders: Builders
    day: Callable[[], date]
    first: str = ""
    """The source that is shown first; empty for the start page."""
    data: Path | None = None
    """Rows for the first source."""
    editor: str = ""
    """The address of a place in another editor, with ``{file}``, ``{line}`` and ``{column}``."""
    tabs: dict[str, LiveLeaflet] = field(default_factory=dict)
    is_closing: bool = False

    def close(self) -> None:
        """Let all streams end."""
        self.is_closing = True
        for leaflet in self.tabs.values():
            leaflet.wake()


def application(preview: Preview, more: tuple[Route, ...] = ()) -> Starlette:
    """Return the application for ``preview``."""
    pages = Pages(preview)
    routes = [
        Route("/", pages.start),
        Route("/leaflet", pages.leaflet),
        Route("/static/{name}", pages.static),
        Route("/events", pages.events),
        Route("/picture/{key}", pages.picture),
        Route("/web/{tab}", pages.web),
        Route("/file/{tab}/{kind}", pages.file),
        Route("/reading/{tab}", pages.reading),
        Route("/values", pages.values),
        Route("/rows", pages.rows),
        Route("/citation-styles", pages.citation_styles),
        *more,
    ]
    made = Starlette(routes=routes, exception_handlers={LeafletError: refused, OSError: unreadable})
    made.router.redirect_slashes = False  # an address has one form
    return made


async def refused(_: Request, error: Exception) -> Response:
    """Say in words what was refused."""
    assert isinstance(error, LeafletError)
    problems = [{"message": problem.message, "hint": problem.hint or ""} for problem in error.problems]
    return JSONResponse({"problems": problems}, 400)


async def unreadable(_: Request, error: Exception) -> Response:
    """Say what the system refused."""
    message = getattr(error, "strerror", None) or "it cannot be read"
    return JSONResponse({"problems": [{"message": message, "hint": ""}]}, 404)


def page(name: str, **values: str) -> Response:
    """Return a page of the preview; ``values`` are for its script."""
    nonce = secrets.token_urlsafe(16)
    html = read_packaged("leaflet", "preview", "static", name).decode()
    data = json.dumps({**values, "nonce": nonce}).replace("<", "\\u003c").replace("&", "&amp;").replace('"', "&quot;")
    policy = PAGE_POLICY.format(nonce=nonce)
    return Response(html.replace("@DATA@", data), media_type="text/html", headers={"content-security-policy": policy})


class Pages(Struct, frozen=True):
    """The endpoints that show."""

    preview: Preview

    async def start(self, request: Request) -> Response:
        """Show the workspace, or the one source that was named."""
        if self.preview.first and "all" not in request.query_params:
            return RedirectResponse(f"leaflet?source={quote(self.preview.first)}", 303)
        return page("start.html")

    async def leaflet(self, request: Request) -> Response:
        """Show one leaflet."""
        source = request.query_params.get("source", "")
        find_source(self.preview.workspace, source)
        return page("leaflet.html", source=source, editor=self.preview.editor, root=str(self.preview.workspace.root))

    async def static(self, request: Request) -> Response:
        """Serve a file that belongs to the preview."""
        name = request.path_params["name"]
        suffix = f".{name.rpartition('.')[2]}"
        if suffix not in STATIC or not name.replace("-", "").replace(".", "").isalnum():
            return PlainTextResponse("there is no such file", 404)
        try:
            data = await to_thread.run_sync(read_packaged, "leaflet", "preview", "static", name)
        except OSError:
            return PlainTextResponse("there is no such file", 404)
        return Response(data, media_type=STATIC[suffix])

    async def events(self, request: Request) -> Response:
        """Build a leaflet for a tab and tell the tab of each change, until it is closed."""
        preview, query = self.preview, request.query_params
        if len(preview.tabs) >= MOST_TABS:
            return PlainTextResponse("too many tabs are open", 503)
        tab = secrets.token_urlsafe(12)
        leaflet = LiveLeaflet(
            workspace=preview.workspace,
            source=find_source(preview.workspace, query.get("source", "")),
            choices=await self._choices(query),
            builders=preview.builders,
            day=preview.day,
            describe=lambda leaflet: describe(leaflet, tab),
            lang=query.get("lang", "")[:35],
        )
        return StreamingResponse(self._stream(tab, leaflet), media_type="text/event-stream")

    async def _choices(self, query: Mapping[str, str]) -> TabChoices:
        """Return the choices of a tab, with those of the row that it names."""
        choices = choices_from(query)
        if not query.get("row"):
            return choices
        return with_row(choices, await self._rows(query), query["row"])

    async def _rows(self, query: Mapping[str, str]) -> tuple[BatchRow, ...]:
        source = find_source(self.preview.workspace, query.get("source", ""))
        is_own = self.preview.workspace.name_of(source) == self.preview.first
        return await to_thread.run_sync(batch_rows, source, self.preview.data if is_own else None)

    async def rows(self, request: Request) -> Response:
        """Return the rows of a batch that a leaflet can be shown with."""
        found = await self._rows(request.query_params)
        return JSONResponse([{"name": row.name, "words": row.words} for row in found])

    async def _stream(self, tab: str, leaflet: LiveLeaflet) -> AsyncIterator[str]:
        preview = self.preview
        preview.tabs[tab] = leaflet
        events = leaflet.events()
        try:
            following = asyncio.ensure_future(anext(events))
            while not preview.is_closing:
                done, _ = await asyncio.wait((following,), timeout=ALIVE)
                if not done:
                    yield ": alive\n\n"
                    continue
                yield f"data: {json.dumps(following.result())}\n\n"
                following = asyncio.ensure_future(anext(events))
        finally:
            preview.tabs.pop(tab, None)
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
            await events.aclose()

    async def picture(self, request: Request) -> Response:
        """Draw a page."""
        try:
            scale = float(request.query_params.get("scale", "1"))
        except ValueError:
            scale = 1.0
        key = request.path_params["key"]
        drawn = await to_thread.run_sync(self.preview.builders.pictures.draw, key, scale)
        if drawn is None:
            return PlainTextResponse("this page is no more", 404)
        return Response(drawn, media_type="image/png", headers={"cache-control": "private, max-age=3600, immutable"})

    def _tab(self, request: Request) -> LiveLeaflet | None:
        return self.preview.tabs.get(request.path_params["tab"])

    async def web(self, request: Request) -> Response:
        """Serve the leaflet's own web page, which may run no script."""
        leaflet = self._tab(request)
        if leaflet is None or not leaflet.web_page:
            return PlainTextResponse("there is no web page yet", 404)
        return Response(leaflet.web_page, media_type="text/html", headers={"content-security-policy": LEAFLET_POLICY})

    async def file(self, request: Request) -> Response:
        """Serve a file to download."""
        leaflet, kind = self._tab(request), request.path_params["kind"]
        if leaflet is None or kind not in leaflet.files:
            return PlainTextResponse("there is no such file yet", 404)
        name = quote(leaflet.names[kind])
        headers = {
            "content-disposition": f"attachment; filename*=UTF-8''{name}",
            "content-security-policy": LEAFLET_POLICY,
        }
        return Response(leaflet.files[kind], media_type=MEDIA.get(kind, "text/plain"), headers=headers)

    async def reading(self, request: Request) -> Response:
        """Return the text in the order of the tags."""
        leaflet = self._tab(request)
        if leaflet is None or leaflet.shown is None:
            return JSONResponse([])
        spoken = await to_thread.run_sync(reading_order, leaflet.shown.files["pdf"])
        return JSONResponse(
            [
                {"page": one.page, "kind": one.kind, "depth": one.depth, "text": one.text, "instead": one.alternative}
                for one in spoken
            ]
        )

    async def values(self, _: Request) -> Response:
        """Return what can be chosen."""
        return JSONResponse(await to_thread.run_sync(values_of, self.preview.workspace))

    async def citation_styles(self, request: Request) -> Response:
        """Return citation styles by words of their names."""
        words = request.query_params.get("words", "")
        found: list[Mapping[str, str]] = await to_thread.run_sync(citation_styles, self.preview.workspace, words)
        return JSONResponse(found)
