"""The layouts, styles and citation styles of a batch: checks that they exist, and the files that they consist of."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from leaflet.batch.plan.batch_plan import Axis, Plan
from leaflet.errors import LeafletError, Location, Problem
from leaflet.files import checked_path
from leaflet.model.workspace import Workspace
from leaflet.pipeline import find_folder, style_folders

SHARED = "shared"
"""The folder beside layouts and styles with the files that they share."""

FINISHING = ("press", "attach-source", "ink-limit", "ua")
"""Keys of a plan that can contradict each other, or name a file that is no profile of a press."""
MOST_INK = 400.0
"""In per cent: four inks, each solid."""


def check_choice(axis: Axis, name: str, workspace: Workspace, place: Location | None) -> tuple[Problem, ...]:
    """Report what is wrong with a layout, style or citation style."""
    try:
        match axis:
            case Axis.LAYOUT:
                from leaflet.design import load_layout

                load_layout(find_folder(workspace, "layouts", name, asked_at=place), workspace.roots)
                _refuse_links_outside(axis, name, workspace)
            case Axis.STYLE:
                from leaflet.design import load_style

                load_style(find_folder(workspace, "styles", name, asked_at=place), workspace.roots)
                _refuse_links_outside(axis, name, workspace)
            case Axis.CSL:
                _check_csl(name, workspace, place)
            case Axis.LANG:
                pass
    except LeafletError as error:
        return error.problems
    return ()


def check_finish(plan: Plan) -> tuple[Problem, ...]:
    """Report what is wrong with the press and the archive that the plan asks for."""
    from leaflet.pipeline import opened_press

    try:
        opened_press(plan.finish, MOST_INK, plan.workspace)
    except LeafletError as error:
        place = next((plan.places[key] for key in FINISHING if key in plan.places), None)
        return tuple(replace(problem, location=place or problem.location) for problem in error.problems)
    return ()


def _check_csl(name: str, workspace: Workspace, place: Location | None) -> None:
    from leaflet.citations import StyleLibrary

    if name.endswith(".csl") and not Path(name).is_file():
        hint = "check its path, or give the name of an official style, for example apa"
        message = f"there is no citation style file {workspace.name_of(Path(name))}"
        raise LeafletError(Problem(message=message, location=place, hint=hint))
    try:
        StyleLibrary().load_style(name, style_folders(workspace), workspace.roots)
    except LeafletError as error:
        raise LeafletError(
            Problem(message=problem.message, location=problem.location or place, hint=problem.hint)
            for problem in error.problems
        ) from None


def _refuse_links_outside(axis: Axis, name: str, workspace: Workspace) -> None:
    """Look at every file of a choice before anything is built, as all of them shape its recipe.

    Raises:
        UnsafeError: one is a link that leads out of the workspace.
    """
    for _, file in choice_files(axis, name, workspace):
        checked_path(file, inside=workspace.roots)


def choice_files(axis: Axis, name: str, workspace: Workspace) -> tuple[tuple[str, Path], ...]:
    """Return every file of a layout or style with a name for it that is the same on every machine."""
    match axis:
        case Axis.LAYOUT | Axis.STYLE:
            kind = f"{axis}s"
            own = find_folder(workspace, kind, name, asked_at=None)
            shared = (folder / SHARED for folder in workspace.folders(kind))
            return tuple(pair for folder in (own, *shared) for pair in _files(folder))
        case Axis.CSL:
            from leaflet.citations import find_style

            file = Path(name) if name.endswith(".csl") else find_style(name, style_folders(workspace))
            return ((file.name, file),) if file else ()
        case Axis.LANG:
            return ()


def _files(folder: Path) -> tuple[tuple[str, Path], ...]:
    if not folder.is_dir():
        return ()
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple((f"{folder.name}/{path.relative_to(folder).as_posix()}", path) for path in found)
