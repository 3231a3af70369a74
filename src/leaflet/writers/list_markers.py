"""Numbers and signs of the items of lists, as text."""

from __future__ import annotations

from leaflet.model.html_tree import HtmlElement

BULLETS = {"cross": "✗", "tick": "✓"}
"""The signs of lists by their classes; other lists have a dot."""
UNMARKED = frozenset({"references", "timeline", "plain", "facts"})
"""The classes of lists whose items have no mark on paper."""
ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)
LARGEST_ROMAN = 3999


def marker_of(element: HtmlElement, item: HtmlElement, number: int) -> str:
    """Return the mark of an item of the list ``element``; ``number`` is the item's place in it."""
    classes = element.classes
    if "task" in item.classes:
        return "☑" if "done" in item.classes else "☐"
    if element.name == "ul":
        signs = (sign for name, sign in BULLETS.items() if name in classes)
        return "" if UNMARKED & set(classes) else next(signs, "•")
    if UNMARKED & set(classes):
        return ""
    numeral = _numeral(number, element.get("type") or "1")
    if "in-brackets" in classes:
        return f"({numeral})"
    return f"{numeral})" if "before-bracket" in classes else f"{numeral}."


def _numeral(number: int, kind: str) -> str:
    if kind in ("a", "A") and number > 0:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("a") + rest) + letters
        return letters.upper() if kind == "A" else letters
    if kind in ("i", "I") and 0 < number <= LARGEST_ROMAN:
        letters = ""
        for value, letter in ROMAN:
            count, number = divmod(number, value)
            letters += letter * count
        return letters.upper() if kind == "I" else letters
    return str(number)
