"""The leaflets that changes touch: built as they were and as they are, compared page by page, and checked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from leaflet.changes.page_comparison import PageChange, changed_pages
from leaflet.changes.revision import changed_files, files_of
from leaflet.errors import LeafletError
from leaflet.files import folder_in_repository
from leaflet.model.workspace import WatchedWorkspace, Workspace
from leaflet.pipeline import Choices, Session, check_leaflet, cite_source, compose

if TYPE_CHECKING:
    from leaflet.checks import CheckedFile

EVERYWHERE = ("layouts/", "styles/", "fonts/", "leaflet.toml")
"""Files that shape every leaflet of a workspace."""
PAGES = Choices(formats=("pdf",), allow_overflow=True)


class ChangedLeaflet(Struct, frozen=True, kw_only=True):
    """A leaflet that changes touch: what is to be said of it, and its pages that look different."""

    source: str
    checked: CheckedFile | None
    """None where the source was removed."""
    pages: tuple[PageChange, ...] = ()
    is_new: bool = False

    @property
    def stem(self) -> str:
        """The name of the source without folder and ending."""
        return Path(self.source).stem


class Changes(Struct, frozen=True, kw_only=True):
    """All leaflets of a workspace that changes since a revision touch."""

    revision: str
    files: tuple[str, ...]
    """The files that changed."""
    leaflets: tuple[ChangedLeaflet, ...]
    folder: str = ""
    """The path of the workspace from the top of its repository, ending with a slash; empty at the top."""

    @property
    def has_errors(self) -> bool:
        """True where a leaflet of now has an error."""
        return any(one.checked is not None and one.checked.has_errors for one in self.leaflets)


def find_changes(workspace: Workspace, revision: str, *, today: date) -> Changes:
    """Return what has changed since ``revision``; nothing is written into the workspace.

    Raises:
        LeafletError: the workspace is not under git, or there is no such revision.
    """
    files = changed_files(workspace.root, revision)
    session = Session(workspace=workspace)
    sources = _sources(workspace, files, today, session)
    removed = sorted(name for name in files if _is_source(name) and not (workspace.root / name).exists())
    with files_of(workspace.root, revision) as files_then:
        before = replace(workspace, root=files_then)
        leaflets = [_changed(name, before, workspace, today, session) for name in sources]
    gone = [ChangedLeaflet(source=name, checked=None) for name in removed]
    found = tuple(one for one in (*leaflets, *gone) if one.pages or one.checked is None or one.source in files)
    folder = folder_in_repository(workspace.root)
    return Changes(revision=revision, files=tuple(sorted(files)), leaflets=found, folder=folder)


def _sources(workspace: Workspace, files: frozenset[str], today: date, session: Session) -> list[str]:
    """Return the sources that changed, or whose pictures, data, references or design did."""
    folder = workspace.root / "source"
    everything = sorted(workspace.name_of(path) for path in folder.rglob("*.md"))
    if any(name.startswith(EVERYWHERE) for name in files):
        return everything
    other = {name for name in files if name not in everything}
    return [name for name in everything if name in files or (other and _reads(name, other, workspace, today, session))]


def _reads(name: str, files: set[str], workspace: Workspace, today: date, session: Session) -> bool:
    """Return whether a source is made from one of ``files``; one that cannot be read may be."""
    watched = WatchedWorkspace(root=workspace.root, shipped=workspace.shipped)
    try:
        cite_source(workspace.root / name, PAGES, today=today, workspace=watched, session=session)
    except LeafletError:
        return True
    return any(workspace.name_of(path) in files for path in watched.inputs)


def _changed(name: str, before: Workspace, now: Workspace, today: date, session: Session) -> ChangedLeaflet:
    choices = replace(PAGES, allow_overflow=False)
    checked = check_leaflet(now.root / name, choices, today=today, session=session, workspace=now)
    old_source = before.root / name
    old = _pages(old_source, before, today) if old_source.is_file() else None
    pdf = checked.files.get("pdf") or _pages(now.root / name, now, today)
    labels: Sequence[str] = [page.label for page in checked.fit.pages] if checked.fit else ()
    pages = tuple(changed_pages(old, pdf, labels)) if pdf is not None else ()
    return ChangedLeaflet(source=name, checked=checked, pages=pages, is_new=not old_source.is_file())


def _pages(source: Path, workspace: Workspace, today: date) -> bytes | None:
    """Return the reading PDF of a source, overfull or not; None where it cannot be built at all."""
    try:
        made = compose(source, PAGES, today=today, workspace=workspace, session=Session(workspace=workspace))
    except LeafletError:
        return None
    return made.files[f"{source.stem}.pdf"]


def _is_source(name: str) -> bool:
    return name.startswith("source/") and name.endswith(".md")
