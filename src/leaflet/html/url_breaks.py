"""Long addresses in running text: where a line of one may end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

BREAK = Markup("<wbr>")
BEFORE = frozenset(".-?#=&_~%,")
"""Signs that go down to the next line, so that none looks like a stop or a hyphen (Chicago Manual of Style, 18th
edition, 7.46)."""
AFTER = frozenset("/:")
"""Signs after which a line may end; two together are not parted."""

LONGEST = 18
"""Signs that stand together at most, so that a column of three centimetres still holds them."""
LEAST = 6
"""Signs that stand on the last line at least: fewer look lost there."""

_SCHEME = "https://"
_WHOLE = re.compile(
    rf"(?<!\d)10\.\d{{4,9}}(?=/)"
    rf"|^{_SCHEME}[^/\s@]{{1,{LONGEST - len(_SCHEME)}}}(?=/|$)"
    rf"|(?:(?<=//)|^)[^/\s@]{{1,{LONGEST}}}(?=/|$)"
)
"""Parts that are easier to read undivided: a DOI's prefix, and the host's name, with the scheme if it is short."""
_DECIMAL = re.compile(r"\.(?=\d)")
"""A dot before a digit, behind which Pango would end a line that may end before it."""


def with_breaks(address: str) -> Markup:
    """Return ``address``, which is plain text, with places where a line may end."""
    return with_breaks_between([(sign, escape(sign)) for sign in address])


def with_breaks_between(signs: Sequence[tuple[str, Markup]]) -> Markup:
    """Return characters, given as they read and as they are written, with a break at each place that allows one."""
    plain = "".join(sign for sign, _ in signs)
    whole = {at for match in _WHOLE.finditer(plain) for at in range(match.start() + 1, match.end())}
    whole.update(match.start() for match in _DECIMAL.finditer(plain))
    pieces: list[Markup] = []
    together = 0
    for at, (sign, written) in enumerate(signs):
        before = plain[at - 1] if at else ""
        may_end = (before in AFTER and sign not in AFTER) or sign in BEFORE
        if at and at not in whole and ((may_end and len(signs) - at >= LEAST) or together == LONGEST):
            pieces.append(BREAK)
            together = 0
        pieces.append(written)
        together += 1
    return Markup().join(pieces)
