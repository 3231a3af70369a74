"""Nothing but ``leaflet.files`` opens files: a rule about the code itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "leaflet"

METHODS = frozenset(
    "read_text read_bytes write_text write_bytes mkstemp NamedTemporaryFile TemporaryFile copyfile copy copy2 move "
    "symlink_to hardlink_to link touch extractall".split()
)
"""Methods and functions that open or make a file, whatever they are called on."""
OPENERS = {
    "open": 0,
    "fdopen": 0,
    "connect": 0,
    "load_workbook": 0,
    "PdfReader": 0,
    "PdfDocument": 0,
    "TTFont": 0,
    "parse": 0,
    "FileSystemLoader": 0,
    "PackageLoader": 0,
    "File": 0,
    "ZipFile": 0,
}
"""Functions that open what their first argument names, unless that is a stream or bytes that were read already."""
STREAMS = frozenset({"BytesIO", "StringIO", "read_file", "open_file", "stream", "file"})
"""Calls and names of which an opener takes content, not a path."""

ALLOWED = {
    ("batch/run/remote_store.py", "open"): "an address of fsspec is no path",
    ("batch/run/journal.py", "connect"): "SQLite opens by path; links and foreign databases are refused before",
    ("batch/data/spreadsheets.py", "connect"): "SQLite opens by path; the path was checked",
    ("output/pdf_objects.py", "read_bytes"): "the content of a PDF object, not a file",
    ("output/pdfx.py", "read_bytes"): "the content of a PDF object, not a file",
    ("panels/render.py", "open"): "a page of the renderer, not a file",
    ("batch/run/worker.py", "open"): "the null device, where there is no SIGALRM",
    ("batch/run/fork_server.py", "open"): "pipes between processes",
    ("batch/run/serve_calls.py", "open"): "the null device, and pipes between processes",
    ("budget.py", "read_text"): "the memory of the process, which the system tells in a file",
    ("faults.py", "mkstemp"): "a new file in the system's folder for temporary files",
    ("faults.py", "fdopen"): "the same new file",
    ("cli/__init__.py", "open"): "the null device, in place of a standard output that is closed",
    ("cli/supervision.py", "open"): "standard error under another number",
    ("cli/supervision.py", "fdopen"): "a file in memory",
    ("cli/supervision.py", "TemporaryFile"): "a file without a name, where there is no file in memory",
    ("checks/output_text.py", "PdfDocument"): "the content of a file that was made",
    ("checks/pdf_subject.py", "open"): "the content of a file that was read",
    ("checks/pdf_subject.py", "read_bytes"): "the content of a PDF object, not a file",
    ("checks/page_grounds.py", "PdfDocument"): "the content of a file that was made",
    ("checks/qr_reader.py", "PdfDocument"): "the content of a file that was made",
    ("checks/reports/page.py", "PdfDocument"): "the content of a file that was made",
    ("changes/page_comparison.py", "PdfDocument"): "the content of a file that was made",
    ("changes/revision.py", "open"): "the archive that git printed",
    ("changes/revision.py", "symlink_to"): "a link of the same archive that leads into the folder made for it",
    ("changes/revision.py", "write_bytes"): "a file of the same archive, in the same folder",
    ("checks/rules/press/font_licence.py", "read_bytes"): "the content of a PDF object, not a file",
    ("cli/changes.py", "open"): "the summary of a run, which its runner names",
    ("cli/pictures_page.py", "open"): "a new file that the user names; there must be none of the name",
    ("interchange/export_parts.py", "ZipFile"): "an archive in memory",
    ("interchange/office_conversion.py", "write_text"): "a new file in a folder made for LibreOffice",
    ("interchange/office_conversion.py", "write_bytes"): "a new file in the same folder",
    ("network/connection.py", "open"): "an address on the network, which the settings allow",
    ("pipeline/own_outputs.py", "open"): "a part of an archive whose content was read",
    ("writers/epub.py", "ZipFile"): "an archive in memory",
    ("cli/preview.py", "open"): "a page in the browser, not a file",
    ("preview/page_pictures.py", "PdfDocument"): "the content of a file that was made",
    ("preview/spoken_text.py", "PdfDocument"): "the content of a file that was made",
    ("preview/page_places.py", "read_bytes"): "the content of a PDF object, not a file",
    ("preview/builder_loop.py", "open"): "the null device, and pipes between processes",
    ("preview/running_previews.py", "open"): "a new file in the user's cache folder, which only its user can read",
    ("preview/running_previews.py", "fdopen"): "the same new file",
    ("interchange/office_package.py", "open"): "a part of an archive whose content was read",
    ("sheet/form_xobjects.py", "read_bytes"): "the content of a PDF object, not a file",
    (
        "batch/run/workspace_bundle.py",
        "extractall",
    ): "the bundle of a workspace, whose hash was compared, into a folder made for it",
}
"""The modules that open something by themselves, and the reason why each may."""


def calls() -> Iterator[tuple[str, int, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if name.startswith("files/"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (word := opens(node)):
                yield name, node.lineno, word


def opens(call: ast.Call) -> str | None:
    """The word by which a call opens a file."""
    function = call.func
    word = (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )
    if word in METHODS:
        if word in {"copy", "link", "move"} and not _is_of(function, {"shutil", "os"}):
            return None
        return word if word != "read_text" or isinstance(function, ast.Attribute) else None
    if word not in OPENERS or (word == "parse" and not _is_of(function, {"etree", "ElementTree"})):
        return None
    if word == "connect" and not _is_of(function, {"sqlite3"}):
        return None
    if word == "open" and isinstance(function, ast.Attribute) and not call.args:
        return word
    return None if call.args and _is_stream(call.args[0]) else word


def _is_of(function: ast.expr, modules: set[str]) -> bool:
    return isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id in modules


def _is_stream(argument: ast.expr) -> bool:
    if isinstance(argument, ast.Call):
        argument = argument.func
    return isinstance(argument, ast.Name) and argument.id in STREAMS


FOUND = tuple(calls())


def test_only_the_package_for_files_opens_files() -> None:
    outside = [f"{name}:{line} {word}" for name, line, word in FOUND if (name, word) not in ALLOWED]
    assert outside == []


def test_every_exception_is_still_needed() -> None:
    assert {(name, word) for name, _, word in FOUND} >= set(ALLOWED)


@pytest.mark.parametrize(
    "text",
    [
        "Path('a').read_text()",
        "path.read_bytes()",
        "open('a')",
        "path.open('rb')",
        "io.open(name)",
        "sqlite3.connect(path)",
        "etree.parse(path)",
        "Image.open(path)",
        "Pdf.open(path)",
        "PdfReader(path)",
        "PdfDocument(pdf)",
        "TTFont(folder / name)",
        "FileSystemLoader(folder)",
        "tempfile.mkstemp(dir=folder)",
        "shutil.copy(a, b)",
        "os.open(path, os.O_RDONLY)",
        "load_workbook(path)",
        "path.open()",
    ],
)
def test_the_rule_knows_the_ways_to_open_a_file(text: str) -> None:
    (statement,) = ast.parse(text).body
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Call)
    assert opens(statement.value)


@pytest.mark.parametrize(
    "text", ["Pdf.open(BytesIO(data))", "read_text(path, name=name)", "zipfile.ZipFile(stream, 'w')"]
)
def test_the_rule_lets_content_be_opened(text: str) -> None:
    (statement,) = ast.parse(text).body
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Call)
    assert opens(statement.value) is None
