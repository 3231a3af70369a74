"""Random and damaged inputs of every kind: leaflet refuses them in its own words or reads them, and never breaks."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaflet.citations import style_info
from leaflet.errors import LeafletError

sys.path.insert(0, str(Path(__file__).parent))

from fuzz_targets import CSL, PIECES, REPOSITORY, TARGETS, Place, make_place, small_pdf, try_target

SEARCHES = os.environ.get("LEAFLET_HYPOTHESIS") == "search"
EXAMPLES = int(os.environ.get("LEAFLET_EXAMPLES", "2000" if SEARCHES else "40"))
bounded = settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), derandomize=not SEARCHES)
TEXTS = tuple(kind for kind, target in TARGETS.items() if target.pieces != "bytes")
COSTLY = {"citations": 8, "csl": 8, "print": 20}
"""Kinds of which a build is made, with the share of the examples that is tried."""
END = (REPOSITORY / "layouts/handout-a4/layout.toml").read_bytes()


def texts(pieces: str) -> st.SearchStrategy[str]:
    """Texts of pieces, and any others."""
    anything = st.text(st.characters(codec="utf-8"), max_size=40)
    joined = st.lists(st.sampled_from(PIECES[pieces]) | st.text(max_size=3), max_size=60).map(
        lambda parts: (" " if pieces in {"markdown", "yaml", "bib"} else "").join(parts)
    )
    repeated = st.tuples(st.sampled_from(PIECES[pieces]), st.integers(1, 400)).map(lambda pair: pair[0] * pair[1])
    return (anything | joined | repeated | st.tuples(joined, repeated).map("".join)).map(
        lambda text: text.encode("utf-8", "replace").decode()
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return make_place(tmp_path_factory.mktemp("fuzz"))


@pytest.mark.parametrize("kind", TEXTS)
def test_texts(place: Place, kind: str) -> None:
    target = TARGETS[kind]

    @settings(bounded, max_examples=max(EXAMPLES // COSTLY.get(kind, 1), 1))
    @given(text=texts(target.pieces))
    def try_text(text: str) -> None:
        try_target(target, place, text.encode())

    try_text()


@bounded
@given(text=texts("toml"), end=st.sampled_from([b"", END]))
def test_beginnings_of_a_layout(place: Place, text: str, end: bytes) -> None:
    try_target(TARGETS["layout"], place, text.encode() + b"\n" + end)


@bounded
@given(text=texts("csl"))
def test_citation_styles_alone(text: str) -> None:
    with suppress(LeafletError):
        style_info((CSL % text.encode()).decode())


@bounded
@given(
    text=texts("toml"),
    key=st.sampled_from(["", "matrix.", "rules.a.", "override", "include", "set.", "data", "limits.", "check."]),
)
def test_keys_of_plans_and_settings(place: Place, text: str, key: str) -> None:
    try_target(TARGETS["plan"], place, f"source = 'source/a.md'\n{key}{text}".encode())
    try_target(TARGETS["settings"], place, f"{key}{text}".encode())


def closed(pieces: list[str]) -> str:
    """Return pieces of XML in an order in which all that begins also ends."""
    made, begun = [], []
    for piece in pieces:
        name = piece.strip("</>").split(" ")[0]
        if piece.startswith("</"):
            while name in begun:
                made.append(f"</{begun[-1]}>")
                if begun.pop() == name:
                    break
        else:
            made.append(piece)
            if piece.startswith("<") and not piece.endswith("/>"):
                begun.append(name)
    return "".join((*made, *(f"</{name}>" for name in reversed(begun))))


@pytest.mark.parametrize("kind", ["word", "odt"])
def test_documents_whose_elements_end(place: Place, kind: str) -> None:
    @bounded
    @given(pieces=st.lists(st.sampled_from(PIECES[kind]), max_size=60))
    def try_pieces(pieces: list[str]) -> None:
        try_target(TARGETS[kind], place, closed(pieces).encode())

    try_pieces()


@bounded
@given(parts=st.lists(st.lists(st.sampled_from(PIECES["pdf"]), max_size=8).map(" ".join), min_size=3, max_size=3))
def test_pdf_files(place: Place, parts: list[str]) -> None:
    try_target(TARGETS["pdf"], place, small_pdf([part.encode() for part in parts]))
