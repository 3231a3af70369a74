"""The start page of a workspace: all leaflets with a picture, what is due, and a way to begin another."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from anyio import to_thread
from msgspec import Struct
from msgspec.structs import asdict
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from leaflet.errors import LeafletError, Problem, Severity
from leaflet.files import OverwritePolicy, read_packaged, write_together
from leaflet.model.workspace import Workspace
from leaflet.preview.application import Preview, page
from leaflet.preview.editing import json_of, text_in
from leaflet.preview.front_matter_edit import with_keys
from leaflet.preview.live_leaflet import first_request
from leaflet.preview.sources import find_source, list_sources

SMALL = 0.5
"""Pixels for a point of a picture on the start page, doubled for fine screens."""
if TYPE_CHECKING:
    from leaflet.pipeline import RegisterEntry as Entry

NAME = re.compile(r"[^\w]+")


def start_routes(preview: Preview) -> tuple[Route, ...]:
    """Return the routes of the start page."""
    start = StartPage(preview)
    return (
        Route("/leaflets", start.leaflets),
        Route("/small-picture", start.picture),
        Route("/new", start.new, methods=["POST"]),
        Route("/compare", start.compare),
    )


class StartPage(Struct, frozen=True):
    """The endpoints of the start page."""

    preview: Preview

    async def leaflets(self, _: Request) -> Response:
        """Return the leaflets of the workspace with what the register knows of them."""
        workspace = self.preview.workspace
        entries = await to_thread.run_sync(_entries, workspace, self.preview.day())
        known = {entry.source: asdict(entry) for entry in entries}
        names = await to_thread.run_sync(list_sources, workspace)
        return JSONResponse([{"source": name, **known.get(name, {})} for name in names if name in known or not known])

    async def picture(self, request: Request) -> Response:
        """Draw the first panel of a leaflet, and say in a header how many problems it has."""
        preview = self.preview
        path = find_source(preview.workspace, request.query_params.get("source", ""))
        built = await preview.builders.quick.build(first_request(preview.workspace, path, preview.day()))
        errors = sum(problem.severity is Severity.ERROR for problem in built.problems)
        headers = {"x-errors": str(errors), "x-warnings": str(len(built.problems) - errors)}
        if not built.is_shown:
            return PlainTextResponse("it cannot be shown", 422, headers)
        preview.builders.pictures.add((one.key for one in built.pages), built.files["pdf"])
        drawn = await to_thread.run_sync(preview.builders.pictures.draw, built.pages[0].key, 2 * SMALL)
        return Response(drawn, media_type="image/png", headers=headers)

    async def new(self, request: Request) -> Response:
        """Begin a leaflet with the starter's text under a title, in a file of its own."""
        workspace = self.preview.workspace
        title = text_in(await json_of(request), "title").strip()
        stem = NAME.sub("-", title.lower()).strip("-_")[:60]
        if not stem:
            raise LeafletError(Problem(message="the new leaflet needs a title", hint="write what it is about"))
        text, bibliography = await to_thread.run_sync(_starter, title, f"{stem}.bib", self.preview.day().isoformat())
        folder = workspace.root / "source"
        folder = folder if folder.is_dir() else workspace.root
        files = {f"{stem}.md": text.encode(), f"{stem}.bib": bibliography}
        if any((folder / name).exists() for name in files):
            raise LeafletError(
                Problem(message=f'there is a leaflet called "{stem}" already', hint="choose another title")
            )
        await to_thread.run_sync(write_together, folder, files, OverwritePolicy())
        return JSONResponse({"source": (folder / f"{stem}.md").relative_to(workspace.root).as_posix()})

    async def compare(self, request: Request) -> Response:
        """Show a leaflet twice, each with choices of its own."""
        find_source(self.preview.workspace, request.query_params.get("source", self.preview.first))
        return page("compare.html", source=request.query_params.get("source", self.preview.first))


def _entries(workspace: Workspace, today: date) -> tuple[Entry, ...]:
    from leaflet.pipeline import register

    return register(workspace, today)[0]


def _starter(title: str, bibliography: str, today: str) -> tuple[str, bytes]:
    text = read_packaged("leaflet", "starter", "source", "first-leaflet.md").decode().replace("@TODAY@", today)
    return (
        with_keys(text, {"title": title, "bibliography": bibliography}),
        read_packaged("leaflet", "starter", "source", "first-leaflet.bib"),
    )
