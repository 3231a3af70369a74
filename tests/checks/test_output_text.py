"""Text of outputs is compared as its readers see it, whatever a PDF reader makes of its letters."""

from __future__ import annotations

import pytest

from leaflet.checks.output_text import OutputText

# The letters of the ligature in the second word come out in the order in which they lie on the page.
AS_READ = "زيارتك األوىل للعيادة\nHospital-\nbed 12"


@pytest.mark.parametrize("words", ["زيارتك الأولى", "للعيادة", "bed 12", "HOSPITAL-BED"])
def test_words_of_a_file_are_found(words: str) -> None:
    assert OutputText(AS_READ).holds(words)


@pytest.mark.parametrize("words", ["زيارتي", "الأولاد", "deb", "bed 21"])
def test_other_words_are_not(words: str) -> None:
    assert not OutputText(AS_READ).holds(words)
