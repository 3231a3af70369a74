"""The examination of a machine, and what a build says where Pango is missing."""

from __future__ import annotations

import ctypes
import json
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from leaflet.doctor import Machine, OperatingSystem, PartState, can_build, examine_machine, this_machine
from leaflet.doctor.operating_system import _PACKAGES, install_commands, system_of
from running import REPOSITORY, run_leaflet

WITHOUT_PANGO = """
import ctypes, sys, cffi

def without_pango(load):
    def loaded(*arguments, **options):
        if any("pango" in str(word) for word in arguments):
            raise OSError("cannot load library 'libpango-1.0-0': no such file")
        return load(*arguments, **options)
    return loaded

cffi.FFI.dlopen = without_pango(cffi.FFI.dlopen)
ctypes.CDLL = without_pango(ctypes.CDLL)
from leaflet.cli import main
main(sys.argv[1:])
"""
"""A run in which the loaders of the system do not find Pango, as on a machine that has none."""


def without_pango(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WITHOUT_PANGO, *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=600)


def missing(name: str) -> ctypes.CDLL:
    raise OSError(name)


def bare(system: OperatingSystem) -> Machine:
    """Return a machine of ``system`` on which nothing is installed."""
    return replace(
        this_machine(),
        system=system,
        environment={},
        find_program=lambda _: None,
        load_library=missing,
        has_module=lambda _: False,
    )


def test_this_machine_can_build(tmp_path: Path) -> None:
    parts = examine_machine(this_machine(), tmp_path)
    assert can_build(parts)
    found = {part.name: part for part in parts}
    assert found["Pango"].detail[0].isdigit()
    assert found["WeasyPrint"].state is PartState.FOUND
    assert "tested" in found["WeasyPrint"].detail


@pytest.mark.parametrize("system", OperatingSystem)
def test_a_bare_machine_cannot_build_and_learns_how_to(system: OperatingSystem, tmp_path: Path) -> None:
    parts = examine_machine(bare(system), tmp_path)
    assert not can_build(parts)
    absent = [part for part in parts if not part.works]
    assert {"Pango", "font Source Sans 3", "veraPDF", "Ghostscript", "fonts for arabic"} <= {
        part.name for part in absent
    }
    assert all(part.cure and all(part.cure) for part in absent)


@pytest.mark.parametrize(
    ("platform", "release", "system"),
    [
        ("linux", {"ID": "debian"}, OperatingSystem.DEBIAN),
        ("linux", {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, OperatingSystem.DEBIAN),
        ("linux", {"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, OperatingSystem.FEDORA),
        ("linux", {"ID": "alpine"}, OperatingSystem.ALPINE),
        ("linux", {"ID": "manjaro", "ID_LIKE": "arch"}, OperatingSystem.ARCH),
        ("linux", {}, OperatingSystem.OTHER),
        ("darwin", {}, OperatingSystem.MACOS),
        ("win32", {}, OperatingSystem.WINDOWS),
    ],
)
def test_a_system_is_known_by_its_release(platform: str, release: dict[str, str], system: OperatingSystem) -> None:
    assert system_of(platform, release) is system


def test_the_set_up_script_installs_the_packages_that_the_doctor_names() -> None:
    script = (REPOSITORY / ".ci" / "system-packages").read_text(encoding="utf-8")
    for thing in ("pango", "harfbuzz-subset"):
        for system, names in _PACKAGES[thing].items():
            assert all(f"echo {name} ;;" in script for name in names.split()), (thing, system)
            assert names in install_commands(thing, system)[0]


def test_a_workspace_that_cannot_be_read_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "leaflet.toml").write_text('publisher = "Quay\n', encoding="utf-8")
    (part,) = [part for part in examine_machine(this_machine(), tmp_path) if part.name == "leaflet.toml"]
    assert part.state is PartState.BROKEN
    assert part.detail.startswith("leaflet.toml:1")


def test_the_command_prints_the_same_for_people_and_for_programs(tmp_path: Path) -> None:
    shown = run_leaflet("doctor", cwd=tmp_path).stdout
    whole = json.loads(run_leaflet("doctor", "--json", cwd=tmp_path).stdout)
    assert whole["can_build"] is True
    assert "leaflet can build here" in shown
    for part in whole["parts"]:
        assert f"{part['name']}: {part['detail']}" in shown
        assert all(line in shown for line in part["cure"])


def test_without_pango_one_message_leads_to_the_doctor_who_knows_the_package(tmp_path: Path) -> None:
    source = tmp_path / "it.md"
    source.write_text("---\ntitle: It\n---\n\nText.\n", encoding="utf-8")
    built = without_pango("build", "it.md", cwd=tmp_path)
    assert built.returncode == 1
    assert built.stdout == ""
    assert built.stderr.count("\n") == 2
    assert "`leaflet doctor`" in built.stderr
    examined = without_pango("doctor", "--json", cwd=tmp_path)
    assert examined.returncode == 1
    parts = {part["name"]: part for part in json.loads(examined.stdout)["parts"]}
    assert parts["Pango"]["state"] == "missing"
    assert parts["WeasyPrint"]["detail"] == "cannot be loaded without Pango"
