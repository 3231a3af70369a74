"""The reference is complete, and every example in it is read without a complaint."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from documented import REPOSITORY, FencedBlock, fenced_blocks
from leaflet.bibliography import read_bibliography
from leaflet.cli.batch import command as batch_command
from leaflet.design import PanelPart, layout_schema, load_layout, load_panel_plan
from leaflet.design.icons import load_icons
from leaflet.files import SHARED_KEYS, settings_schema
from leaflet.source import open_workspace, read_source
from leaflet.source.key_names import ALIASES, PERSON_ALIASES
from leaflet.source.schema import FrontMatter

REFERENCE = REPOSITORY / "docs" / "reference.md"

FRONT_MATTER = """\
---
title: An example
bibliography: first-leaflet.bib
references:
  - {id: guide2026, type: webpage, title: A guide}
contact: {phone: 01632 960 123}
fields:
  audience: patient
  clinic: {name: Riverside clinic, phone: 01632 960 123}
---

"""
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><title>A square</title><path d="M0 0h8v8z"/></svg>'
)


def _examples(language: str) -> list[FencedBlock]:
    """The examples in a language that show something to write in a source or in ``leaflet.toml``."""
    return [block for block in fenced_blocks(REFERENCE) if block.language == language and "file" not in block.options]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The path of a source in a workspace that holds all files which the examples name."""
    folder = tmp_path / "source"
    (folder / "images").mkdir(parents=True)
    (folder / "images" / "myelin.svg").write_text(PICTURE, encoding="utf-8")
    for name in ("before", "after", "river", "portrait", "fern"):
        Image.new("RGB", (60, 40), "#468").save(folder / "images" / f"{name}.jpg")
    (folder / "visitors.csv").write_text("Day,Visitors\nSunday,412\nMonday,60\n", encoding="utf-8")
    starter = REPOSITORY / "src" / "leaflet" / "starter" / "source" / "first-leaflet.bib"
    (folder / "first-leaflet.bib").write_bytes(starter.read_bytes())
    return folder / "example.md"


def _complaints(source: Path, text: str) -> list[str]:
    source.write_text(text, encoding="utf-8")
    result = read_source(source, open_workspace(source))
    return [str(problem) for problem in result.problems]


@pytest.mark.parametrize("example", _examples("yaml"), ids=str)
def test_front_matter_examples_are_read_as_meant(example: FencedBlock, source: Path) -> None:
    title = "" if "title:" in example.body.splitlines()[0] else "title: An example\n"
    assert _complaints(source, f"---\n{title}{example.body}---\n\nText.\n") == []


@pytest.mark.parametrize("example", _examples("markdown"), ids=str)
def test_body_examples_are_read_as_meant(example: FencedBlock, source: Path) -> None:
    assert _complaints(source, FRONT_MATTER + example.body) == []


@pytest.mark.parametrize("example", _examples("toml"), ids=str)
def test_settings_examples_are_read_as_meant(example: FencedBlock, source: Path) -> None:
    settings = source.parents[1] / "leaflet.toml"
    settings.write_text(example.body, encoding="utf-8")
    assert _complaints(source, "---\ntitle: An example\n---\n\nText.\n") == []
    metadata = read_source(source, open_workspace(source)).document.metadata
    given = tomllib.loads(example.body)
    assert metadata.publisher == given.get("publisher", given.get("organisation", {}).get("name", ""))


@pytest.mark.parametrize("example", _examples("json"), ids=str)
def test_reference_examples_are_read_as_meant(example: FencedBlock, tmp_path: Path) -> None:
    path = tmp_path / "references.json"
    path.write_text(example.body, encoding="utf-8")
    references, problems = read_bibliography(path, name=path.name)
    assert [str(problem) for problem in problems] == []
    assert [reference.id for reference in references] == ["guide2026"]


def test_every_kind_of_example_is_there() -> None:
    assert all(_examples(language) for language in ("yaml", "markdown", "toml", "json"))


KEYS = sorted(str(field.alias) for field in FrontMatter.model_fields.values())


@pytest.mark.parametrize("key", KEYS)
def test_every_key_of_the_front_matter_is_documented(key: str) -> None:
    assert f"\n| `{key}` |" in REFERENCE.read_text(encoding="utf-8")


@pytest.mark.parametrize("key", sorted({*ALIASES, *PERSON_ALIASES, *SHARED_KEYS}))
def test_every_other_name_and_shared_key_is_documented(key: str) -> None:
    assert f"`{key}`" in REFERENCE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(load_icons().shapes))
def test_every_icon_is_documented(name: str) -> None:
    assert f"`{name}`" in REFERENCE.read_text(encoding="utf-8")


def test_the_layout_example_is_a_layout(tmp_path: Path) -> None:
    (example,) = (block for block in fenced_blocks(REFERENCE) if block.options.get("file", "").endswith("layout.toml"))
    path = tmp_path / example.options["file"]
    path.parent.mkdir(parents=True)
    path.write_text(example.body, encoding="utf-8")
    layout = load_layout(path.parent)
    assert [panel.width for panel in layout.panels] == [141, 138, 141, 141, 138, 141]
    assert load_panel_plan(layout).held["flap"] == (PanelPart.AT_A_GLANCE, PanelPart.WRITE_IN)


def _keys(schema: dict[str, Any]) -> set[str]:
    """Return the keys of all tables of a file."""
    return {key for table in (schema, *schema["$defs"].values()) for key in table.get("properties", ())}


@pytest.mark.parametrize("word", sorted({*PanelPart, *_keys(layout_schema()), *_keys(settings_schema())}))
def test_every_word_of_a_layout_and_of_the_settings_is_documented(word: str) -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    assert f"`{word}`" in text or f"`[{word}]`" in text or f"`[[{word}]]`" in text


def test_the_page_on_batches_names_all_options_of_the_command() -> None:
    text = (REPOSITORY / "docs" / "batch.md").read_text(encoding="utf-8")
    names = {
        name for option in batch_command.params for name in (*option.opts, *option.secondary_opts) if name[0] == "-"
    }
    assert {name for name in names if f"`{name}`" not in text and f"`{name} " not in text} == set()
