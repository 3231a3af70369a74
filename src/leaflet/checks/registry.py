"""All rules, found in the packages of ``leaflet.checks.rules``, and the choice among them."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Sequence
from functools import cached_property
from importlib import import_module
from typing import TypeAlias

from msgspec import Struct

from leaflet.checks import rules as packages
from leaflet.checks.exceptions import ExemptionSubject
from leaflet.checks.output_subject import OutputSubject
from leaflet.checks.panel_subject import PanelSubject
from leaflet.checks.pdf_subject import PdfSubject
from leaflet.checks.rule import Area, Pack, Rule
from leaflet.checks.source_subject import SourceSubject
from leaflet.errors import LeafletError, Location, Problem
from leaflet.files import suggestion

AnyRule: TypeAlias = (
    Rule[ExemptionSubject] | Rule[SourceSubject] | Rule[PanelSubject] | Rule[PdfSubject] | Rule[OutputSubject]
)
AnySubject: TypeAlias = ExemptionSubject | SourceSubject | PanelSubject | PdfSubject | OutputSubject


class Registry(Struct, frozen=True, kw_only=True, eq=False, dict=True):
    """The rules that come with leaflet, read when the first is needed."""

    @cached_property
    def rules(self) -> tuple[AnyRule, ...]:
        """All rules in the order of their codes."""
        found: list[AnyRule] = []
        for package in pkgutil.iter_modules(packages.__path__, f"{packages.__name__}."):
            folder = import_module(package.name)
            for module in pkgutil.iter_modules(folder.__path__, f"{package.name}."):
                rule: AnyRule = import_module(module.name).RULE
                found.append(rule)
        return tuple(sorted(found, key=lambda rule: rule.code))

    def named(self, word: str) -> AnyRule:
        """Return the rule with the code or the name ``word``.

        Raises:
            LeafletError: there is none.
        """
        for rule in self.rules:
            if word.casefold() in (rule.code.casefold(), rule.name):
                return rule
        raise LeafletError(self.unknown(word, None))

    def matching(self, words: Iterable[str], asked_at: Location | None = None) -> frozenset[str]:
        """Return the codes that ``words`` mean: packs, codes, beginnings of codes such as ``L3``, and names.

        Raises:
            LeafletError: no rule answers to one of the words.
        """
        found: set[str] = set()
        problems = []
        for word in words:
            codes = self._codes(word)
            found |= codes
            if not codes:
                problems.append(self.unknown(word, asked_at))
        if problems:
            raise LeafletError(problems)
        return frozenset(found)

    def _codes(self, word: str) -> set[str]:
        if word in tuple(Pack):
            return {rule.code for rule in self.rules if rule.packs & {Pack.BASE, Pack(word)}}
        short = word.upper()
        return {rule.code for rule in self.rules if rule.code.startswith(short) or rule.name == word}

    def unknown(self, word: str, asked_at: Location | None) -> Problem:
        """Return the problem that there is no rule ``word``."""
        names: Sequence[str] = [*Pack, *(rule.name for rule in self.rules), *(rule.code for rule in self.rules)]
        return Problem(
            message=f'there is no rule or pack "{word}"',
            location=asked_at,
            hint=suggestion(word, names) or f"packs are {', '.join(Pack)}; `leaflet rule` lists the rules",
        )

    def of(self, area: Area, codes: frozenset[str]) -> tuple[AnyRule, ...]:
        """Return the rules of ``codes`` that look at ``area``."""
        return tuple(rule for rule in self.rules if rule.area is area and rule.code in codes)
