"""Connections: to hosts that a workspace allows by name, encrypted and bounded, and to programs on this computer."""

from __future__ import annotations

import ssl
from collections.abc import Collection
from contextlib import closing
from http.client import HTTPException, HTTPMessage, HTTPResponse
from time import monotonic
from typing import IO, NoReturn
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import (
    BaseHandler,
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from msgspec import Struct

from leaflet.errors import LeafletError, Location, Problem, UnsafeError

AGENT = "leaflet (reference look-up)"
SECONDS = 30.0
"""For a whole answer."""
LARGEST = 5_000_000
"""In bytes, of an answer, unless the caller expects more."""
MOST_REDIRECTS = 5
PIECE = 65_536
THIS_COMPUTER = "127.0.0.1"
SETTINGS = "leaflet.toml"


class Answer(Struct, frozen=True, kw_only=True):
    """An answer of a server, whole."""

    data: bytes
    address: str
    """The address that answered, after redirects."""
    status: int = 200


class _NoRedirects(HTTPRedirectHandler):
    """A handler that leaves redirects to the caller, who looks at their hosts first."""

    def redirect_request(
        self,
        req: Request,  # noqa: ARG002
        fp: IO[bytes],  # noqa: ARG002
        code: int,  # noqa: ARG002
        msg: str,  # noqa: ARG002
        headers: HTTPMessage,  # noqa: ARG002
        newurl: str,  # noqa: ARG002
    ) -> None:
        """Follow nothing."""
        return


class Fetcher:
    """A way to the hosts that a workspace allows. Nothing else is asked, not even by a redirect."""

    def __init__(
        self, hosts: Collection[str], *, context: ssl.SSLContext | None = None, port: int | None = None
    ) -> None:
        """Allow ``hosts``. A ``context`` with other certificates, and a ``port`` in place of 443, are for tests."""
        self._hosts = frozenset(hosts)
        self._port = port
        self._opener = _opener(HTTPSHandler(context=context or ssl.create_default_context()), ProxyHandler())

    def fetch(self, address: str, *, accept: str, largest: int = LARGEST, seconds: float = SECONDS) -> Answer:
        """Return the answer to a request for ``address`` in one of the types that ``accept`` lists.

        Raises:
            UnsafeError: a host is not allowed, or the address is not encrypted.
            LeafletError: there is no answer, or it is too large, too slow or an error.
        """
        end = monotonic() + seconds
        asked = address
        for _ in range(MOST_REDIRECTS):
            self._check(address, asked)
            request = Request(self._at_port(address), headers={"Accept": accept, "User-Agent": AGENT})  # noqa: S310 - https
            answer, target = _answered(self._opener, request, largest=largest, end=end, shown=address)
            if target is None:
                return answer
            address = urljoin(address, target)
        message = f"{asked} leads from address to address without an end"
        raise LeafletError(Problem(message=message, hint="look at it in a browser"))

    def _check(self, address: str, asked: str) -> None:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
        if parts.scheme != "https" or (parts.port or 443) != 443 or parts.username is not None:
            _refuse_unsafe(f"{address} is not an encrypted address (https) without name and port", "it is not opened")
        if host not in self._hosts:
            way = "" if address == asked else f", where {asked} leads,"
            names = ", ".join(f'"{name}"' for name in sorted({*self._hosts, host}))
            _refuse_unsafe(
                f'the host "{host}"{way} is not allowed by this workspace',
                f"if leaflet may ask it, write [network] with allow = [{names}] in {SETTINGS}",
            )

    def _at_port(self, address: str) -> str:
        if self._port is None:
            return address
        parts = urlsplit(address)
        return parts._replace(netloc=f"{parts.hostname}:{self._port}").geturl()


def ask_this_computer(
    port: int, path: str, *, body: bytes | None = None, largest: int = LARGEST, seconds: float = SECONDS
) -> Answer:
    """Return the answer of a program on this computer, whatever its status; redirects are not followed.

    Raises:
        LeafletError: no program listens there, or its answer is too large or too slow.
    """
    address = f"http://{THIS_COMPUTER}:{port}{path}"
    headers = {"User-Agent": AGENT, **({"Content-Type": "application/json"} if body is not None else {})}
    opener = _opener(HTTPHandler())
    request = Request(address, data=body, headers=headers)
    return _answered(opener, request, largest=largest, end=monotonic() + seconds, shown=address, any_status=True)[0]


def _opener(*handlers: BaseHandler) -> OpenerDirector:
    """Return an opener that knows the schemes of ``handlers`` only: no files, no FTP."""
    opener = OpenerDirector()
    for handler in (*handlers, _NoRedirects(), HTTPDefaultErrorHandler(), HTTPErrorProcessor()):
        opener.add_handler(handler)
    return opener


def _answered(
    opener: OpenerDirector, request: Request, *, largest: int, end: float, shown: str, any_status: bool = False
) -> tuple[Answer, str | None]:
    """Return an answer, or the address that it redirects to."""
    try:
        with closing(opener.open(request, timeout=max(0.1, end - monotonic()))) as found:
            return Answer(data=_read(found, largest, end, shown), address=shown, status=found.status), None
    except HTTPError as error:
        with closing(error):
            if any_status:
                return Answer(data=error.read(PIECE), address=shown, status=error.code), None
            target = error.headers.get("Location")
            if error.code in (301, 302, 303, 307, 308) and target:
                return Answer(data=b"", address=shown, status=error.code), str(target)
            hint = "there may be a mistake in the number" if error.code in (400, 404) else "try again later"
            _refuse(f"{shown} answered with the error {error.code}", hint)
    except TimeoutError:
        _refuse(f"{shown} did not answer in time", "try again later")
    except (URLError, HTTPException, OSError) as error:
        reason = getattr(error, "reason", None) or error
        if isinstance(reason, TimeoutError):
            _refuse(f"{shown} did not answer in time", "try again later")
        _refuse(f"{shown} cannot be reached: {str(reason)[:120]}", "look whether this computer is on line")


def _read(found: HTTPResponse, largest: int, end: float, shown: str) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := found.read1(PIECE):
        size += len(piece)
        if size > largest:
            _refuse(f"{shown} sends more than {largest // 1_000_000} MB", "look whether the address is right")
        if monotonic() > end:
            _refuse(f"{shown} did not answer in time", "try again later")
        pieces.append(piece)
    return b"".join(pieces)


def _refuse(message: str, hint: str) -> NoReturn:
    raise LeafletError(Problem(message=message, hint=hint)) from None


def _refuse_unsafe(message: str, hint: str) -> NoReturn:
    raise UnsafeError(Problem(message=message, location=Location(file=SETTINGS), hint=hint)) from None
