"""Citation styles by the names that people use, and the files of house styles."""

from __future__ import annotations

from pathlib import Path, PurePath

from msgspec.structs import replace

from leaflet.citations import StyleLibrary, list_styles, listed_title, style_info, style_title
from leaflet.errors import CitationError, Location, Problem
from leaflet.model.metadata import Metadata
from leaflet.model.workspace import Workspace

SHORT_NAMES = {
    "apa": "apa-corrected",
    "mla": "modern-language-association-corrected",
    "chicago": "chicago-author-date-corrected",
    "chicago-notes": "chicago-notes-bibliography-corrected",
    "harvard": "harvard-cite-them-right-corrected",
    "harvard-13": "harvard-cite-them-right-13-corrected",
    "apa-official": "apa",
    "vancouver": "nlm-citation-sequence",
    "ama": "american-medical-association",
}
"""Short names for styles with longer ones; the four manuals mean leaflet's corrected styles."""

LABELS = {
    "apa": "APA",
    "apa-corrected": "APA",
    "modern-language-association": "MLA",
    "modern-language-association-corrected": "MLA",
    "chicago-author-date": "Chicago",
    "chicago-notes-bibliography": "Chicago",
    "chicago-author-date-corrected": "Chicago",
    "chicago-notes-bibliography-corrected": "Chicago",
    "harvard-cite-them-right": "Harvard",
    "harvard-cite-them-right-corrected": "Harvard",
    "harvard-cite-them-right-13-corrected": "Harvard",
    "nlm-citation-sequence": "Vancouver",
    "ieee": "IEEE",
}
"""Headings of the styles that a box shows most; any other style shows its own title."""


def label(style: str, workspace: Workspace, library: StyleLibrary | None = None) -> str:
    """Return the name of a style in the box."""
    return LABELS.get(style) or style_title(style, style_folders(workspace), workspace.roots, library=library)


def find_styles(words: str, workspace: Workspace, most: int | None = None) -> tuple[tuple[str, str], ...]:
    """Return name and title of every citation style whose name has all of ``words``, or of the first ``most`` of them."""
    wanted = words.casefold().split()
    folders = style_folders(workspace)
    names = [name for name in list_styles(folders) if all(word in name.replace("-", " ") for word in wanted)]
    return tuple((name, listed_title(name, folders, workspace.roots)) for name in names[:most])


def style_folders(workspace: Workspace) -> tuple[Path, ...]:
    """Return the folders of house styles, the workspace's own first."""
    return tuple(folder / "citations" for folder in workspace.folders("styles") if (folder / "citations").is_dir())


def names_a_file(style: str) -> bool:
    """Return whether a citation style is named by its path, and not by a name of the official ones."""
    return style.endswith(".csl") or len(PurePath(style).parts) > 1 or "<" in style


def resolve_style(
    name: str,
    workspace: Workspace,
    *,
    beside: Path,
    trusted: bool,
    asked_at: Location | None,
    library: StyleLibrary | None = None,
) -> str:
    """Return a style that is there and sound: a name as it is, and a ``.csl`` file's name as an absolute path.

    A file that a source names must lie in the workspace; one that the user names (``trusted``) may lie anywhere.

    Raises:
        UnsafeError: a source names a file outside the workspace.
        CitationError: there is no such style, or it is not what CSL allows.
    """
    style = SHORT_NAMES.get(name, name)
    if names_a_file(name):
        style = str(_style_file(name, workspace, beside=beside, trusted=trusted, asked_at=asked_at))
    try:
        style_info(style, style_folders(workspace), workspace.roots, library=library)
    except CitationError as error:
        raise CitationError(_placed(problem, workspace, asked_at) for problem in error.problems) from None
    return style


def resolve_box_style(
    name: str, metadata: Metadata, workspace: Workspace, *, beside: Path, library: StyleLibrary | None = None
) -> str:
    """Return a style of the "Cite this leaflet" box, as the front matter in the folder ``beside`` names it.

    Raises:
        UnsafeError, CitationError: as for ``resolve_style``.
    """
    place = metadata.places.get("cite.styles") or metadata.places.get("cite")
    return resolve_style(name, workspace, beside=beside, trusted=False, asked_at=place, library=library)


def _style_file(name: str, workspace: Workspace, *, beside: Path, trusted: bool, asked_at: Location | None) -> Path:
    path = (beside / name).resolve() if trusted else workspace.resolve(name, beside=beside, asked_at=asked_at)
    if not path.is_file():
        hint = "write its path from the folder of the file that names it, or choose an official style such as apa"
        raise CitationError(Problem(message=f'there is no citation style file "{name}"', location=asked_at, hint=hint))
    return path


def _placed(problem: Problem, workspace: Workspace, asked_at: Location | None) -> Problem:
    """Return ``problem`` with its file as the workspace names it, or with the place that names the style."""
    if problem.location is None:
        return replace(problem, location=asked_at)
    file = Path(problem.location.file)
    if not file.is_absolute():
        return problem
    return replace(problem, location=replace(problem.location, file=workspace.name_of(file)))
