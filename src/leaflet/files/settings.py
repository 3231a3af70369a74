"""The settings of a workspace: ``leaflet.toml``, read and checked in this one place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.budget import Budget
from leaflet.errors import LeafletError, Location, Problem, Severity
from leaflet.files.find_workspace import CONFIGURATION
from leaflet.files.located_data import LocatedData
from leaflet.files.logo_colours import logo_colours
from leaflet.files.pictures import picture_address, read_picture
from leaflet.files.suggest import suggestion
from leaflet.files.text import read_text
from leaflet.files.toml import load_toml
from leaflet.files.toml_model import explain_errors, toml_schema
from leaflet.model.format_settings import BrailleSettings, FormatSettings
from leaflet.model.organisation import Organisation
from leaflet.model.picture import Picture
from leaflet.model.workspace import Workspace

if TYPE_CHECKING:
    from leaflet.files.settings_model import OrganisationTable, SettingsFile

SHARED_KEYS = (
    "layout style css fit csl lang publisher publisher-place container-title contact disclaimer license copyright cite "
    "bibliography fields retractions strict code-colours"
).split()
"""The keys of the front matter that make sense for several leaflets at once."""
ORGANISATION = "organisation"
"""The table of an organisation's own look; its name is the publisher's as well."""
CHECK = "check"
"""The table of the rules of ``leaflet check``, which ``leaflet.checks`` reads."""
COLOURS = ("brand", "accent", "signal", "paper", "ink", "tint")

LIMITS = "limits"
"""The table of what one run may take."""
IMPORT = "import"
"""The table of rules for documents of other programs."""

TABLES = (ORGANISATION, LIMITS, CHECK, IMPORT, "web", "epub", "email", "braille", "network")
"""The tables that are no values of the front matter."""

NO_LOOK = Organisation()
DEFAULT_BUDGET = Budget()
DEFAULT_FORMATS = FormatSettings()


NO_FILE = Problem(
    message="this is no file, so the settings of the workspace cannot be read",
    location=Location(file=CONFIGURATION),
    hint="make it a file, or give what is there another name",
)


class Settings(Struct, frozen=True, kw_only=True):
    """The settings that all leaflets of a workspace share."""

    shared: LocatedData
    """Values that lie under the front matter of each leaflet, with their places."""
    organisation: Organisation = NO_LOOK
    """Without its logo, which only a style needs."""
    budget: Budget = DEFAULT_BUDGET
    """The time and memory of one run."""
    formats: FormatSettings = DEFAULT_FORMATS
    """Settings of single formats."""
    hosts: tuple[str, ...] = ()
    """The hosts that commands may ask."""
    imported_styles: Mapping[str, str] = field(default_factory=dict)
    """The blocks that paragraphs of an imported document become, by the names of their styles."""
    logo: str | None = None
    """The path of the logo, from the folder of the settings."""
    logo_on_dark: str | None = None
    """The path of the logo for dark grounds."""
    problems: tuple[Problem, ...] = ()
    """Problems in the file; values that are wrong are left out."""


def read_settings(workspace: Workspace) -> Settings:
    """Return the settings of ``workspace``; empty where it has no ``leaflet.toml``."""
    path = workspace.root / CONFIGURATION
    if not os.path.lexists(path):
        return Settings(shared=LocatedData(data={}))
    if not path.is_file():
        return Settings(shared=LocatedData(data={}), problems=(NO_FILE,))
    try:
        text = read_text(workspace.resolve(path, beside=workspace.root), name=CONFIGURATION, inside=workspace.roots)
        located = load_toml(text, name=CONFIGURATION)
    except LeafletError as error:
        return Settings(shared=LocatedData(data={}), problems=error.problems)
    return _checked(located)


def read_budget(workspace: Workspace) -> Budget:
    """Return what one run in ``workspace`` may take: the default where ``leaflet.toml`` says nothing sound."""
    return read_settings(workspace).budget


def read_organisation(workspace: Workspace) -> Organisation:
    """Return the organisation's own look; what is wrong with it otherwise, ``read_settings`` reports.

    Raises:
        UnsafeError: the logo lies outside the workspace.
        SourceError: the logo cannot be used.
    """
    settings = read_settings(workspace)
    organisation = settings.organisation
    logo = _logo(settings.logo, "logo", organisation, workspace)
    dark = _logo(settings.logo_on_dark, "logo-on-dark", organisation, workspace)
    return replace(
        organisation,
        logo=picture_address(logo, workspace) if logo else None,
        logo_on_dark=picture_address(dark, workspace) if dark else None,
        logo_colours=logo_colours(logo, workspace) if logo else (),
        dark_logo_colours=logo_colours(dark, workspace) if dark else (),
    )


def _logo(path: str | None, key: str, organisation: Organisation, workspace: Workspace) -> Picture | None:
    if path is None:
        return None
    asked_at = organisation.place(key)
    return read_picture(path, folder=workspace.root, workspace=workspace, asked_at=asked_at, noun="logo")


def settings_schema() -> dict[str, object]:
    """Return the JSON Schema of ``leaflet.toml``."""
    from leaflet.files.settings_model import SettingsFile

    return toml_schema(SettingsFile, title="Settings of a workspace")


def _checked(located: LocatedData) -> Settings:
    known = (*SHARED_KEYS, *TABLES)
    warnings = tuple(_unknown(key, located) for key in located.data if key not in known)
    file, problems = _without_faults({key: value for key, value in located.data.items() if key in known}, located)
    shared = file.model_dump(by_alias=True, exclude_none=True, exclude={*TABLES, "import_"})
    organisation = _organisation(file.organisation, located)
    keys, values = dict(located.keys), dict(located.values)
    if organisation.name and "publisher" not in shared:
        shared["publisher"] = organisation.name
        for places in (keys, values):
            places["publisher",] = places[ORGANISATION, "name"]
    return Settings(
        shared=LocatedData(data=shared, keys=keys, values=values),
        organisation=organisation,
        budget=Budget(
            seconds=file.limits.seconds or DEFAULT_BUDGET.seconds,
            megabytes=file.limits.memory or DEFAULT_BUDGET.megabytes,
        ),
        formats=FormatSettings(
            web_fonts=file.web.fonts,
            epub_fonts=file.epub.fonts,
            email_pictures=file.email.pictures,
            braille=BrailleSettings(table=file.braille.table, cells=file.braille.cells, lines=file.braille.lines),
        ),
        hosts=tuple(file.network.allow),
        imported_styles=file.import_.styles,
        logo=file.organisation.logo,
        logo_on_dark=file.organisation.logo_on_dark,
        problems=(*warnings, *problems),
    )


def _without_faults(data: Mapping[str, object], located: LocatedData) -> tuple[SettingsFile, tuple[Problem, ...]]:
    """Return the settings without the values that are wrong, and what is wrong with those."""
    from pydantic import ValidationError

    from leaflet.files.settings_model import SettingsFile

    try:
        return SettingsFile.model_validate(data), ()
    except ValidationError as error:
        problems = explain_errors(error, SettingsFile, located, of=CONFIGURATION)
        wrong = [details["loc"] for details in error.errors(include_url=False)]
    sound = {key: value for key, value in data.items() if (key,) not in [place[:1] for place in wrong]}
    for name in TABLES:
        table = data.get(name)
        if isinstance(table, dict):
            inside = {place[1] for place in wrong if place[0] == name}
            sound[name] = {key: value for key, value in table.items() if key not in inside}
    return SettingsFile.model_validate(sound), problems


def _organisation(table: OrganisationTable, located: LocatedData) -> Organisation:
    colours = {key: value.upper() for key in COLOURS if (value := getattr(table, key)) is not None}
    places = {
        str(path[1]) if len(path) > 1 else "": place
        for path, place in located.values.items()
        if path and path[0] == ORGANISATION
    }
    return Organisation(
        name=table.name,
        colours=colours,
        text=table.text,
        headings=table.headings,
        labels=table.labels,
        motif=table.motif,
        logo_height=table.logo_height,
        logo_has_name=table.logo_has_name,
        places=places,
    )


def _unknown(key: str, located: LocatedData) -> Problem:
    known = (*SHARED_KEYS, *TABLES)
    return Problem(
        message=f'"{key}" is not a key of {CONFIGURATION}',
        location=located.keys.get((key,), Location(file=CONFIGURATION)),
        hint=suggestion(key, known) or f"it can hold {', '.join(known)}",
        severity=Severity.WARNING,
    )
