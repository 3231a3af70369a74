"""Exceptions from rules that a source makes for itself, in comments with a reason.

``<!-- leaflet: ignore L201 the reason -->`` excuses the line that it ends, or, on a line of its own, the next paragraph.
``<!-- leaflet: ignore-file L201 the reason -->`` excuses the whole source. In front matter the comment begins with ``#``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from leaflet.checks.finding import Finding
from leaflet.errors import Location

COMMENT = re.compile(
    r"(?:<!--|(?:^|(?<=\s))#)\s*leaflet:\s*(?P<what>ignore(?:-file)?)\s+(?P<code>[\w-]+(?:\s*,\s*[\w-]+)*)"
    r"(?P<reason>[^\n]*?)\s*(?:-->|$)"
)
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


class Exemption(Struct, frozen=True, kw_only=True):
    """Rules that do not count on some lines of a source."""

    words: tuple[str, ...]
    """Codes, beginnings of codes or names."""
    reason: str
    lines: range | None
    """None for the whole source."""
    at: Location

    def covers(self, line: int | None) -> bool:
        """Return whether the exemption counts on ``line``."""
        return self.lines is None or (line is not None and line in self.lines)


def read_exemptions(lines: Sequence[str], file: str) -> tuple[Exemption, ...]:
    """Return the exemptions that the comments of a source make; code blocks are left out."""
    return tuple(_read(lines, file))


def _read(lines: Sequence[str], file: str) -> Iterator[Exemption]:
    fence = ""
    for number, line in enumerate(lines, start=1):
        opening = FENCE.match(line)
        if fence:
            fence = "" if opening and opening[1].startswith(fence) else fence
            continue
        if opening:
            fence = opening[1]
            continue
        for found in COMMENT.finditer(line):
            alone = not line.replace(found[0], "").strip()
            whole = found["what"] == "ignore-file"
            yield Exemption(
                words=tuple(word.strip() for word in found["code"].split(",")),
                reason=found["reason"].strip(" :-–—"),
                lines=None if whole else _next_block(lines, number) if alone else range(number, number + 1),
                at=Location(file=file, line=number, column=found.start() + 1),
            )


def _next_block(lines: Sequence[str], number: int) -> range:
    """Return the line numbers of the paragraph after the line ``number``."""
    start = number
    while start < len(lines) and not lines[start].strip():
        start += 1
    end = start
    while end < len(lines) and lines[end].strip():
        end += 1
    return range(number, end + 1)


class ExemptionSubject(Struct, frozen=True, kw_only=True, eq=False, dict=True):
    """The exemptions of a source as rules see them."""

    exemptions: tuple[Exemption, ...]
    codes: Mapping[Exemption, frozenset[str]]
    """The codes of the rules that each names; none where it names no rule."""
    used: frozenset[Exemption]
    """Those that excused something."""
    selected: frozenset[str]
    """The codes of the rules that were looked for."""


def excuse(
    findings: Iterable[Finding],
    exemptions: tuple[Exemption, ...],
    matching: Callable[[str], frozenset[str]],
    selected: frozenset[str],
) -> tuple[list[Finding], ExemptionSubject]:
    """Return ``findings`` without those that are excused with a reason, and what is known of the exemptions.

    ``matching`` gives the codes that a word means; ``selected`` are the codes that were looked for.
    """
    nothing: frozenset[str] = frozenset()
    codes = {exemption: nothing.union(*map(matching, exemption.words)) for exemption in exemptions}
    used: set[Exemption] = set()
    left: list[Finding] = []
    for finding in findings:
        excused = [exemption for exemption in exemptions if _excuses(exemption, codes[exemption], finding)]
        used.update(excused)
        left += [] if excused else [finding]
    subject = ExemptionSubject(exemptions=exemptions, codes=codes, used=frozenset(used), selected=selected)
    return left, subject


def _excuses(exemption: Exemption, codes: frozenset[str], finding: Finding) -> bool:
    place = finding.location
    return (
        finding.code in codes
        and bool(exemption.reason)
        and place is not None
        and place.file == exemption.at.file
        and exemption.covers(place.line)
    )
