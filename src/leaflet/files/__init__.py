"""The edge to the file system: text, YAML and TOML with positions, settings, pictures, values, the workspace, outputs.

Most modules are imported on the first use of a name from them (PEP 562), for they need large libraries such as pydantic and
Pillow: whoever only reads a text waits for none of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from leaflet.files.characters import HALF_CHARACTER, forbidden, without_forbidden
from leaflet.files.field_syntax import FIELD_NAME, FIELD_REFERENCE
from leaflet.files.git_repository import GitRepository, commit_files, folder_in_repository, git_repository
from leaflet.files.nesting import line_too_deep
from leaflet.files.opening import checked_path, is_inside, open_file, read_file, read_packaged, read_utf8
from leaflet.files.suggest import closest, suggestion
from leaflet.files.text import read_text
from leaflet.files.user_cache import OFF, SWITCH, UserCache, cache_folder, own_folder

if TYPE_CHECKING:
    from leaflet.files.edtf_dates import DAYS, MONTHS, SEASONS, Date, DateError, read_edtf, to_edtf, year_and_month
    from leaflet.files.find_workspace import CONFIGURATION, open_workspace, shipped_folder
    from leaflet.files.identifiers import IdentifierError, bare_doi, is_doi, is_isbn, is_issn, read_isbn, read_issn
    from leaflet.files.last_commit import last_commit_day
    from leaflet.files.located_data import LocatedData, ValuePath
    from leaflet.files.new_folder import write_new_folder
    from leaflet.files.own_fonts import allows_pictures_only, forbids_embedding, own_typefaces
    from leaflet.files.pictures import (
        DrawingError,
        TooLargePictureError,
        check_image,
        check_picture_data,
        check_pixels,
        fill_path,
        picture_address,
        picture_data,
        picture_ratio,
        read_picture,
        read_picture_file,
        with_slashes,
    )
    from leaflet.files.settings import (
        SHARED_KEYS,
        Settings,
        read_budget,
        read_organisation,
        read_settings,
        settings_schema,
    )
    from leaflet.files.toml import load_toml
    from leaflet.files.toml_model import (
        SENTENCE,
        VALUE,
        check_toml,
        dotted_places,
        explain_errors,
        nearest_place,
        toml_schema,
    )
    from leaflet.files.toml_types import TomlColour, TomlTable, TomlText, checked_text, refused_sentence, refused_value
    from leaflet.files.tones import Tones, picture_tones
    from leaflet.files.value_checks import EMAIL, Invalid, checked_face, motif, shown
    from leaflet.files.writing import (
        LEFT_OVER,
        OUTPUT,
        OverwritePolicy,
        delete_own,
        held_back,
        name_key,
        output_folder,
        output_policy,
        refusals,
        shown_path,
        sweep_left_overs,
        write_together,
        written_whole,
    )
    from leaflet.files.yaml import load_yaml, load_yaml_items

__all__ = [
    "CONFIGURATION",
    "DAYS",
    "EMAIL",
    "FIELD_NAME",
    "FIELD_REFERENCE",
    "HALF_CHARACTER",
    "LEFT_OVER",
    "MONTHS",
    "OFF",
    "OUTPUT",
    "SEASONS",
    "SENTENCE",
    "SHARED_KEYS",
    "SWITCH",
    "VALUE",
    "Date",
    "DateError",
    "DrawingError",
    "GitRepository",
    "IdentifierError",
    "Invalid",
    "LocatedData",
    "OverwritePolicy",
    "Settings",
    "TomlColour",
    "TomlTable",
    "TomlText",
    "Tones",
    "TooLargePictureError",
    "UserCache",
    "ValuePath",
    "allows_pictures_only",
    "bare_doi",
    "cache_folder",
    "check_image",
    "check_picture_data",
    "check_pixels",
    "check_toml",
    "checked_face",
    "checked_path",
    "checked_text",
    "closest",
    "commit_files",
    "delete_own",
    "dotted_places",
    "explain_errors",
    "fill_path",
    "folder_in_repository",
    "forbidden",
    "forbids_embedding",
    "git_repository",
    "held_back",
    "is_doi",
    "is_inside",
    "is_isbn",
    "is_issn",
    "last_commit_day",
    "line_too_deep",
    "load_toml",
    "load_yaml",
    "load_yaml_items",
    "motif",
    "name_key",
    "nearest_place",
    "open_file",
    "open_workspace",
    "output_folder",
    "output_policy",
    "own_folder",
    "own_typefaces",
    "picture_address",
    "picture_data",
    "picture_ratio",
    "picture_tones",
    "read_budget",
    "read_edtf",
    "read_file",
    "read_isbn",
    "read_issn",
    "read_organisation",
    "read_packaged",
    "read_picture",
    "read_picture_file",
    "read_settings",
    "read_text",
    "read_utf8",
    "refusals",
    "refused_sentence",
    "refused_value",
    "settings_schema",
    "shipped_folder",
    "shown",
    "shown_path",
    "suggestion",
    "sweep_left_overs",
    "to_edtf",
    "toml_schema",
    "with_slashes",
    "without_forbidden",
    "write_new_folder",
    "write_together",
    "written_whole",
    "year_and_month",
]


_MODULES = {
    "edtf_dates": "DAYS MONTHS SEASONS Date DateError read_edtf to_edtf year_and_month",
    "find_workspace": "CONFIGURATION open_workspace shipped_folder",
    "identifiers": "IdentifierError bare_doi is_doi is_isbn is_issn read_isbn read_issn",
    "last_commit": "last_commit_day",
    "located_data": "LocatedData ValuePath",
    "new_folder": "write_new_folder",
    "own_fonts": "allows_pictures_only forbids_embedding own_typefaces",
    "tones": "Tones picture_tones",
    "pictures": (
        "DrawingError TooLargePictureError check_image check_picture_data check_pixels fill_path "
        "picture_address picture_data picture_ratio read_picture read_picture_file with_slashes"
    ),
    "settings": "SHARED_KEYS Settings read_budget read_organisation read_settings settings_schema",
    "toml": "load_toml",
    "toml_model": "SENTENCE VALUE check_toml dotted_places explain_errors nearest_place toml_schema",
    "toml_types": "TomlColour TomlTable TomlText checked_text refused_sentence refused_value",
    "value_checks": "EMAIL Invalid checked_face motif shown",
    "writing": (
        "LEFT_OVER OUTPUT OverwritePolicy delete_own name_key output_folder "
        "held_back output_policy refusals shown_path sweep_left_overs write_together written_whole"
    ),
    "yaml": "load_yaml load_yaml_items",
}
"""The names of each module that is imported late."""
_HOMES = {name: module for module, names in _MODULES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    """Import the module of ``name`` on its first use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
