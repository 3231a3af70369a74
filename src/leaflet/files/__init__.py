"""The edge to the file system: text, YAML and TOML with positions, settings, pictures, values, the workspace, outputs."""

from leaflet.files.characters import forbidden, without_forbidden
from leaflet.files.edtf_dates import DAYS, MONTHS, SEASONS, Date, DateError, read_edtf, to_edtf, year_and_month
from leaflet.files.field_syntax import FIELD_NAME, FIELD_REFERENCE
from leaflet.files.find_workspace import CONFIGURATION, open_workspace, shipped_folder
from leaflet.files.identifiers import IdentifierError, bare_doi, is_doi, is_isbn, is_issn, read_isbn, read_issn
from leaflet.files.nesting import line_too_deep
from leaflet.files.opening import checked_path, is_inside, open_file, read_file, read_packaged, read_utf8
from leaflet.files.pictures import MEDIA_TYPES, check_image, embedded, fill_path, with_slashes
from leaflet.files.settings import read_budget, read_config, read_organisation
from leaflet.files.suggest import suggestion
from leaflet.files.text import read_text
from leaflet.files.toml import load_toml
from leaflet.files.toml_model import SENTENCE, VALUE, check_toml, dotted_places, explain_errors, nearest_place
from leaflet.files.user_cache import OFF, UserCache, cache_folder
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
    "DAYS",
    "EMAIL",
    "FIELD_NAME",
    "FIELD_REFERENCE",
    "LEFT_OVER",
    "MEDIA_TYPES",
    "MONTHS",
    "OFF",
    "OUTPUT",
    "SEASONS",
    "SENTENCE",
    "VALUE",
    "Date",
    "DateError",
    "IdentifierError",
    "Invalid",
    "Located",
    "OverwritePolicy",
    "Path",
    "UserCache",
    "bare_doi",
    "cache_folder",
    "check_image",
    "check_toml",
    "checked_path",
    "delete_own",
    "dotted_places",
    "embedded",
    "explain_errors",
    "fill_path",
    "forbidden",
    "is_doi",
    "is_inside",
    "is_isbn",
    "is_issn",
    "line_too_deep",
    "load",
    "load_toml",
    "motif",
    "name_key",
    "nearest_place",
    "open_file",
    "open_workspace",
    "output_folder",
    "output_policy",
    "read_budget",
    "read_config",
    "read_edtf",
    "read_file",
    "read_isbn",
    "read_issn",
    "read_organisation",
    "read_packaged",
    "read_text",
    "read_utf8",
    "refusals",
    "shipped_folder",
    "shown",
    "shown_path",
    "suggestion",
    "to_edtf",
    "with_slashes",
    "without_forbidden",
    "write_new",
    "write_together",
    "written_whole",
    "year_and_month",
]
