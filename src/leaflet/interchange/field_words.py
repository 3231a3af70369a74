"""Words of the code of a field of Word."""

from __future__ import annotations

import shlex
from collections.abc import Sequence


def field_words(code: str) -> Sequence[str]:
    """Return the words of a field's code; quoted ones are one."""
    lexer = shlex.shlex(code, posix=True)
    lexer.whitespace_split, lexer.escape, lexer.quotes, lexer.commenters = True, "", '"', ""
    try:
        return list(lexer) or [""]
    except ValueError:
        return code.split() or [""]
