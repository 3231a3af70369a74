"""Links within the documentation: the page and the heading that each names are there, and the site has all pages."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from documented import REPOSITORY

DOCS = REPOSITORY / "docs"
PAGES = [*sorted(REPOSITORY.glob("*.md")), *sorted(DOCS.rglob("*.md"))]
NOT_PROSE = re.compile(r"^ *(`{3,}).*?^ *\1 *$|`[^`\n]*`", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} (.+?)\s*(?:\{#([\w-]+)\})?$", re.MULTILINE)


@cache
def anchors(page: Path) -> frozenset[str]:
    """Return the names of the headings of a page, as GitHub makes them."""
    text = re.sub(r"^ *(`{3,}).*?^ *\1 *$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    names: list[str] = []
    for words, given in HEADING.findall(text):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", words).replace("`", "")
        name = given or re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")
        names.append(name if name not in names else f"{name}-{names.count(name)}")
    return frozenset(names)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(REPOSITORY).as_posix())
def test_each_link_within_the_documentation_leads_somewhere(page: Path) -> None:
    wrong = []
    for target in LINK.findall(NOT_PROSE.sub("", page.read_text(encoding="utf-8"))):
        path, _, place = target.partition("#")
        if ":" in path:
            continue
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (place and file.suffix == ".md" and place not in anchors(file)):
            wrong.append(target)
    assert wrong == []


def test_the_site_lists_all_pages() -> None:
    text = (DOCS / "site" / "mkdocs.yml").read_text(encoding="utf-8")
    listed = set(re.findall(r": ([\w/-]+\.md)$", text, re.IGNORECASE | re.MULTILINE))
    pages = {page.relative_to(DOCS).as_posix() for page in DOCS.glob("*.md")}
    assert pages - listed == set()
    assert listed - pages == {
        *("index.md", "changelog.md", "contributing.md", "security.md"),
        *("conformance/README.md", "starter-pictures.md"),
    }


def test_the_number_of_layouts_in_the_readme_is_theirs() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    (said,) = re.findall(r"\| (\d+) layouts, any PDF \|", readme)
    assert int(said) == len(list((REPOSITORY / "layouts").glob("*/layout.toml")))


def test_the_starters_are_in_their_page() -> None:
    page = (DOCS / "starters.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| [^|]+ \| `([\w-]+)` \|", page, re.MULTILINE))
    starters = REPOSITORY / "src" / "leaflet" / "starter"
    layouts = {
        source.parent.name: re.search(r"^layout: (.+)$", source.read_text(encoding="utf-8"), re.MULTILINE)[1]  # type: ignore[index]
        for source in starters.glob("*/en.md")
    }
    assert rows == layouts


def test_the_container_has_what_the_doctor_names() -> None:
    folder = REPOSITORY / ".devcontainer"
    dockerfile = (folder / "Dockerfile").read_text(encoding="utf-8")
    settings = YAML(typ="safe").load(folder / "devcontainer.json")
    assert f"AS {settings['build']['target']}\n" in dockerfile
    (install,) = [line for line in (DOCS / "install.md").read_text().splitlines() if line.startswith("| Debian")]
    packages = re.findall(r"\blib\S+?\b(?=[ `])", install)
    assert len(packages) == 3
    assert all(f" {package} " in dockerfile.replace("\\", " ") for package in packages)
    copied = [word for line in re.findall(r"^COPY (.+) /src", dockerfile, re.MULTILINE) for word in line.split()]
    assert copied
    assert all((REPOSITORY / name).exists() for name in copied)
    ignored = (folder / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
    assert {name.rstrip("/") for name in copied} == {name[1:] for name in ignored if name.startswith("!")}
