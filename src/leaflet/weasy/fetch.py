"""URL fetcher for a build: files inside the workspace, bundled fonts and ``data:``; nothing else, ever.

WeasyPrint logs a failed fetch and goes on. This fetcher records each refusal, so that the build can fail with all of them.
Addresses use a made-up root instead of real paths, so that a PDF that holds an address is the same everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from leaflet.errors import UnsafeError
from leaflet.files import (
    DrawingError,
    Invalid,
    TooLargePictureError,
    check_pixels,
    picture_data,
    read_file,
    read_picture_file,
)
from leaflet.model.picture import PictureKind
from leaflet.model.workspace import Workspace
from leaflet.weasy.engine import weasyprint  # noqa: F401  (says so where WeasyPrint cannot be loaded)
from leaflet.weasy.fonts import FONT_SCHEME, WORKSPACE_ROOT, font_file

from weasyprint.urls import URLFetcher, URLFetcherResponse  # isort: skip

SHIPPED_ROOT = "file:///leaflet-shipped/"

LARGEST_FILE = 64 * 2**20
LARGEST_DATA = 16 * 2**20
LONGEST_SHOWN = 120

OUTSIDE = "it lies outside the workspace"
UNSAFE = "an image, style or font may only come from a file in the workspace"


class RefusedError(ValueError):
    """An address that may not be opened."""


class MissingError(ValueError):
    """A file that may be opened, but cannot be read."""


class WorkspaceFetcher(URLFetcher):  # type: ignore[misc]
    """Fetcher of one workspace, which records what it refused and what it did not find."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(allowed_protocols=("file", "data"), allow_redirects=False)
        self._workspace = workspace
        self._roots = {WORKSPACE_ROOT: workspace.root, SHIPPED_ROOT: workspace.shipped}
        self.refused: dict[str, str] = {}
        """Why each address was refused."""
        self.missing: dict[str, str] = {}
        """Why each allowed address could not be read."""
        self.opened: dict[str, tuple[Path, int, int]] = {}
        """The file behind each address that was served, with its time and size."""

    def again(self) -> WorkspaceFetcher:
        """Return a fetcher of the same workspace with nothing recorded."""
        return WorkspaceFetcher(self._workspace)

    def still_serves(self, opened: Mapping[str, tuple[Path, int, int]]) -> bool:
        """Return whether this workspace has the files in ``opened``, unchanged."""
        try:
            return all((path := self._path(url), *_mark(path)) == file for url, file in opened.items())
        except (OSError, RefusedError, MissingError):
            return False

    def address(self, folder: Path) -> str:
        """Return the address of ``folder`` in a document."""
        real = folder.resolve()
        for prefix, root in self._roots.items():
            if real.is_relative_to(root):
                path = real.relative_to(root).as_posix()
                return prefix if path == "." else prefix + quote(path) + "/"
        raise UnsafeError(f'the folder "{folder.name}" lies outside the workspace')

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
        """Return the content of ``url``; WeasyPrint calls this and may pass HTTP headers."""
        try:
            if url.startswith(FONT_SCHEME) and (font := font_file(url)):
                return URLFetcherResponse(url, read_file(font, inside=(font.parent,)), {"Content-Type": "font/ttf"})
            return self._data(url) if url[:5].lower() == "data:" else self._file(url)
        except RefusedError as error:
            self.refused[url] = str(error)
            raise
        except MissingError as error:
            self.missing[url] = str(error)
            raise

    def _data(self, url: str) -> URLFetcherResponse:
        if len(url) > LARGEST_DATA:
            raise RefusedError(f"a data: address may be at most {LARGEST_DATA // 2**20} MiB long")
        try:
            response = super().fetch(url)
        except ValueError as error:
            raise MissingError("it is not a well-formed data: address") from error
        body = response.read()
        _refuse_bombs(body)
        return URLFetcherResponse("data:", body, {"Content-Type": response.headers["Content-Type"] or "text/plain"})

    def _file(self, url: str) -> URLFetcherResponse:
        path = self._path(url)
        try:
            if not path.is_file():
                raise MissingError("there is no such file")
            if path.stat().st_size > LARGEST_FILE:
                raise RefusedError(f"a file may be at most {LARGEST_FILE // 2**20} MiB large")
            self.opened[url] = (path, *_mark(path))
            body, kind = self._content(path)
        except UnsafeError as error:
            raise RefusedError(OUTSIDE) from error
        except TooLargePictureError as error:
            raise RefusedError(f"it {error.message}") from error
        except Invalid as error:
            raise MissingError(f"it {error.message}") from error
        except DrawingError as error:
            raise RefusedError(f"it {error}") from error
        except OSError as error:
            raise MissingError(error.strerror or "it cannot be opened") from error
        # An image gets no file address: WeasyPrint would open the path a second time, past this check.
        answer = url if kind == "text/css" else "leaflet:file"
        return URLFetcherResponse(answer, body, {"Content-Type": kind})

    def _content(self, path: Path) -> tuple[bytes, str]:
        """Return the content of a file and its media type; a picture is what its suffix says, and whole."""
        if PictureKind.of_suffix(path.suffix) is not None:
            picture = read_picture_file(path, self._workspace)
            return picture_data(picture, self._workspace), picture.kind.media_type
        body = read_file(path, inside=self._workspace.roots, largest=LARGEST_FILE)
        _refuse_bombs(body)
        return body, "text/css" if path.suffix.lower() == ".css" else "application/octet-stream"

    def _path(self, url: str) -> Path:
        """Return the real file behind ``url``, symlinks followed."""
        prefix = next((prefix for prefix in self._roots if url.startswith(prefix)), None)
        if prefix is None:
            raise RefusedError(OUTSIDE if urlsplit(url).scheme.lower() == "file" else UNSAFE)
        name = unquote(urlsplit(url.removeprefix(prefix)).path)
        try:
            path = (self._roots[prefix] / name.lstrip("/")).resolve()
        except (OSError, RuntimeError, ValueError) as error:
            raise MissingError("it is not a path") from error
        if not self._workspace.allows(path):
            raise RefusedError(OUTSIDE)
        return path


def shown_address(url: str) -> str:
    """Return ``url`` about as an author wrote it: without the made-up root, and not too long."""
    text = unquote(url) if url.startswith("file:") else url
    text = text.removeprefix(WORKSPACE_ROOT).removeprefix(SHIPPED_ROOT)
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


def _mark(path: Path) -> tuple[int, int]:
    """Return the facts by which a change of a file is noticed."""
    known = path.stat()
    return known.st_mtime_ns, known.st_size


def _refuse_bombs(body: bytes) -> None:
    """Refuse small files that grow without end, or read other files, when they are opened."""
    if body[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        if b"<!ENTITY" in body:
            raise RefusedError("XML that declares entities is not read")
        return
    try:
        check_pixels(body)
    except TooLargePictureError as error:
        raise RefusedError(f"it {error.message}") from error
