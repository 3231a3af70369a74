"""Test that a name of ``leaflet.files`` loads its own module only."""

from __future__ import annotations

import subprocess
import sys

from leaflet import files

HEAVY = ("pydantic", "PIL", "ruamel.yaml", "lxml.etree")


def test_every_name_is_loaded_from_where_it_is() -> None:
    assert all(getattr(files, name) is not None for name in files.__all__)
    assert set(files.__all__) <= set(dir(files))


def test_citations_load_no_library_of_the_workspace() -> None:
    found = f"import sys, leaflet.citations; print([name for name in {HEAVY!r} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", found], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
