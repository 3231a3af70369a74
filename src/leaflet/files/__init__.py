"""The edge to the file system: text, YAML and TOML with positions, settings, pictures, the workspace, outputs."""

from leaflet.files.characters import forbidden, without_forbidden
from leaflet.files.field_syntax import FIELD_NAME, FIELD_REFERENCE
from leaflet.files.find_workspace import CONFIGURATION, open_workspace
from leaflet.files.pictures import check_image, fill_path, with_slashes
from leaflet.files.settings import read_config
from leaflet.files.suggest import suggestion
from leaflet.files.text import read_text
from leaflet.files.toml import load_toml
from leaflet.files.toml_model import SENTENCE, VALUE, check_toml, dotted_places, explain_errors, nearest_place
from leaflet.files.values import EMAIL, Invalid, motif, shown
from leaflet.files.writing import shown_path, write_together
from leaflet.files.yaml import Located, Path, load

__all__ = [
    "CONFIGURATION",
    "EMAIL",
    "FIELD_NAME",
    "FIELD_REFERENCE",
    "SENTENCE",
    "VALUE",
    "Invalid",
    "Located",
    "Path",
    "check_image",
    "check_toml",
    "dotted_places",
    "explain_errors",
    "fill_path",
    "forbidden",
    "load",
    "load_toml",
    "motif",
    "nearest_place",
    "open_workspace",
    "read_config",
    "read_text",
    "shown",
    "shown_path",
    "suggestion",
    "with_slashes",
    "without_forbidden",
    "write_together",
]
