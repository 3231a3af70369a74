"""An entry may be cited by any of its aliases, as if its own key had been used (biblatex's ``ids``)."""

from __future__ import annotations

import re
from pathlib import Path

from running import run_leaflet

SOURCE = """---
title: Feet
lang: en-GB
csl: apa
bibliography: feet.bib
nocite: ["@older"]
---

## Why

Feet carry you [@old, p. 4; @other]. So says @moss2001, and[^1] others.

[^1]: See @older.

::: {.note}
- [@old]
:::
"""
BIB = """
@book{moss2001, author = {Moss, Ada}, title = {On feet}, publisher = {Shoe}, date = 2001, ids = {old, older, other}}
@book{other, author = {Lind, Per}, title = {On toes}, publisher = {Shoe}, date = 2002}
"""


def test_aliases_cite_the_one_entry_and_link_to_it(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "feet.md").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "source" / "feet.bib").write_text(BIB, encoding="utf-8")
    shown = run_leaflet("build", "source/feet.md", "--format", "html", cwd=tmp_path)
    assert "never cited" not in shown.stderr
    page = (tmp_path / "output" / "feet.html").read_text(encoding="utf-8")
    plain = re.sub(r"<[^>]+>", "", page)
    assert "(Lind, 2002; Moss, 2001, p.\u00a04)" in plain
    assert plain.count("Moss, A. (2001). On feet. Shoe.") == 1
    assert len(re.findall(r'<li id="ref-moss2001"', page)) == 1
    assert "ref-old" not in page


def test_an_unknown_key_is_still_told(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "feet.md").write_text(SOURCE.replace("@old,", "@oldest,"), encoding="utf-8")
    (tmp_path / "source" / "feet.bib").write_text(BIB, encoding="utf-8")
    shown = run_leaflet("build", "source/feet.md", "--format", "html", cwd=tmp_path, check=False)
    assert '"oldest" is in no bibliography' in shown.stderr
    assert '"old" is' not in shown.stderr
