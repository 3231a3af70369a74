"""A small ICC profile of a press with four inks, made by computation (ICC.1:2001-04, version 2.4).

Cyan, magenta and yellow each take one primary of sRGB away, and black takes most of all three. No press prints so
cleanly, but the file has each part that a profile of a real press has, and black alone looks dark grey, as on paper.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

D50 = (0.9642, 1.0, 0.8249)
SRGB_TO_XYZ = ((0.4360747, 0.3850649, 0.1430804), (0.2225045, 0.7168786, 0.0606169), (0.0139322, 0.0971045, 0.7141733))
XYZ_TO_SRGB = (
    (3.1338561, -1.6168667, -0.4906146),
    (-0.9787684, 1.9161415, 0.0334540),
    (0.0719453, -0.2289914, 1.4052427),
)
INK_NODES = 9
LAB_NODES = 17
BLACK_STRENGTH = 0.84
"""Share of the light that solid black takes away: L* is 15 then, which is usual for black ink on coated paper."""
REPLACEMENT = 1.4
"""Exponent of grey replacement: colours of medium lightness keep more of three inks than they need, as on a press."""


@cache
def press_profile() -> bytes:
    """Return the profile."""
    tags = {
        b"desc": _description("Ideal inks for tests"),
        b"cprt": b"text\0\0\0\0No rights reserved\0",
        b"wtpt": b"XYZ \0\0\0\0" + _fixed(*D50),
        b"A2B0": _table(4, 3, INK_NODES, _inks_to_lab(), [_straight()] * 4),
        b"B2A0": _table(3, 4, LAB_NODES, _lab_to_inks(), [_lightness(), _straight(), _straight()]),
    }
    at = 128 + 4 + 12 * len(tags)
    directory, body = struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        padded = data + bytes(-len(data) % 4)
        directory += name + struct.pack(">II", at + len(body), len(data))
        body += padded
    return _header(at + len(body)) + directory + body


def _header(size: int) -> bytes:
    kind = b"prtrCMYKLab "
    date = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    return struct.pack(">I4sI", size, b"", 0x02400000) + kind + date + b"acsp" + bytes(28) + _fixed(*D50) + bytes(48)


def _fixed(*values: float) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def _description(text: str) -> bytes:
    ascii_text = text.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(ascii_text)) + ascii_text + bytes(4 + 4 + 2 + 1 + 67)


def _table(
    inputs: int, outputs: int, nodes: int, grid: Iterator[Sequence[float]], curves: Sequence[Sequence[int]]
) -> bytes:
    """Return a lut16Type: an identity matrix, input curves, a grid with the last input running fastest, and straight output."""
    head = b"mft2\0\0\0\0" + bytes((inputs, outputs, nodes, 0)) + _fixed(1, 0, 0, 0, 1, 0, 0, 0, 1)
    numbers = [round(max(0.0, min(1.0, value)) * 65535) for node in grid for value in node]
    shape = struct.pack(">HH", 256, 2)
    return (
        head
        + shape
        + _words(word for curve in curves for word in curve)
        + _words(numbers)
        + _words([0, 65535] * outputs)
    )


def _words(values: Iterator[int] | Sequence[int]) -> bytes:
    listed = list(values)
    return struct.pack(f">{len(listed)}H", *listed)


def _straight() -> list[int]:
    return [step * 257 for step in range(256)]


def _lightness() -> list[int]:
    """Return the curve that puts L* = 100, which is written as 0xFF00, on the grid's last node."""
    return [min(65535, round(step * 65535 / 254)) for step in range(256)]


def _inks_to_lab() -> Iterator[Sequence[float]]:
    steps = [step / (INK_NODES - 1) for step in range(INK_NODES)]
    for cyan, magenta, yellow, black in product(steps, repeat=4):
        lightness, a, b = _lab([(1 - ink) * (1 - BLACK_STRENGTH * black) for ink in (cyan, magenta, yellow)])
        yield lightness * 652.8 / 65535, (a + 128) * 256 / 65535, (b + 128) * 256 / 65535


def _lab_to_inks() -> Iterator[Sequence[float]]:
    steps = [step / (LAB_NODES - 1) for step in range(LAB_NODES)]
    for lightness, a, b in product(steps, repeat=3):
        screen = _screen(lightness * 100, a * 65535 / 256 - 128, b * 65535 / 256 - 128)
        black = min(1.0, (1 - max(screen)) / BLACK_STRENGTH) ** REPLACEMENT
        inks = [1 - value / (1 - BLACK_STRENGTH * black) for value in screen]
        yield (*inks, black)


def _lab(screen: Sequence[float]) -> tuple[float, float, float]:
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in screen]
    x, y, z = (
        _root(sum(share * value for share, value in zip(row, linear, strict=True)) / white)
        for row, white in zip(SRGB_TO_XYZ, D50, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(value: float) -> float:
    return value ** (1 / 3) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116


def _screen(lightness: float, a: float, b: float) -> list[float]:
    y = (lightness + 16) / 116
    xyz = [white * _cube(value) for white, value in zip(D50, (y + a / 500, y, y - b / 200), strict=True)]
    linear = [sum(share * value for share, value in zip(row, xyz, strict=True)) for row in XYZ_TO_SRGB]
    clipped = [max(0.0, min(1.0, value)) for value in linear]
    return [value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055 for value in clipped]


def _cube(value: float) -> float:
    return value**3 if value**3 > 216 / 24389 else (116 * value - 16) * 27 / 24389
