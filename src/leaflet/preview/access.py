"""Access to the preview: who may ask for what, checked before anything else looks at a request."""

from __future__ import annotations

import base64
import secrets
from urllib.parse import urlsplit

from msgspec import Struct
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from leaflet.preview.credentials import Credentials

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' blob: data:; "
    "connect-src 'self'; font-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""The Content-Security-Policy of the preview's own pages."""
LEAFLET_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
"""The policy of a leaflet's web page: it runs no script at all and asks no server for anything."""
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=()"),
)
LARGEST_BODY = 30_000_000
"""In bytes: a picture that is dropped onto the page."""


class Guard(Struct, frozen=True, kw_only=True):
    """The application behind checks of host, origin, method, token and size, and with headers that browsers obey."""

    app: ASGIApp
    credentials: Credentials

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or refuse it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return

        async def guarded_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                known = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(pair for pair in HEADERS if pair[0] not in known)]
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, guarded_send)
            return
        prefix = f"/{self.credentials.token}"
        inner = {**scope, "path": scope["path"][len(prefix) :] or "/", "root_path": ""}
        inner["raw_path"] = inner["path"].encode()
        await self.app(inner, receive, guarded_send)

    def _refusal(self, scope: Scope) -> Response | None:
        """Return why a request is not served; None where it is."""
        headers = Headers(scope=scope)
        if headers.get("host", "").lower() not in self.credentials.hosts:
            return PlainTextResponse("this address is not the preview's", 421)
        if not self._is_own_origin(headers, scope):
            return PlainTextResponse("a page from elsewhere asks; it gets nothing", 403)
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return PlainTextResponse("this method is not served", 405, {"allow": "GET, HEAD, POST"})
        first = scope["path"].removeprefix("/").partition("/")[0]
        if not secrets.compare_digest(first.encode(), self.credentials.token.encode()):
            return PlainTextResponse("open the address that leaflet preview printed", 403)
        if not self._has_password(headers):
            return PlainTextResponse("a password is needed", 401, {"www-authenticate": 'Basic realm="leaflet preview"'})
        length = headers.get("content-length", "0")
        if scope["method"] == "POST" and (not length.isdecimal() or int(length) > LARGEST_BODY):
            return PlainTextResponse("this is too large", 413)
        return None

    def _is_own_origin(self, headers: Headers, scope: Scope) -> bool:
        """Return whether a page of this server asks, or the user does by an address.

        A page from elsewhere can make a browser send a request; the browser says so in one of these headers.
        """
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin is not None and urlsplit(origin).netloc.lower() not in self.credentials.hosts:
            return False
        if scope["method"] == "POST":
            return origin is not None and "chunked" not in headers.get("transfer-encoding", "")
        if site in (None, "same-origin", "none"):
            return True
        return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"

    def _has_password(self, headers: Headers) -> bool:
        if not self.credentials.password:
            return True
        given = headers.get("authorization", "").removeprefix("Basic ")
        try:
            password = base64.b64decode(given, validate=True).partition(b":")[2]
        except ValueError:
            return False
        return secrets.compare_digest(password, self.credentials.password.encode())
