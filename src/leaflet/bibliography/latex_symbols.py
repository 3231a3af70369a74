"""Rarer LaTeX commands and their characters, from pylatexenc's table, which others keep complete.

It is a module of its own because the table takes a while to import and few files need it.
"""

from __future__ import annotations

from pylatexenc.latex2text import get_default_latex_context_db

_TABLE = get_default_latex_context_db()


def symbol(name: str) -> str:
    """Return the character of a command; nothing for an unknown one, whose argument is then read as plain text."""
    replacement = getattr(_TABLE.get_macro_spec(name), "simplify_repl", None)
    return replacement if isinstance(replacement, str) and "%" not in replacement else ""
