"""Characters of symbol fonts, which documents name by their numbers in a font."""

from __future__ import annotations

import sys

from leaflet.interchange.import_log import ImportLog

WINGDINGS = {
    0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x36: "⌛", 0x3F: "✍", 0x41: "✌", 0x43: "👍", 0x46: "☞", 0x4A: "☺", 0x4C: "☹",
    0x51: "✈", 0x52: "☼", 0x53: "💧", 0x54: "❄", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖",
    0x9F: "•", 0xA7: "▪", 0xA8: "◻", 0xB2: "✧", 0xD8: "➢", 0xE0: "→", 0xDF: "←", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗",
    0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
"""The signs of Wingdings that people use, by Microsoft's table of its correspondences in Unicode."""
SYMBOL = {
    0x61: "α", 0x62: "β", 0x63: "χ", 0x64: "δ", 0x65: "ε", 0x66: "φ", 0x67: "γ", 0x68: "η", 0x6B: "κ", 0x6C: "λ",
    0x6D: "μ", 0x70: "π", 0x71: "θ", 0x72: "ρ", 0x73: "σ", 0x74: "τ", 0x77: "ω", 0x44: "Δ", 0x53: "Σ", 0x57: "Ω",
    0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞", 0xB0: "°",
    0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xAB: "↔", 0xD6: "√", 0xE5: "∑", 0xF2: "∫", 0xA0: "€",
}  # fmt: skip
FONTS = {"wingdings": WINGDINGS, "symbol": SYMBOL}


def symbol(font: str, code: str, log: ImportLog) -> str:
    """Return the character of Unicode for a character of a symbol font; report one that is not known."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    known = FONTS.get(font.casefold())
    found = known.get(number & 0xFF) if known is not None else None
    if found is None and not 0xE000 <= number <= 0xF8FF:
        return chr(number) if 0x20 <= number <= sys.maxunicode and not 0xD800 <= number <= 0xDFFF else ""
    if found is None:
        log.say(
            f"a sign of the font {font or 'of symbols'} (number {number & 0xFF}) is left out: write it as a character"
        )
    return found or ""
