"""Bundle CodeMirror into one file of the preview, with the licences of all that is in it.

Needs Node.js with npm. The versions are in package.json; the same versions give the same bytes.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
STATIC = HERE.parents[2] / "src" / "leaflet" / "preview" / "static"
BUNDLE = STATIC / "codemirror.js"
LICENCES = STATIC / "codemirror-licences.txt"


def main() -> None:
    """Install the packages into a folder of their own, and write the bundle."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in ("package.json", "entry.js"):
            shutil.copy(HERE / file, folder / file)
        npm = shutil.which("npm") or "npm"
        subprocess.run([npm, "install", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True)
        esbuild = folder / "node_modules" / ".bin" / "esbuild"
        options = ["--bundle", "--format=esm", "--minify", "--target=es2022", "--legal-comments=none"]
        made = subprocess.run([esbuild, "entry.js", *options], cwd=folder, check=True, capture_output=True)
        BUNDLE.write_bytes(b"// CodeMirror and what it needs; licences in codemirror-licences.txt\n" + made.stdout)
        LICENCES.write_text(licences(folder / "node_modules"), encoding="utf-8")


def licences(folder: Path) -> str:
    """Return the licences of all packages but the bundler, each once with the packages that are under it."""
    texts: dict[str, list[str]] = {}
    for file in sorted((*folder.glob("*/LICENSE"), *folder.glob("@*/*/LICENSE"))):
        package = file.parent.relative_to(folder).as_posix()
        if "esbuild" not in package:
            texts.setdefault(file.read_text(encoding="utf-8").strip(), []).append(package)
    return "\n\n\n".join(f"{', '.join(packages)}\n\n{text}" for text, packages in texts.items()) + "\n"


if __name__ == "__main__":
    main()
