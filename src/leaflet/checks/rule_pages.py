"""Pages of the rules, made from the docstrings of their modules."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import dedent, indent

from leaflet.checks.registry import AnyRule, Registry
from leaflet.checks.rule import HEADINGS, Area, Pack

AREAS = {
    Area.EXCEPTIONS: "Exceptions",
    Area.SOURCE: "The source",
    Area.PANELS: "The panels",
    Area.PDF: "PDF files",
    Area.OUTPUTS: "All files of a leaflet",
}
EXAMPLES = ("Bad", "Good")
INTRODUCTION = """\
# Rules

`leaflet check` reports what a build would report, and what these rules find. This page is made from the rules themselves
by `leaflet rule --all > docs/rules.md`; `leaflet rule CODE` prints one of them.

A leaflet is checked by the rules of the pack `base`, unless `leaflet.toml` or `--select` names others. Each other pack
holds the rules of `base` and its own.
"""


def rule_page(rule: AnyRule) -> str:
    """Return the page of one rule as Markdown."""
    return "\n\n".join(_parts(rule, "##")) + "\n"


def _parts(rule: AnyRule, marks: str) -> list[str]:
    parts = [f"{marks} {rule.code} {rule.name}", f"{rule.title}."]
    parts.append(f"Severity: {rule.severity}. Packs: {', '.join(pack for pack in Pack if pack in rule.packs)}.")
    for heading in HEADINGS:
        text = rule.sections[heading]
        body = f"\n```text\n{dedent(text)}\n```" if heading in EXAMPLES else _code(text)
        parts.append(f"**{heading}.** {body}" if heading not in EXAMPLES else f"**{heading}**\n{body}")
    return parts


def _code(text: str) -> str:
    """Return docstring text with Markdown's code marks."""
    return text.replace("``", "`")


def rule_list(rules: Iterable[AnyRule]) -> str:
    """Return one line for each rule: code, name and title."""
    rows = [(rule.code, rule.name, rule.title) for rule in rules]
    width = max((len(name) for _, name, _ in rows), default=0)
    return "\n".join(f"{code}  {name:{width}}  {title}" for code, name, title in rows)


def rules_page(registry: Registry) -> str:
    """Return the page of all rules, with a table of the packs."""
    parts = [INTRODUCTION.strip(), _packs(registry.rules)]
    for area, heading in AREAS.items():
        rules = [rule for rule in registry.rules if rule.area is area]
        if rules:
            parts += [f"## {heading}", *(part for rule in rules for part in _parts(rule, "###"))]
    return "\n\n".join(parts) + "\n"


def _packs(rules: Iterable[AnyRule]) -> str:
    own = {pack: [rule.code for rule in rules if pack in rule.packs] for pack in Pack}
    rows = [f"| `{pack}` | {', '.join(codes)} |" for pack, codes in own.items()]
    return "\n".join(["| Pack | Rules of its own |", "|---|---|", *rows])


def terminal_page(rule: AnyRule) -> str:
    """Return the page of one rule for a terminal."""
    lines = [f"{rule.code} {rule.name} ({rule.severity})", "", f"{rule.title}.", ""]
    for heading in HEADINGS:
        lines += [f"{heading}:", indent(dedent(rule.sections[heading]).replace("``", '"'), "  "), ""]
    return "\n".join(lines).rstrip()
