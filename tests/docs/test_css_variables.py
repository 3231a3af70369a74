"""The page of CSS variables is what the CSS says, and names every variable that any CSS uses."""

from __future__ import annotations

import sys

import pytest

from documented import REPOSITORY

sys.path.insert(0, str(REPOSITORY / "docs" / "tools"))

import css_variables


def test_the_page_is_made_from_the_css() -> None:
    assert (REPOSITORY / "docs" / "css-variables.md").read_text(encoding="utf-8") == css_variables.page()


@pytest.mark.parametrize("name", sorted(css_variables.used_names()))
def test_every_variable_that_css_uses_is_documented(name: str) -> None:
    assert name in css_variables.variables()
