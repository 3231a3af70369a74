"""Words that no line ends within."""

from __future__ import annotations

from markupsafe import Markup

from leaflet.html.ui_labels import load_labels
from leaflet.html.unbroken_words import tied, unbroken, unbroken_citation, unbroken_name


def whole(words: str) -> str:
    return f'<span class="unbroken">{words}</span>'


def test_a_range_of_numbers_is_not_divided() -> None:
    assert unbroken(Markup("Weeks 1–2, not a–b")) == f"Weeks {whole('1–2,')} not a–b"


def test_a_citation_keeps_numbers_with_their_sign_and_leaves_its_tags() -> None:
    cited = unbroken_citation('(Weber et al., 2024, § 11, S. 233–36) <a href="https://e.org/233–36">x</a>')
    expected = f"(Weber et\u00a0al., 2024, §\u00a011, S.\u00a0{whole('233–36')}) "
    assert cited == f'{expected}<a href="https://e.org/233–36">x</a>'


def test_a_name_in_a_contact_is_not_divided_at_its_hyphen() -> None:
    assert unbroken_name("Centre du Val-Clair, 9–5") == f"Centre du {whole('Val-Clair')}, {whole('9–5')}"
    long_name = "Selbsthilfegruppen-Koordinationsstelle"
    assert unbroken_name(long_name) == long_name


def test_arabic_lists_have_the_comma_of_their_script() -> None:
    assert [load_labels(language).comma for language in ("ar", "en-GB", "he")] == ["، ", ", ", ", "]


def test_an_hour_of_french_stays_with_its_number() -> None:
    assert unbroken(Markup("de 9 h à 17 h 30")) == f"de {whole('9 h')} à {whole('17 h')} 30"


def test_a_short_citation_right_behind_a_word_begins_no_line() -> None:
    cited = Markup('<span class="citation">(<a href="#r-1">2</a>)</span>')
    assert "".join(tied(Markup("It helps &amp; lasts."), cited)) == f"It helps &amp; {whole(f'lasts.{cited}')}"
    apart = Markup("It lasts "), cited
    assert tied(*apart) == apart
    long = Markup("It lasts."), Markup("(Moss, 2019)")
    assert tied(*long) == long
