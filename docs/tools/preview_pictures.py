"""Draw the pictures of the preview's views for docs/preview.md, in the system's Chromium.

python docs/tools/preview_pictures.py
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from shutil import copytree, which

from PIL import Image
from playwright.sync_api import Page, sync_playwright

REPOSITORY = Path(__file__).parents[2]
FOLDER = REPOSITORY / "docs" / "preview"
VIEWS = {
    "panels": "panels",
    "sheet": "sheet",
    "fold": "fold",
    "web": "web-page",
    "reading": "read-aloud",
    "files": "files",
}
SIZE = {"width": 1360, "height": 850}
LONG = 120_000


def main() -> None:
    """Run the preview on a copy of the samples and draw each view."""
    FOLDER.mkdir(exist_ok=True)
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src"), "SOURCE_DATE_EPOCH": "1782000000"}
    with tempfile.TemporaryDirectory() as name:
        workspace = Path(name) / "workspace"
        for kind in ("source", "layouts", "styles"):
            copytree(REPOSITORY / kind, workspace / kind)
        command = [sys.executable, "-m", "leaflet", "preview", "source/ms-beta-interferon.md", "--no-open"]
        with subprocess.Popen(command, cwd=workspace, env=environment, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            try:
                draw(process.stdout.readline().strip())
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(30)


def draw(address: str) -> None:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=SIZE)
        page.goto(address)
        page.wait_for_selector("html[data-depth=full]", state="attached", timeout=LONG)
        for view, name in VIEWS.items():
            page.evaluate("view => { location.hash = view }", view)
            shoot(page, name)
        page.evaluate("location.hash = 'panels'")
        page.click("#try-button")
        shoot(page, "try-out")
        page.click("#try-button")
        page.click("#see-button")
        page.get_by_role("button", name="Safe margin").click()
        page.get_by_role("button", name="No green").click()
        shoot(page, "see-it-as")
        page.get_by_role("button", name="Safe margin").click()
        page.get_by_role("button", name="As it is").click()
        page.click("#see-button")
        page.click("#write-button")
        page.wait_for_selector(".cm-content", timeout=LONG)
        page.locator('.page[data-page="2"] .block').nth(2).click(timeout=LONG)
        shoot(page, "writing")
        page.get_by_role("button", name="Details").click()
        shoot(page, "details")
        page.emulate_media(color_scheme="dark")
        shoot(page, "dark")
        page.emulate_media(color_scheme="light")
        page.goto(f"{address}compare?source=source/ms-beta-interferon.md&style=editorial")
        for side in ("Left", "Right"):
            page.frame_locator(f"iframe[title={side}]").locator(".panels .page[data-key]").first.wait_for(timeout=LONG)
        shoot(page, "side-by-side")
        page.goto(f"{address}?all")
        page.locator(".cover img").nth(7).wait_for(timeout=LONG)
        shoot(page, "leaflets")
        browser.close()


def shoot(page: Page, name: str) -> None:
    page.wait_for_timeout(2_500)
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(192, method=Image.Quantize.MEDIANCUT).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
