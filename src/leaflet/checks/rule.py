"""A rule: code, weight, packs, the function that looks, and the page that explains it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from inspect import cleandoc
from typing import Generic, TypeVar

from msgspec import Struct

from leaflet.checks.finding import Finding, Hit
from leaflet.errors import Severity


class Pack(StrEnum):
    """Named groups of rules."""

    BASE = "base"
    """Rules for every leaflet; each other pack holds them too."""
    HEALTH = "health"
    """The NHS service manual and PIF TICK."""
    EASY_READ = "easy-read"
    QRD = "qrd"
    """Leaflets in packages of medicines in the EU."""
    CDC = "cdc"
    """The Clear Communication Index of the US Centers for Disease Control and Prevention."""
    HANDOUT = "handout"
    """Handouts for teaching, with sources."""
    PRESS = "press"
    """Files for a printing press."""


class Area(StrEnum):
    """The part of a leaflet that a rule looks at."""

    EXCEPTIONS = "exceptions"
    SOURCE = "source"
    PANELS = "panels"
    PDF = "pdf"
    OUTPUTS = "outputs"


Subject = TypeVar("Subject", contravariant=True)

HEADINGS = ("What it finds", "Why", "Bad", "Good", "When to ignore it")
"""The parts of a rule's page, in their order."""


class Rule(Struct, Generic[Subject], frozen=True, kw_only=True):
    """One rule. Its module's docstring is its page."""

    code: str
    name: str
    area: Area
    packs: frozenset[Pack]
    check: Callable[[Subject], Iterable[Hit]]
    severity: Severity = Severity.WARNING
    page: str

    def findings(self, subject: Subject) -> list[Finding]:
        """Return what the rule finds in ``subject``."""
        return [
            Finding(
                code=self.code,
                name=self.name,
                message=hit.message,
                severity=self.severity,
                location=hit.at,
                length=hit.length,
                hint=hit.hint,
                panel=hit.panel,
                fix=hit.fix,
            )
            for hit in self.check(subject)
        ]

    @property
    def title(self) -> str:
        """The first line of the page, without its full stop."""
        return self.page.partition("\n")[0].rstrip(".")

    @property
    def sections(self) -> dict[str, str]:
        """The parts of the page by their headings."""
        parts = re.split(rf"^({'|'.join(HEADINGS)}):[ \t]*\n?", cleandoc(self.page), flags=re.MULTILINE)
        return {name: text.strip("\n") for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def packs(*names: Pack) -> frozenset[Pack]:
    """Return the packs of a rule."""
    return frozenset(names)
