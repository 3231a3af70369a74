"""Font files of a leaflet, and a private fontconfig file that names the bundled families and nothing else.

Every machine then gives the same pages, and a character without a glyph is noticed instead of being taken from
whatever font a system happens to have.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape

from leaflet.errors import LeafletError, Problem, UnsafeError
from leaflet.files import SWITCH, OverwritePolicy, own_folder, read_file, write_together
from leaflet.files import cache_folder as user_cache_folder
from leaflet.model.font_packages import EXTRAS, FONT_PACKAGES, Extra
from leaflet.model.typefaces import OwnTypeface, css_name

WORKSPACE_ROOT = "file:///leaflet-workspace/"
"""The made-up root of addresses in a workspace."""

FONT_SCHEME = "leaflet-font:"
"""Addresses of the bundled font files: the scheme, a package and a file name; no path of this machine."""

GENERIC_FAMILIES = {
    "sans-serif": "Source Sans 3",
    "serif": "Source Serif 4",
    "monospace": "Source Code Pro",
    "system-ui": "Source Sans 3",
}


def font_folders() -> tuple[Path, ...]:
    """Return the folders that hold the bundled font files.

    Raises:
        LeafletError: a font package is not installed.
    """
    folders, problems = [], []
    for package, family in FONT_PACKAGES.items():
        home = _home(package)
        if home is None:
            name = package.replace("_", "-")
            problems.append(
                Problem(
                    message=f'the font family "{family}" is not installed',
                    hint=f"install leaflet again, or add the package {name}",
                )
            )
            continue
        folders.append(home / "files")
    if problems:
        raise LeafletError(problems)
    return (*folders, *dict.fromkeys(path.parent for path in _extra_files()))


def extra_for(character: str) -> Extra | None:
    """Return the extra that is not installed and has ``character``, or None."""
    return next((e for e in EXTRAS if e.first <= ord(character) <= e.last and _home(e.package) is None), None)


def extra_characters(characters: Iterable[int]) -> tuple[str, ...]:
    """Return the families of installed extras to whose scripts some of ``characters`` belong."""
    used = sorted(characters)
    return tuple(
        extra.family
        for extra in EXTRAS
        if _home(extra.package) and any(extra.first <= character <= extra.last for character in used)
    )


def _home(package: str) -> Path | None:
    spec = find_spec(package)
    return Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else None


def _extra_files() -> dict[Path, str]:
    """Return the font files of the extras that are installed, with their families."""
    homes = ((extra, _home(extra.package)) for extra in EXTRAS)
    return {path: extra.family for extra, home in homes if home for path in sorted(home.glob(extra.files))}


def font_addresses() -> dict[str, Path]:
    """Return every bundled file by its ``leaflet-font:`` address."""
    return {_address(path): path for path in bundled_files()}


def font_file(address: str) -> Path | None:
    """Return the bundled file behind a ``leaflet-font:`` address, or None."""
    return font_addresses().get(address)


def font_css() -> str:
    """Return ``@font-face`` rules for every bundled face.

    A variable font gets one rule without a weight, which serves all its weights (WeasyPrint drops ranges).
    """
    rules = []
    for path, family in bundled_files().items():
        style = "italic" if "Italic" in path.name else "normal"
        weight = "" if "[" in path.name else f" font-weight: {700 if 'Bold' in path.name else 400};"
        rules.append(
            f'@font-face {{ font-family: "{family}"; font-style: {style};{weight} src: url("{_address(path)}") }}'
        )
    return "\n".join(rules)


def own_font_css(typefaces: Iterable[OwnTypeface]) -> str:
    """Return ``@font-face`` rules for families of the workspace."""
    return "\n".join(
        f"@font-face {{ font-family: {css_name(one.family)}; font-style: {'italic' if file.italic else 'normal'};"
        f"{'' if file.variable else f' font-weight: {file.weight};'} "
        f'src: url("{WORKSPACE_ROOT}{quote(file.path)}") }}'
        for one in typefaces
        for file in one.files
    )


def bundled_files() -> dict[Path, str]:
    """Return every font file with its family, the bundled ones first."""
    extra = _extra_files()
    homes = [folder for folder in font_folders() if folder not in {path.parent for path in extra}]
    bundled = {path: FONT_PACKAGES[folder.parent.name] for folder in homes for path in sorted(folder.glob("*.ttf"))}
    return {**bundled, **extra}


def _address(path: Path) -> str:
    package = path.parent.parent if path.parent.name == "files" else path.parent
    return f"{FONT_SCHEME}{package.name}/{quote(path.name)}"


def fontconfig_xml(folders: tuple[Path, ...], cache: Path) -> str:
    """Return the text of a fontconfig file that names ``folders`` only, and ``cache`` for what fontconfig reads of them."""
    lines = ['<?xml version="1.0"?>', '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">', "<fontconfig>"]
    lines += [f"  <dir>{escape(str(folder))}</dir>" for folder in folders]
    lines += _hidden(folders)
    lines += [
        f"  <alias><family>{generic}</family><prefer><family>{family}</family></prefer></alias>"
        for generic, family in GENERIC_FAMILIES.items()
    ]
    # Pango looks generic families up in the program's own configuration, which may be another: the fonts answer to them.
    lines += [
        '  <match target="scan">'
        f'<test name="family" compare="eq"><string>{family}</string></test>'
        f'<edit name="family" mode="append_last"><string>{generic}</string></edit></match>'
        for generic, family in GENERIC_FAMILIES.items()
    ]
    # Fontconfig's reading of the fonts depends on these rules, and its cache does not know of them.
    rules = sha256("\n".join(lines).encode()).hexdigest()[:12]
    lines += [f"  <cachedir>{escape(str(cache / rules))}</cachedir>", "</fontconfig>", ""]
    return "\n".join(lines)


def _hidden(folders: tuple[Path, ...]) -> list[str]:
    """Return the rules that hide the other families of packages with several."""
    homes = [(extra, home) for extra in EXTRAS if extra.hides_others and (home := _home(extra.package)) in folders]
    rejected = [f"<glob>{escape(str(home))}/*</glob>" for home in dict.fromkeys(home for _, home in homes)]
    accepted = [f"<glob>{escape(str(home))}/{extra.files}</glob>" for extra, home in homes]
    if not homes:
        return []
    rules = f"<rejectfont>{''.join(rejected)}</rejectfont><acceptfont>{''.join(accepted)}</acceptfont>"
    return [f"  <selectfont>{rules}</selectfont>"]


def cache_folder() -> Path:
    """Return the folder for fontconfig's own cache, so that only the very first build scans the fonts.

    It is one in which nobody else can put a file, since fontconfig believes what is there.
    """
    base = user_cache_folder({name: value for name, value in os.environ.items() if name != SWITCH})
    if base is not None:
        with suppress(OSError):
            return own_folder(base / "fonts")
    return Path(tempfile.mkdtemp(prefix="leaflet-fonts-"))


def fontconfig_file(cache: Path) -> Path:
    """Write the private fontconfig file into ``cache`` and return its path; several builds may do so at once."""
    text = fontconfig_xml(font_folders(), cache).encode()
    target = cache / f"fonts-{sha256(text).hexdigest()[:12]}.conf"
    if not _holds(target, text):
        write_together(cache, {target.name: text}, OverwritePolicy(own_folder=cache))
    return target


def _holds(file: Path, data: bytes) -> bool:
    try:
        return read_file(file, inside=(file.parent,)) == data
    except (OSError, UnsafeError):
        return False


@contextmanager
def private_fontconfig() -> Iterator[None]:
    """Let a font configuration that is loaded within see the bundled families only."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(fontconfig_file(cache_folder()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


def font_digest(content: bytes) -> str:
    """Return the digest by which a font file is known."""
    return sha256(content).hexdigest()
