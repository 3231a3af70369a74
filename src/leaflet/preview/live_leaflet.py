"""One leaflet in one browser tab: what it chose, what is shown, and the news for its page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.budget import Budget
from leaflet.errors import LeafletError
from leaflet.faults import as_leaflet_error
from leaflet.files import read_budget
from leaflet.model.workspace import Workspace
from leaflet.preview.build_process import BuildProcess
from leaflet.preview.build_request import BuildRequest, Built, Depth, ShownSide, TabChoices
from leaflet.preview.front_matter_edit import with_keys
from leaflet.preview.page_pictures import PagePictures
from leaflet.preview.sources import read_source_text
from leaflet.preview.warm_up import with_other_words

HALF_SAVED = 0.15
"""Seconds after which a source that was empty or gone counts as that, and not as half saved."""


class Builders(Struct, frozen=True, kw_only=True):
    """The processes that make what is shown, and the drawer of its pages; all tabs share them."""

    quick: BuildProcess
    full: BuildProcess
    pictures: PagePictures


class LiveLeaflet(Struct, kw_only=True, eq=False):
    """A leaflet that is built again whenever one of its files changes, for one tab."""

    workspace: Workspace
    source: Path
    choices: TabChoices
    builders: Builders
    describe: Callable[[LiveLeaflet], Mapping[str, object]]
    day: Callable[[], date]
    lang: str = ""
    """The language that the tab chose in place of the front matter's; empty where it chose none."""
    text: str | None = None
    """Unsaved text of the tab's editor; None where all is saved."""
    shown: Built | None = None
    """The last good build."""
    last: Built | None = None
    """The last build, good or not."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    sides: tuple[ShownSide, ...] = ()
    web_page: bytes = b""
    checked: Built | None = None
    version: int = 0
    """A number that grows with each change."""
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _change: asyncio.Event = field(default_factory=asyncio.Event)
    _inputs: frozenset[Path] = frozenset()

    @property
    def stamp(self) -> str:
        """Another text for each time at which the source was written; empty where it is gone."""
        try:
            return str(self.source.stat().st_mtime_ns)
        except OSError:
            return ""

    def changed(self, paths: frozenset[Path] | None = None) -> None:
        """Build again, because ``paths`` or the editor's text changed; nothing where no path matters."""
        if paths is not None and self._inputs and not self._concerns(paths):
            return
        self._change.set()

    def wake(self) -> None:
        """Tell the page once more what there is to show."""
        self._tell()

    def _concerns(self, paths: frozenset[Path]) -> bool:
        folders = {path.parent for path in self._inputs}
        broken = self.last is not None and not self.last.is_shown
        return bool(paths & self._inputs) or broken or any(path.parent in folders for path in paths)

    async def events(self) -> AsyncGenerator[Mapping[str, object]]:
        """Yield what there is to show, now and after each change, until the tab is closed."""
        work = asyncio.create_task(self._build_for_ever())
        sent = -1
        self.changed()
        try:
            while True:
                self._news.clear()
                if sent != self.version:
                    sent = self.version
                    yield self.describe(self)
                await self._news.wait()
        finally:
            work.cancel()

    async def _build_for_ever(self) -> None:
        """Make the panels at each change; all else follows, unless the next change comes first."""
        rest: asyncio.Task[None] | None = None
        try:
            while True:
                await self._change.wait()
                self._change.clear()
                if rest is not None:
                    rest.cancel()
                request = await self._quickly_built()
                rest = asyncio.create_task(self._complete(request)) if request is not None else None
        finally:
            if rest is not None:
                rest.cancel()

    async def _quickly_built(self) -> BuildRequest | None:
        """Show the panels after one layout, and return the request for the rest; None where there is nothing to show."""
        if self.text is None and _is_half_saved(self.source):
            await asyncio.sleep(HALF_SAVED)
        try:
            request = self._request(Depth.QUICK, self.shown.arrangement if self.shown else b"")
        except (LeafletError, OSError) as error:
            problems = as_leaflet_error(error, Budget(), str(self.source)).problems
            self._publish(Built(depth=Depth.QUICK, problems=problems))
            return None
        quick = await self.builders.quick.build(request)
        self._publish(quick)
        return request if quick.is_shown else None

    async def _complete(self, request: BuildRequest) -> None:
        """Make all files, then let the rules look at them."""
        full = await self.builders.full.build(replace(request, depth=Depth.FULL))
        self._publish(full)
        if full.is_shown:
            self.checked = await self.builders.full.build(replace(request, depth=Depth.CHECKED))
            self._tell()
            if full.arrangement != request.before:
                await self._warm_up(replace(request, before=full.arrangement), full)

    async def _warm_up(self, request: BuildRequest, full: Built) -> None:
        """Let the quick process lay out what the search arranged, so that the next save does not wait for that."""
        quick = self.builders.quick
        await quick.build(request)
        with suppress(LeafletError, OSError):  # the source is gone; the next build says so
            text = read_source_text(self.workspace, self.source).text if request.text is None else request.text
            await quick.build(replace(request, text=with_other_words(text, full.places)))

    def _request(self, depth: Depth, before: bytes) -> BuildRequest:
        return BuildRequest(
            depth=depth,
            root=self.workspace.root,
            source=self.source,
            choices=self.choices,
            today=self.day(),
            budget=budget_for(self.workspace, self.source),
            text=self._text(),
            before=before,
        )

    def _text(self) -> str | None:
        """Return the text to build where it is not the file's own."""
        if not self.lang:
            return self.text
        text = read_source_text(self.workspace, self.source).text if self.text is None else self.text
        return with_keys(text, {"lang": self.lang})

    def _publish(self, built: Built) -> None:
        self.last = built
        self._inputs = frozenset((*built.inputs, self.source, self.workspace.root / "leaflet.toml"))
        if built.is_shown:
            self.shown = built
            self.builders.pictures.add((page.key for page in built.pages), built.files["pdf"])
        if built.depth is Depth.FULL and built.is_shown:
            self.files = built.files
            self.names, self.sides, self.web_page = built.names, built.sides, built.web_page
            self.builders.pictures.add((side.key for side in built.sides), built.files["sheet"], is_trimmed=False)
        self._tell()

    def _tell(self) -> None:
        self.version += 1
        self._news.set()


def first_request(workspace: Workspace, source: Path, today: date) -> BuildRequest:
    """Return the request for the panels of a leaflet as its source has it."""
    return BuildRequest(
        depth=Depth.QUICK,
        root=workspace.root,
        source=source,
        choices=TabChoices(),
        today=today,
        budget=budget_for(workspace, source),
    )


def budget_for(workspace: Workspace, source: Path) -> Budget:
    """Return what one build of ``source`` may take."""
    return read_budget(workspace).for_size(source.stat().st_size if source.is_file() else 0)


def _is_half_saved(source: Path) -> bool:
    try:
        return source.stat().st_size == 0
    except OSError:
        return True
