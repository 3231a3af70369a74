"""Random and damaged inputs of every kind: leaflet refuses them in its own words or reads them, and never breaks."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaflet.batch.data.read_data import DataFile, read_data
from leaflet.bibliography import read_text
from leaflet.citations import style_info
from leaflet.design import load_layout, load_style
from leaflet.errors import LeafletError
from leaflet.files import load_toml, open_workspace
from leaflet.files.svg import read_svg
from leaflet.source import read_source

REPOSITORY = Path(__file__).parents[2]
bounded = settings(max_examples=40, suppress_health_check=list(HealthCheck), derandomize=True)

PIECES = {
    "markdown": "# - > * _ ` ``` ::: {.note} [ ] ( ) [@a] [^1] [^1]: ^[ $ $$ \\frac{ | |-| <td> </td> <!-- {{ a }} ![ ]( \n\n \t a 1. --- : ~ \\".split(
        " "
    ),
    "yaml": "title: authors: - [ ] { } & * ! | > # ' \" : , \n \n\x20 ? --- 1e9 .inf 2001-01-01 null ~ a".split(" "),
    "bib": "@book{ @string{ @comment{ a , = # { } \" \\ title year author and crossref \n % $ ~ --".split(" "),
    "ris": ["TY  - BOOK", "ER  - ", "\n", "TI  - ", "AU  - a, b", "PY  - 2001", "a", "  - ", "\r"],
    "json": ["[", "]", "{", "}", ":", ",", '"id"', '"a"', '"type"', '"book"', "1", "null", "\\ud800", '"issued"', '"date-parts"', "-"],
    "toml": ["[", "]", "[[", "]]", "{", "}", "=", "a", ".", ",", "\n", '"', "'''", "1", "inf", "#", "panel", "sheet", "fold", "2001-01-01"],
    "csl": ["<style>", "</style>", "<macro name='a'>", "</macro>", "<text macro='a'/>", "<group>", "</group>", "<layout>", "</layout>", "<citation>", "</citation>", "<names variable='author'>", "</names>", "<", "&", "a"],
    "svg": ["<g>", "</g>", "<use href='#a'/>", "<g id='a'>", "<rect width='1e99'/>", "<path d='M0 0'/>", "<style>", "</style>", "&a;", "<", ">", "url(#a)", "a"],
    "csv": ["a", "id", ",", ";", "\t", '"', '""', "\n", "\r", "\0", "é", "'"],
}  # fmt: skip


def texts(kind: str) -> st.SearchStrategy[str]:
    """Texts of the pieces of a kind, and any others."""
    anything = st.text(st.characters(codec="utf-8"), max_size=40)
    joined = st.lists(st.sampled_from(PIECES[kind]) | st.text(max_size=3), max_size=60).map(
        lambda parts: (" " if kind in {"markdown", "yaml", "bib"} else "").join(parts)
    )
    repeated = st.tuples(st.sampled_from(PIECES[kind]), st.integers(1, 400)).map(lambda pair: pair[0] * pair[1])
    return (anything | joined | repeated | st.tuples(joined, repeated).map("".join)).map(
        lambda text: text.encode("utf-8", "replace").decode()
    )


def read(folder: Path, text: str) -> None:
    source = folder / "x.md"
    source.write_text(text, encoding="utf-8", newline="")
    with suppress(LeafletError):
        read_source(source, open_workspace(source))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("fuzz")
    for name in ("source", "layouts/mine", "styles/mine"):
        (root / name).mkdir(parents=True)
    return root


@bounded
@given(text=texts("markdown"))
def test_markdown(folder: Path, text: str) -> None:
    read(folder / "source", f"---\ntitle: T\n---\n\n{text}\n")


@bounded
@given(text=texts("yaml"))
def test_front_matter(folder: Path, text: str) -> None:
    read(folder / "source", f"---\n{text}\n---\n\nWords.\n")


@bounded
@given(
    kind=st.sampled_from([("bib", "biblatex"), ("ris", "ris"), ("json", "csl-json"), ("yaml", "csl-yaml")]),
    data=st.data(),
)
def test_references(kind: tuple[str, str], data: st.DataObject) -> None:
    with suppress(LeafletError):
        read_text(data.draw(texts(kind[0])), kind[1], "a")


@bounded
@given(text=texts("csl"))
def test_citation_styles(text: str) -> None:
    with suppress(LeafletError):
        style_info(f'<style xmlns="http://purl.org/net/xbiblio/csl">{text}</style>')


@bounded
@given(text=texts("svg"))
def test_drawings(text: str) -> None:
    for whole in (text, f'<svg xmlns="http://www.w3.org/2000/svg">{text}</svg>'):
        assert all(read_svg(whole.encode())[0])


@bounded
@given(
    text=texts("toml"), end=st.sampled_from(["", (REPOSITORY / "layouts/handout-a4/layout.toml").read_text("utf-8")])
)
def test_toml(folder: Path, text: str, end: str) -> None:
    (folder / "layouts/mine/layout.toml").write_text(f"{text}\n{end}", encoding="utf-8")
    (folder / "styles/mine/style.toml").write_text(text, encoding="utf-8")
    (folder / "styles/mine/style.css").write_text(text, encoding="utf-8")
    for reader in (
        lambda: load_toml(text, name="a"),
        lambda: load_layout(folder / "layouts/mine"),
        lambda: load_style(folder / "styles/mine"),
    ):
        with suppress(LeafletError):
            reader()


@bounded
@given(kind=st.sampled_from(["csv", "tsv", "json", "jsonl", "yaml"]), data=st.data())
def test_data(folder: Path, kind: str, data: st.DataObject) -> None:
    path = folder / f"a.{kind}"
    text = data.draw(texts({"jsonl": "json", "tsv": "csv"}.get(kind, kind)))
    path.write_text(text, encoding="utf-8", newline="")
    with suppress(LeafletError):
        read_data(DataFile(path=path, name=path.name))
