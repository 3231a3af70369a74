"""The release of a leaflet: its check and sign-off, and the build of what was signed off."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from leaflet.errors import LeafletError, Location, Problem, Severity
from leaflet.files import OverwritePolicy, read_file, write_together
from leaflet.model.workspace import Workspace
from leaflet.pipeline.build_leaflet import BuildResult, build, compose
from leaflet.pipeline.check_leaflet import check_leaflet
from leaflet.pipeline.choices import Choices
from leaflet.pipeline.session import Session

if TYPE_CHECKING:
    from leaflet.checks import CheckedFile, Release


class SignedOff(Struct, frozen=True, kw_only=True):
    """The file of a sign-off, and what the check before it found."""

    path: Path
    checked: CheckedFile


def release_leaflet(
    source: Path, choices: Choices, *, by: str, role: str, today: date, session: Session, workspace: Workspace
) -> SignedOff:
    """Check ``source`` and write its sign-off beside it.

    Raises:
        LeafletError: the check found errors; then nothing is written.
    """
    from leaflet.checks import BUILD, Release, digest, is_release, release_name, write_release

    checked = check_leaflet(source, choices, today=today, session=session, workspace=workspace)
    errors = [
        Problem(
            message=one.message if one.code == BUILD else f"{one.code} {one.message}",
            location=one.location,
            hint=one.hint,
        )
        for one in checked.everything
        if one.severity is Severity.ERROR
    ]
    if errors:
        raise LeafletError(errors)
    made = compose(source, choices, today=today, workspace=workspace, session=session)
    release = Release(
        by=by,
        role=role,
        day=today,
        version=_version(source, workspace),
        source=digest(read_file(source, inside=workspace.roots)),
        files={name: digest(data) for name, data in made.files.items()},
    )
    policy = OverwritePolicy(is_own=lambda _, data: is_release(data))
    (path,) = write_together(source.parent, {release_name(source): write_release(release)}, policy)
    return SignedOff(path=path, checked=checked)


def release_of(source: Path, workspace: Workspace) -> Release | None:
    """Return the sign-off of ``source``; None where there is none.

    Raises:
        SourceError: the file beside the source is no sign-off.
    """
    from leaflet.checks import read_release, release_name

    path = source.with_name(release_name(source))
    if not path.is_file():
        return None
    return read_release(read_file(path, inside=workspace.roots), name=workspace.name_of(path))


def build_released(
    source: Path, choices: Choices, *, output: Path | None, session: Session, workspace: Workspace
) -> BuildResult:
    """Build ``source`` as it was released, on the day of its release, and write its files.

    Raises:
        LeafletError: it was not released, or anything in it has changed since; then nothing is written.
    """
    from leaflet.checks import changed_files

    release = release_of(source, workspace)
    place = Location(file=workspace.name_of(source))
    if release is None:
        hint = "sign it off with `leaflet release`, or build it without --release"
        raise LeafletError(Problem(message="this leaflet was not released", location=place, hint=hint))
    made = compose(source, choices, today=release.day, workspace=workspace, session=session)
    changed = changed_files(release, made.files)
    if changed:
        message = f"{', '.join(changed)} differ from what {release.by} released on {release.day.isoformat()}"
        hint = "undo the change to the text, pictures, fonts or style, or have it released again"
        raise LeafletError(Problem(message=message, location=place, hint=hint))
    return build(source, choices, today=release.day, output=output, session=session)


def _version(source: Path, workspace: Workspace) -> str:
    from leaflet.source import understand

    return understand(source, workspace).document.metadata.version
