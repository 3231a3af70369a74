"""Every page leaflet writes for the web passes axe, in a real browser, on a phone and on a desk."""

from __future__ import annotations

import html
import importlib.util
import json
import re
import shutil
from pathlib import Path

import pytest
from browser import BROWSER, shown, with_script

from running import run_leaflet

AXE = importlib.util.find_spec("axe_core_python")
REPOSITORY = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.skipif(BROWSER is None, reason="the browser Chromium is not installed"),
    pytest.mark.skipif(AXE is None, reason="the package axe-core-python is not installed"),
]


def violations(page: Path, folder: Path, width: int) -> list[str]:
    """The faults that axe finds in ``page``, one line a rule, in a window ``width`` pixels wide."""
    assert AXE is not None
    assert AXE.origin is not None
    script = (Path(AXE.origin).parent / "axe.min.js").read_text(encoding="utf-8").replace("</script", "<\\/script")
    run = (
        "axe.run(document,{runOnly:['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']}).then(r=>{"
        "const p=document.createElement('pre');p.id='axe-result';"
        "p.textContent=JSON.stringify(r.violations.map(v=>[v.id,v.help,v.nodes.map(n=>n.html)]));"
        "document.body.append(p)})"
    )
    probe = with_script(page, f"{script};{run}", folder / f"probe-{width}.html")
    answer = shown(probe, folder, f"--window-size={width},900")
    found = re.search(r'<pre id="axe-result">(.*?)</pre>', answer, re.DOTALL)
    assert found, "axe did not answer"
    return [f"{rule}: {help_} in {nodes}" for rule, help_, nodes in json.loads(html.unescape(found[1]))]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("sample", ["ms-beta-interferon", "reading-a-map"])
def test_axe_finds_nothing(sample: str, width: int, built: Path, tmp_path: Path) -> None:
    assert violations(built / f"{sample}.html", tmp_path, width) == []


def test_axe_would_find_a_missing_label(tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text("<!doctype html><html><body><main><h1>x</h1><img src='data:,'></main></body></html>")
    assert any("image-alt" in line for line in violations(page, tmp_path, 1280))


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("style", ["clear", "clinic", "editorial"])
def test_axe_finds_nothing_in_the_components(style: str, width: int, tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "source" / "components", tmp_path / "source")
    run_leaflet("build", "source/components.md", "--style", style, "--format", "html", cwd=tmp_path)
    (page,) = tmp_path.rglob("components.html")
    assert violations(page, tmp_path, width) == []
