"""One leaflet, from its source to its files: the only place where the stages meet."""

from leaflet.pipeline.build_leaflet import BuildResult, Composition, build, compose, compose_cited
from leaflet.pipeline.check_leaflet import check_leaflet, check_pdf
from leaflet.pipeline.choices import Choices, find_folder
from leaflet.pipeline.citation_styles import SHORT_NAMES, find_styles, names_a_file, resolve_style, style_folders
from leaflet.pipeline.cite_source import CitedDocument, cite_source
from leaflet.pipeline.cited_references import cited_references
from leaflet.pipeline.content_hash import content_of
from leaflet.pipeline.fold_dummy import make_dummy
from leaflet.pipeline.lock_file import package_versions, verify_lock, write_lock
from leaflet.pipeline.own_outputs import written_by_leaflet
from leaflet.pipeline.panel_layout import FoundArrangement
from leaflet.pipeline.pdf_outputs import OutputIntent, opened_press
from leaflet.pipeline.proof import Proof, examine_proof, full_proof, quick_proof
from leaflet.pipeline.register_leaflets import RegisterEntry, register, register_csv, register_html
from leaflet.pipeline.release_leaflet import build_released, release_leaflet
from leaflet.pipeline.self_citation import cite_leaflet, export_leaflet
from leaflet.pipeline.session import Session

__all__ = [
    "SHORT_NAMES",
    "BuildResult",
    "Choices",
    "CitedDocument",
    "Composition",
    "FoundArrangement",
    "OutputIntent",
    "Proof",
    "RegisterEntry",
    "Session",
    "build",
    "build_released",
    "check_leaflet",
    "check_pdf",
    "cite_leaflet",
    "cite_source",
    "cited_references",
    "compose",
    "compose_cited",
    "content_of",
    "examine_proof",
    "export_leaflet",
    "find_folder",
    "find_styles",
    "full_proof",
    "make_dummy",
    "names_a_file",
    "opened_press",
    "package_versions",
    "quick_proof",
    "register",
    "register_csv",
    "register_html",
    "release_leaflet",
    "resolve_style",
    "style_folders",
    "verify_lock",
    "write_lock",
    "written_by_leaflet",
]
