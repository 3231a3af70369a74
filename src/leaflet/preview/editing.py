"""The endpoints that write: text, choices, pictures and new leaflets, into sources of the workspace and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from itertools import chain
from typing import TypeAlias

from anyio import to_thread
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from leaflet.errors import LeafletError, Problem
from leaflet.preview import completion_words
from leaflet.preview.application import Preview
from leaflet.preview.choices_query import LONGEST
from leaflet.preview.front_matter_edit import FrontMatterValue, with_keys
from leaflet.preview.git_changes import changed_lines
from leaflet.preview.pictures_in import add_picture
from leaflet.preview.sources import Conflict, SourceText, find_source, read_source_text, save_source

MOST_TEXT = 5_000_000
"""Characters of a source in the editor."""
MOST_DETAILS = 100_000
"""Characters of details that are written at once."""
MOST_DEPTH = 20
"""Lists and objects in each other."""
KEPT = frozenset({"layout", "style", "csl", "lang", "fit"})
Json: TypeAlias = Mapping[str, object]


def editing_routes(preview: Preview) -> tuple[Route, ...]:
    """Return the routes of the editor."""
    editing = Editing(preview)
    return (
        Route("/source", editing.source),
        Route("/typed/{tab}", editing.typed, methods=["POST"]),
        Route("/save", editing.save, methods=["POST"]),
        Route("/keep", editing.keep, methods=["POST"]),
        Route("/details", editing.details, methods=["POST"]),
        Route("/with-details", editing.with_details, methods=["POST"]),
        Route("/picture-in", editing.picture_in, methods=["POST"]),
        Route("/words", editing.words),
        Route("/references", editing.references),
        Route("/printed", editing.printed),
        Route("/changes", editing.changes),
    )


async def json_of(request: Request) -> Json:
    """Return the object in a request.

    Raises:
        LeafletError: it is none.
    """
    try:
        found = json.loads(await request.body())
        json.dumps(found, ensure_ascii=False).encode()  # halves of characters are no text
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or _depth(found) > MOST_DEPTH:
        raise LeafletError(Problem(message="this is not what the editor sends"))
    return found


def _depth(value: object) -> int:
    """Return how many lists and objects are in each other; no more than one beyond the most is counted."""
    level, depth = [value], 0
    while level and depth <= MOST_DEPTH:
        inner = [one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list)]
        level, depth = list(chain.from_iterable(inner)), depth + bool(inner)
    return depth


def text_in(body: Json, name: str) -> str:
    """Return the text of that name.

    Raises:
        LeafletError: there is none, or it is too long.
    """
    found = body.get(name)
    if not isinstance(found, str) or len(found) > MOST_TEXT:
        raise LeafletError(Problem(message=f'"{name}" is not a text that can be used'))
    return found


class Editing(Struct, frozen=True):
    """The endpoints of the editor."""

    preview: Preview

    async def source(self, request: Request) -> Response:
        """Return the text of a source."""
        workspace = self.preview.workspace
        path = find_source(workspace, request.query_params.get("source", ""))
        return _text(await to_thread.run_sync(read_source_text, workspace, path))

    async def typed(self, request: Request) -> Response:
        """Show what is in a tab's editor; null for what is saved."""
        leaflet = self.preview.tabs.get(request.path_params["tab"])
        body = await json_of(request)
        if leaflet is not None:
            text = None if body.get("text") is None else text_in(body, "text")
            if text != leaflet.text:
                leaflet.text = text
                leaflet.changed()
        return JSONResponse({"known": leaflet is not None})

    async def save(self, request: Request) -> Response:
        """Write a source, unless somebody else has written it meanwhile."""
        body, workspace = await json_of(request), self.preview.workspace
        path = find_source(workspace, text_in(body, "source"))
        saved = await to_thread.run_sync(save_source, workspace, path, text_in(body, "text"), text_in(body, "digest"))
        return _saved(saved)

    async def keep(self, request: Request) -> Response:
        """Write choices into the front matter of a source."""
        body, workspace = await json_of(request), self.preview.workspace
        values = body.get("values")
        if (
            not isinstance(values, dict)
            or not set(values) <= KEPT
            or not all(isinstance(value, str) and len(value) <= LONGEST for value in values.values())
        ):
            raise LeafletError(Problem(message="these choices cannot be written into a source"))
        path = find_source(workspace, text_in(body, "source"))
        before = await to_thread.run_sync(read_source_text, workspace, path)
        text = with_keys(before.text, values)
        return _saved(await to_thread.run_sync(save_source, workspace, path, text, before.digest))

    async def details(self, request: Request) -> Response:
        """Return the front matter of a text as data for a form."""
        body = await json_of(request)
        found = await to_thread.run_sync(completion_words.front_matter, text_in(body, "text"), "the text")
        return Response(json.dumps(found, default=str), media_type="application/json")

    async def with_details(self, request: Request) -> Response:
        """Return a text with other values in its front matter; nothing is written."""
        body = await json_of(request)
        values = body.get("values")
        if not isinstance(values, dict) or len(json.dumps(values)) > MOST_DETAILS:
            raise LeafletError(Problem(message="these are no details of a leaflet"))
        known: dict[str, FrontMatterValue] = values
        return JSONResponse({"text": await to_thread.run_sync(with_keys, text_in(body, "text"), known)})

    async def picture_in(self, request: Request) -> Response:
        """Put a picture into the workspace, beside the source that will show it."""
        workspace, query = self.preview.workspace, request.query_params
        path = find_source(workspace, query.get("source", ""))
        data = await request.body()
        name = await to_thread.run_sync(add_picture, workspace, path, query.get("name", ""), data)
        return JSONResponse({"path": name})

    async def words(self, _: Request) -> Response:
        """Return what can be completed whatever the source is."""
        return JSONResponse(
            {
                "blocks": await to_thread.run_sync(completion_words.blocks),
                "icons": await to_thread.run_sync(completion_words.icons),
                "schema": await to_thread.run_sync(completion_words.front_matter_schema),
            }
        )

    async def references(self, request: Request) -> Response:
        """Return the works that a source can cite."""
        workspace = self.preview.workspace
        path = find_source(workspace, request.query_params.get("source", ""))
        return JSONResponse(await to_thread.run_sync(completion_words.references, workspace, path))

    async def printed(self, request: Request) -> Response:
        """Return how a work is cited and listed."""
        workspace, query = self.preview.workspace, request.query_params
        path = find_source(workspace, query.get("source", ""))
        work = partial(
            completion_words.printed_reference, workspace, path, query.get("key", ""), query.get("csl", "apa")
        )
        return JSONResponse(await to_thread.run_sync(work))

    async def changes(self, request: Request) -> Response:
        """Return the lines that are new since the last version under git."""
        path = find_source(self.preview.workspace, request.query_params.get("source", ""))
        lines = await to_thread.run_sync(changed_lines, path)
        if lines is None:
            return JSONResponse({"lines": None, "words": "There is no earlier version under git to compare with."})
        words = (
            f"{len(lines)} lines are new since the last version." if lines else "Nothing is new since the last version."
        )
        return JSONResponse({"lines": lines, "words": words})


def _text(found: SourceText) -> Response:
    return JSONResponse({"text": found.text, "digest": found.digest})


def _saved(found: SourceText | Conflict) -> Response:
    if isinstance(found, Conflict):
        return JSONResponse({"text": found.theirs.text, "digest": found.theirs.digest}, 409)
    return _text(found)
