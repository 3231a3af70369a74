"""A class that nothing sets apart is named, with what there is in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from files.commands import leaflet

HEAD = "---\ntitle: Soap\nlayout: mine\n---\n\n## Wash\n\n"


def said(folder: Path, body: str, css: str = "") -> str:
    for name, text in {
        "source/soap.md": HEAD + body,
        "layouts/mine/layout.toml": 'based-on = "flyer-a5"\n',
        "layouts/mine/layout.css": css,
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    ran = leaflet(folder, "build", "source/soap.md", "--format", "html", "--force")
    assert ran.code == 0, ran.err
    return ran.err


@pytest.mark.parametrize(("name", "instead"), [("box", "sidebar"), ("sidebr", "sidebar"), ("tearoff", "tear-off")])
def test_it_is_named_with_its_line(name: str, instead: str, tmp_path: Path) -> None:
    err = said(tmp_path, f"::: {name}\nDry them.\n:::\n")
    assert f'source/soap.md:8:1: warning: nothing sets apart what has the class "{name}"' in err
    assert f'write "{instead}"' in err


@pytest.mark.parametrize("body", ["::: sidebar\nDry.\n:::\n", "::: two\nDry.\n:::\n", "::: {.tab-set}\nDry.\n:::\n"])
def test_classes_of_leaflet_and_of_other_programs_are_known(body: str, tmp_path: Path) -> None:
    assert said(tmp_path, body) == ""


def test_a_class_of_the_layouts_own_css_is_known(tmp_path: Path) -> None:
    assert said(tmp_path, "::: recipe\nDry.\n:::\n", ".recipe > p { color: #123456 }\n") == ""
