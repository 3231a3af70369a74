"""The copy buttons of "Cite this leaflet": there with scripts, absent without, and in the reach of a keyboard."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from browser import BROWSER, shown, with_script

pytestmark = pytest.mark.skipif(BROWSER is None, reason="the browser Chromium is not installed")

BUTTON = re.compile(r'<button class="copy"[^>]*>')
PROBE = """
const said = [], buttons = [...document.querySelectorAll("button.copy")];
for (const button of buttons) {
  button.focus();
  said.push([document.activeElement === button, button.textContent, button.tabIndex]);
}
buttons[1].click();
setTimeout(() => {
  const answer = document.createElement("pre");
  answer.id = "answer";
  const words = document.getElementById("copied").textContent, chosen = String(getSelection());
  answer.textContent = JSON.stringify({ said, words, chosen });
  document.body.append(answer);
}, 500);
"""


def test_the_pages_own_policy_lets_its_script_show_the_buttons(built: Path, tmp_path: Path) -> None:
    buttons = BUTTON.findall(shown(built / "ms-beta-interferon.html", tmp_path))
    assert len(buttons) == 4
    assert not any(" hidden" in button for button in buttons)


def test_without_scripts_there_are_no_buttons(built: Path, tmp_path: Path) -> None:
    text = (built / "ms-beta-interferon.html").read_text(encoding="utf-8")
    page = tmp_path / "no-scripts.html"
    page.write_text(re.sub(r"script-src \S+", "script-src 'none';", text), encoding="utf-8")
    buttons = BUTTON.findall(shown(page, tmp_path))
    assert len(buttons) == 4
    assert all(" hidden" in button for button in buttons)


def test_a_keyboard_reaches_every_button_and_hears_what_happened(built: Path, tmp_path: Path) -> None:
    probe = with_script(built / "ms-beta-interferon.html", PROBE, tmp_path / "probe.html")
    found = re.search(r'<pre id="answer">(.*?)</pre>', shown(probe, tmp_path), re.DOTALL)
    assert found, "the page did not answer"
    answer = json.loads(found[1].replace("&amp;", "&"))
    assert answer["said"] == [[True, f"Copy {style}", 0] for style in ("APA", "MLA", "Chicago", "Harvard")]
    # A browser without a clipboard selects the line instead, and says so.
    copied, selected = answer["words"] == "Copied: MLA", answer["words"].startswith("Selected.")
    assert copied or (selected and answer["chosen"].startswith("Cole, Amara."))
