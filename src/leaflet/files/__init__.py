"""The edge to the file system: text, YAML and TOML with positions, settings, pictures, the workspace, outputs."""

from leaflet.files.characters import forbidden, without_forbidden
from leaflet.files.field_syntax import FIELD_NAME, FIELD_REFERENCE
from leaflet.files.find_workspace import CONFIGURATION, open_workspace
from leaflet.files.opening import checked_path, is_inside, open_file, read_file, read_packaged, read_utf8
from leaflet.files.pictures import check_image, fill_path, with_slashes
from leaflet.files.settings import read_config
from leaflet.files.suggest import suggestion
from leaflet.files.text import read_text
from leaflet.files.toml import load_toml
from leaflet.files.toml_model import SENTENCE, VALUE, check_toml, dotted_places, explain_errors, nearest_place
from leaflet.files.values import EMAIL, Invalid, motif, shown
from leaflet.files.writing import (
    LEFT_OVER,
    OUTPUT,
    OverwritePolicy,
    delete_own,
    name_key,
    output_folder,
    output_policy,
    refusals,
    shown_path,
    write_new,
    write_together,
    written_whole,
)
from leaflet.files.yaml import Located, Path, load

__all__ = [
    "CONFIGURATION",
    "EMAIL",
    "FIELD_NAME",
    "FIELD_REFERENCE",
    "LEFT_OVER",
    "OUTPUT",
    "SENTENCE",
    "VALUE",
    "Invalid",
    "Located",
    "OverwritePolicy",
    "Path",
    "check_image",
    "check_toml",
    "checked_path",
    "delete_own",
    "dotted_places",
    "explain_errors",
    "fill_path",
    "forbidden",
    "is_inside",
    "load",
    "load_toml",
    "motif",
    "name_key",
    "nearest_place",
    "open_file",
    "open_workspace",
    "output_folder",
    "output_policy",
    "read_config",
    "read_file",
    "read_packaged",
    "read_text",
    "read_utf8",
    "refusals",
    "shown",
    "shown_path",
    "suggestion",
    "with_slashes",
    "without_forbidden",
    "write_new",
    "write_together",
    "written_whole",
]
