"""The tags of CSL's rich text, as all readers of a reference's text understand them.

They are ``<i>``, ``<b>``, ``<sup>``, ``<sub>``, ``<sc>``, and spans for small capitals, for letters that stay as they
are and for text without decoration.
"""

from __future__ import annotations

TAG = (
    r"<(?:/?(?:i|b|sup|sub|sc)|/span)>"
    r"""|<span\s+class\s*=\s*["'](?:nocase|nodecor)["']\s*>"""
    r"""|<span\s+style\s*=\s*["']\s*font-variant\s*:\s*small-caps\s*;?\s*["']\s*>"""
)
"""A regular expression for one tag, without groups."""
_SPANS = {"nocase": "nocase", "nodecor": "nodecor", "small-caps": "sc"}


def tag_kind(tag: str) -> str:
    """Return the kind of an opening tag: ``i``, ``b``, ``sup``, ``sub``, ``sc``, ``nocase`` or ``nodecor``."""
    return next((kind for word, kind in _SPANS.items() if word in tag), tag.strip("<>"))


def closing_tag(tag: str) -> str:
    """Return the tag that closes ``tag``."""
    return "</span>" if tag.startswith("<span") else f"</{tag[1:]}"
