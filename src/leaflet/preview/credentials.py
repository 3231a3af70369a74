"""Secrets of a preview that a request must know, and names by which its server may be called."""

from __future__ import annotations

import secrets

from msgspec import Struct

LOCAL = ("127.0.0.1", "localhost", "[::1]")


class Credentials(Struct, frozen=True, kw_only=True):
    """Secrets that a request must know, and names by which the server may be called."""

    token: str
    hosts: frozenset[str]
    password: str = ""
    """Wanted beside the token where others than this machine can reach the server; empty where they cannot."""

    @classmethod
    def new(cls, port: int, host: str = "") -> Credentials:
        """Return new ones for a server at ``port``, which ``host`` makes reachable for others."""
        names = (*LOCAL, host) if host else LOCAL
        hosts = frozenset(f"{name}:{port}" for name in names)
        return cls(token=secrets.token_urlsafe(24), hosts=hosts, password=secrets.token_urlsafe(9) if host else "")
