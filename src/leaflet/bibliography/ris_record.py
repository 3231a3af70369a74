"""Record of an RIS file, with its tags in their order."""

from __future__ import annotations

from msgspec import Struct, field


class Record(Struct, kw_only=True):
    """One record: the line it begins at, the type that ``TY`` names, and its tags with their values."""

    line: int
    kind: str
    values: list[tuple[str, str]] = field(default_factory=list)

    def all(self, tag: str) -> list[str]:
        """Return every value of ``tag`` that is not empty."""
        return [value for name, value in self.values if name == tag and value]

    def first(self, *tags: str) -> str:
        """Return the first value of the first of ``tags`` that has one."""
        return next((value for tag in tags for value in self.all(tag)), "")
