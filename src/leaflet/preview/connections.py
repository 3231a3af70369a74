"""Connections to the preview: how many there may be, and how long one may stay silent."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

MOST = 200
"""A few tabs need a few dozen."""
SILENCE = 10.0
"""Seconds within which a new connection must have asked for something."""


class PatientProtocol(H11Protocol):
    """HTTP for a server that nobody can block by opening connections and saying nothing."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, unless there are too many."""
        if len(self.connections) >= MOST and not self._end_a_silent_one():
            transport.abort()
            return
        super().connection_made(transport)
        self.loop.call_later(SILENCE, self._end_silence)

    def connection_lost(self, exc: Exception | None) -> None:
        """Let a connection go, also one that was never taken."""
        if getattr(self, "transport", None) is not None:
            super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read what came, unless the connection was never taken."""
        if getattr(self, "transport", None) is not None:
            super().data_received(data)

    def _end_silence(self) -> None:
        if self.cycle is None and not self.transport.is_closing():
            self.transport.abort()

    def _end_a_silent_one(self) -> bool:
        """End a connection that has asked for nothing yet, and return whether there was one."""
        for other in self.connections:
            if isinstance(other, PatientProtocol) and other.cycle is None:
                self.connections.discard(other)
                other.transport.abort()
                return True
        return False
