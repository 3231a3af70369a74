"""The fields that a source uses: every way of naming one counts, whatever its conditions decide."""

from __future__ import annotations

from pathlib import Path

from leaflet.source import condition, open_workspace, understand

SOURCE = """\
---
title: For {{ place.title }}
contact: {phone: "{{ place.phone }}"}
fields:
  place: {title: A, phone: "01", map: b, site: c, count: "4", alt: d, unused: e}
  audience: carer
---

## One

Text {{ place.word }} and a [link](https://example.org/{{ place.site }}).

![Map](maps/{{ place.map }}.svg){alt="A map of {{ place.alt }}"}

::: {.statistic number="{{ place.count }}"}
of ten
:::

::: {when="audience == 'carer' and not (place.closed or extra in ('a', 'b'))"}
Hidden {{ place.hidden }}.
:::
"""


def test_fields_are_found_in_text_addresses_attributes_conditions_and_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "source" / "a.md"
    path.parent.mkdir()
    path.write_text(SOURCE, encoding="utf-8")
    (tmp_path / "leaflet.toml").write_text('publisher = "{{ place.publisher }}"\n', encoding="utf-8")
    given = {"place.word": "w", "place.closed": "", "extra": "a", "place.hidden": "h", "notes": "n"}
    result = understand(path, open_workspace(path), fields=given)
    names = "title phone word site alt map count closed hidden publisher".split()
    assert result.used_fields == {*(f"place.{name}" for name in names), "audience", "extra"}
    assert result.pictures_with_fields == ("maps/{{ place.map }}.svg",)
    assert set(result.declared_fields) == {
        f"place.{key}" for key in "title phone map site count alt unused".split()
    } | {"audience"}
    assert [problem.message.split('"')[1] for problem in result.undeclared] == list(given)


def test_a_condition_names_whole_fields_and_a_broken_one_names_none() -> None:
    assert condition.names("a.b == 'x' and c in d.e") == {"a.b", "c", "d.e"}
    assert condition.names("a = b") == frozenset()
