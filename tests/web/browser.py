"""A real browser, without a window and without a network, that shows what became of a page."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
"""The content security policy of a page, which forbids the scripts that a test puts in."""
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=20000",
    "--dump-dom",
)


def shown(page: Path, folder: Path, *flags: str) -> str:
    """The document as it stands after the page's scripts have run."""
    assert BROWSER is not None
    run = subprocess.run(
        [BROWSER, *FLAGS, *flags, f"--user-data-dir={folder / 'profile'}", page.as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return run.stdout


def with_script(page: Path, script: str, probe: Path) -> Path:
    """A copy of ``page`` as ``probe``, with ``script`` at its end and the policy that would forbid it taken out."""
    text = POLICY.sub("", page.read_text(encoding="utf-8"))
    assert "</body>" in text
    probe.write_text(text.replace("</body>", f"<script>{script}</script></body>"), encoding="utf-8")
    return probe
