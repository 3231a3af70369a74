"""Documents that LibreOffice turns into .odt before they are read: RTF."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from leaflet.files import read_file
from leaflet.interchange.manuscript import Manuscript, ReadingOptions
from leaflet.interchange.office_package import refused
from leaflet.interchange.read_odt import read_odt

PROGRAMS = ("soffice", "libreoffice")
SECONDS = 120
LARGEST = 200_000_000
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
"""Settings for a profile of its own: no macros run, and nothing that a document links is opened."""
NOWHERE = "http://127.0.0.1:9"
"""The proxy for a program that must not reach the network: the port that discards (RFC 863)."""


def read_by_office(data: bytes, options: ReadingOptions) -> Manuscript:
    """Return the document of a file that LibreOffice can read.

    Raises:
        SourceError: LibreOffice is not installed, or cannot read it.
    """
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        hint = "install LibreOffice, or open the document in any word processor and save it as .docx or .odt"
        raise refused(options.name, "this kind of document is read by LibreOffice, which is not installed", hint)
    if not data.startswith(b"{\\rtf"):
        raise refused(options.name, "this document is damaged, or is not what its suffix says")
    with tempfile.TemporaryDirectory(prefix="leaflet-import-") as name:
        converted = _converted(program, data, Path(name))
    if converted is None:
        hint = "open it in any word processor and save it as .docx or .odt"
        raise refused(options.name, "LibreOffice cannot read this document", hint)
    return read_odt(converted, options)


def _converted(program: str, data: bytes, folder: Path) -> bytes | None:
    """Return a document as .odt, by LibreOffice with a profile of its own and without a network."""
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    (folder / "document.rtf").write_bytes(data)
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), NOWHERE)
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--infilter=Rich Text Format",
        "--convert-to",
        "odt",
        "--outdir",
        str(folder),
        str(folder / "document.rtf"),
    ]
    try:
        subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, **proxies, "HOME": str(folder), "no_proxy": ""},
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
        return read_file(folder / "document.odt", inside=(folder,), largest=LARGEST)
    except (OSError, subprocess.TimeoutExpired):
        return None
