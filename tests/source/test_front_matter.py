"""Front matter and leaflet.toml: what they may say, what it becomes, and the schema that editors get."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from leaflet.errors import Severity, SourceError
from leaflet.model.metadata import AccessDate, Metadata, PartialDate, ReadingTip
from leaflet.source import SourceResult, open_workspace, read_source
from leaflet.source.halves import split
from leaflet.source.key_names import ALIASES
from leaflet.source.schema import FrontMatter, json_schema

REPOSITORY = Path(__file__).parents[2]
SAMPLES = sorted((REPOSITORY / "source").glob("*.md"))


def read(folder: Path, front: str, body: str = "", **fields: str) -> SourceResult:
    source = folder / "source" / "x.md"
    source.parent.mkdir(exist_ok=True)
    source.write_text(f"---\n{front}\n---\n{body}", encoding="utf-8")
    return read_source(source, open_workspace(source), fields=fields)


def metadata(folder: Path, front: str) -> Metadata:
    return read(folder, f"title: T\n{front}").document.metadata


@pytest.mark.parametrize(
    ("typed", "parts"), [("2026", (2026,)), ("2026-05", (2026, 5)), ("2024-02-29", (2024, 2, 29)), ("'2026'", (2026,))]
)
def test_dates_are_as_exact_as_they_are_typed(typed: str, parts: tuple[int, ...], tmp_path: Path) -> None:
    date = metadata(tmp_path, f"date: {typed}").date
    assert date is not None
    assert date.parts == parts


@pytest.mark.parametrize("typed", ["2026-02-29", "2026-00", "2026-13-40", "[2026]"])
def test_what_is_no_date_is_refused_at_its_place(typed: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"source/x\.md:3:7: date:"):
        metadata(tmp_path, f"date: {typed}")


@pytest.mark.parametrize(
    ("typed", "lang", "parts"),
    [
        ("2026-5-1", "en-GB", (2026, 5, 1)),
        ("2026/05/12", "en-GB", (2026, 5, 12)),
        ("May 2029", "en-GB", (2029, 5)),
        ("12/05/2026", "en-GB", (2026, 5, 12)),
        ("12/05/2026", "en-US", (2026, 12, 5)),
        ("25.12.2026", "de", (2026, 12, 25)),
        ("12. Mai 2026", "de", (2026, 5, 12)),
        ("1er mai 2026", "fr", (2026, 5, 1)),
        ("Tuesday, May 12th, 2026", "en-GB", (2026, 5, 12)),
        ("2026-05-12T10:00:00Z", "en-GB", (2026, 5, 12)),
        ("2026-05-12 10:00:00 +0200", "en-GB", (2026, 5, 12)),
        ("12 de mayo de 2026", "es", (2026, 5, 12)),
    ],
)
def test_dates_are_read_as_people_write_them(typed: str, lang: str, parts: tuple[int, ...], tmp_path: Path) -> None:
    result = read(tmp_path, f"title: T\nlang: {lang}\ndate: '{typed}'")
    assert result.document.metadata.date is not None
    assert result.document.metadata.date.parts == parts
    assert result.problems == ()


@pytest.mark.parametrize("typed", ["0000", "next week", "Fall 2025", "2024-2025", "31 February 2026"])
def test_a_date_that_cannot_be_read_is_left_out_with_a_warning(typed: str, tmp_path: Path) -> None:
    result = read(tmp_path, f"title: T\ndate: '{typed}'")
    assert result.document.metadata.date is None
    assert [problem.severity for problem in result.problems] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Amara Cole", ["Cole, Amara"]),
        ("Ludwig van Beethoven", ["Beethoven, Ludwig"]),
        ("Riverside Health Library", ["Riverside Health Library"]),
        ("[Amara Cole, 'Marsh, Helen']", ["Cole, Amara", "Marsh, Helen"]),
        ("{name: Amara Cole, role: nurse}", ["Cole, Amara"]),
        ("{name: {family: Cole, given: Amara}}", ["Cole, Amara"]),
        ("{literal: Amara Cole}", ["Amara Cole"]),
        ("{surname: Cole, first-name: Amara}", ["Cole, Amara"]),
    ],
)
def test_authors_in_every_habit(typed: str, names: list[str], tmp_path: Path) -> None:
    authors = metadata(tmp_path, f"author: {typed}").authors
    assert [author.literal or f"{author.family}, {author.given}" for author in authors] == names


@pytest.mark.parametrize("other", sorted(ALIASES))
def test_other_names_for_keys_are_understood_without_a_word(other: str, tmp_path: Path) -> None:
    values = {"author": "Amara Cole", "lang": "de", "url": "https://example.org", "fields": "{a: b}"}
    values |= {
        "layout": "handout-a4",
        "style": "clear",
        "number-sections": "true",
        "links": "true",
        "code-colours": "true",
    }
    key = ALIASES[other]
    value = values.get(key, "2026" if "date" in key or "review" in key else "x.bib")
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "x.bib").write_text("", encoding="utf-8")
    result = read(tmp_path, f"title: T\n{other}: {value if key != 'reviewers' else 'Amara Cole'}")
    assert result.problems == ()


def test_keys_may_be_typed_with_underscores_and_capitals(tmp_path: Path) -> None:
    result = read(tmp_path, "Title: T\nlast_reviewed: 2026-05")
    assert result.document.metadata.last_reviewed == PartialDate(year=2026, month=5)
    assert result.problems == ()


def test_numbers_stay_as_they_were_typed(tmp_path: Path) -> None:
    found = metadata(tmp_path, "version: 2.10\ncode: 014\nisbn: 9780306406157")
    assert (found.version, found.code, found.isbn) == ("2.10", "014", "9780306406157")


def test_lists_and_single_texts_mean_the_same(tmp_path: Path) -> None:
    one = metadata(tmp_path, "keywords: a, b\nnocite: '@x, @y'\nfurther-reading: A book")
    two = metadata(tmp_path, "keywords: [a, b]\nnocite: [x, '@y']\nfurther-reading:\n  - text: A book")
    assert one.keywords == two.keywords == ("a", "b")
    assert one.nocite == two.nocite == ("x", "y")
    assert one.further_reading == two.further_reading == (ReadingTip(text="A book"),)


@pytest.mark.parametrize("written", ["'@{odd key}, @x'", "['@{odd key}', x]"])
def test_nocite_may_name_keys_in_braces(tmp_path: Path, written: str) -> None:
    assert metadata(tmp_path, f"nocite: {written}").nocite == ("odd key", "x")


def test_nocite_may_list_everything(tmp_path: Path) -> None:
    assert metadata(tmp_path, "nocite: '@*'").nocite == ("@*",)


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ("contact:\n  website: x", r"x\.md:4:12: contact\.url: "),
        ("further-reading:\n  - title: A\n    href: x", r"x\.md:5:11: further-reading\.url: "),
        ("cite:\n  accessed: soon", r"x\.md:4:13: cite\.access: "),
        ("authors:\n  name: Amara Cole\n  mail: x", r"x\.md:5:9: author\.email: "),
        ("authors:\n  - Helen Marsh\n  - name: Amara Cole\n    mail: x", r"x\.md:6:11: author\.email: "),
    ],
)
def test_mistakes_under_other_names_keep_their_place(front: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=message):
        metadata(tmp_path, front)


def test_unknown_keys_within_groups_are_warnings(tmp_path: Path) -> None:
    result = read(tmp_path, "title: T\ncontact: {fone: 1}\nauthor: {name: Amara Cole, Emial: x}")
    assert [str(problem).split("\n  hint: ") for problem in result.problems] == [
        ['source/x.md:3:11: warning: "fone" is not a key that leaflet knows in "contact"', 'did you mean "phone"?'],
        ['source/x.md:4:28: warning: "Emial" is not a key that leaflet knows in "author"', 'did you mean "email"?'],
    ]


@pytest.mark.parametrize(
    ("typed", "access", "shown"),
    [("{access: none}", "none", True), ("{access: 2026-05-12}", "fixed", True), ("false", "build", False)],
)
def test_the_cite_box(typed: str, access: str, shown: bool, tmp_path: Path) -> None:
    box = metadata(tmp_path, f"cite: {typed}").cite
    assert (box.access, box.show) == (AccessDate(access), shown)
    assert (box.accessed is not None) == (access == "fixed")


def test_hostile_metadata_is_data(tmp_path: Path) -> None:
    title = '<script>alert(1)</script> "><img src=file:///etc/passwd> {{ 7*7 }} {{ title }}'
    found = read(tmp_path, f"title: '{title}'\nauthor:\n  family: '{title}'").document.metadata
    assert found.authors[0].family == title
    assert found.title == title.replace('"', "“")


def test_only_declared_fields_are_filled_in(tmp_path: Path) -> None:
    result = read(tmp_path, "title: '{{ a }} {{ b }} {{a.b}}'\nfields:\n  a: <b>1</b>", a="given")
    assert result.document.metadata.title == "given {{ b }} {{a.b}}"
    assert result.document.fields == {"a": "given"}


def test_a_field_that_is_given_but_not_declared_is_a_warning(tmp_path: Path) -> None:
    problems = read(tmp_path, "title: T\nfields: {phone: 1}", fone="2").problems
    assert [problem.severity for problem in problems] == [Severity.WARNING]
    assert problems[0].hint == 'did you mean "phone"?'


def test_references_in_the_front_matter_are_csl_json(tmp_path: Path) -> None:
    front = (
        "title: T\nreferences:\n"
        "  - id: a\n    type: book\n    title: A\n    issued: 2019-02\n    volume: 4\n"
        "  - id: b\n    type: report\n    issued: {year: 2018}\n    author: [{literal: X}]\n"
        "  - id: c\n    type: book\n    issued: {date-parts: [[2019, 2, 27]]}\n"
    )
    first, second, third = read(tmp_path, front).references
    assert (first.id, first.item["issued"], first.item["volume"]) == ("a", {"date-parts": [[2019, 2]]}, 4)
    assert second.item["issued"] == {"date-parts": [[2018]]}
    assert third.item["issued"] == {"date-parts": [[2019, 2, 27]]}
    assert str(second.location) == "source/x.md:9:5"


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("2020-05/2020-07", {"date-parts": [[2020, 5], [2020, 7]]}),
        ("1723~", {"date-parts": [[1723]], "circa": True}),
        ("2020-22", {"date-parts": [[2020]], "season": 2}),
    ],
)
def test_dates_of_references_may_be_ranges_seasons_and_doubtful(
    typed: str, date: dict[str, Any], tmp_path: Path
) -> None:
    front = f'title: T\nreferences:\n  - id: a\n    type: book\n    title: Folds\n    issued: "{typed}"\n'
    (reference,) = read(tmp_path, front).references
    assert reference.item["issued"] == date


def test_places_are_known_by_dotted_name(tmp_path: Path) -> None:
    places = metadata(tmp_path, "authors:\n  - name: Amara Cole\ncontact: {phone: 1}").places
    assert str(places["author.0.name"]) == "source/x.md:4:11"
    assert str(places["contact.phone"]) == "source/x.md:5:18"


def test_a_workspace_shares_values_that_front_matter_overrides(tmp_path: Path) -> None:
    (tmp_path / "leaflet.toml").write_text(
        'publisher = "Shared"\nstyle = "plain"\n[contact]\nphone = "1"\n', encoding="utf-8"
    )
    found = metadata(tmp_path, "style: clinic")
    assert (found.publisher, found.style, found.contact and found.contact.phone) == ("Shared", "clinic", "1")
    assert str(found.places["publisher"]) == "leaflet.toml:1:13"


def test_a_shared_bibliography_lies_beside_the_shared_values(tmp_path: Path) -> None:
    (tmp_path / "leaflet.toml").write_text('bibliography = "all.bib"\n', encoding="utf-8")
    (tmp_path / "all.bib").write_text("", encoding="utf-8")
    paths = read(tmp_path, "title: T").bibliography_paths
    assert [(path, str(place)) for path, place in paths] == [(tmp_path / "all.bib", "leaflet.toml:1:16")]


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('publisher = "x\n', r"leaflet\.toml:1:15: this TOML cannot be read"),
        ("publisher = [1]\n", r"leaflet\.toml:1:13: publisher: a list is not a text"),
        ('lang = "english"\n', r'leaflet\.toml:1:8: lang: "english" is not a language tag'),
        ('[contact]\nemail = "x"\n', r'leaflet\.toml:2:9: contact\.email: "x" is not an e-mail address'),
    ],
)
def test_mistakes_of_the_workspace_are_located_too(toml: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "leaflet.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(SourceError, match=message):
        metadata(tmp_path, "")


def test_an_unknown_key_of_the_workspace_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "leaflet.toml").write_text('publsher = "x"\n', encoding="utf-8")
    problem = read(tmp_path, "title: T").problems[0]
    assert str(problem).startswith('leaflet.toml:1:1: warning: "publsher" is not a key of leaflet.toml')
    assert problem.hint == 'did you mean "publisher"?'


# ---------------------------------------------------------------- the schema


def as_typed(data: Any) -> Any:
    """YAML's dates as the texts that an editor's schema sees."""
    match data:
        case dict():
            return {key: as_typed(value) for key, value in data.items()}
        case list():
            return [as_typed(entry) for entry in data]
        case datetime.date():
            return data.isoformat()
        case _:
            return data


@pytest.mark.parametrize("source", SAMPLES, ids=lambda path: path.stem)
def test_the_schema_accepts_the_samples(source: Path) -> None:
    halves = split(source.read_text(encoding="utf-8"), name=source.name)
    data = as_typed(YAML(typ="safe", pure=True).load(halves.yaml))
    jsonschema.validate(data, json_schema(), jsonschema.Draft202012Validator)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"title": "T", "date": "May 2029"},
        {"title": "T", "cite": {"type": "pamflet"}},
        {"title": "T", "publisher": ["a"]},
        {"title": "T", "author": [["a"]]},
    ],
)
def test_the_schema_refuses_what_a_build_refuses(data: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, json_schema(), jsonschema.Draft202012Validator)


def test_the_schema_is_valid_and_every_key_has_a_title() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for info in FrontMatter.model_fields.values():
        assert schema["properties"][info.alias]["title"]
    for other in ALIASES:
        assert other in schema["properties"]


@pytest.mark.parametrize(
    ("front", "people"),
    [
        ("author: Norah Jones, Bill Gates and Ada Hall", ["Norah Jones", "Bill Gates", "Ada Hall"]),
        ("author: 'Jones, Norah'", ["Norah Jones"]),
        ("author: University of the River, Department of Stones", ["University of the River, Department of Stones"]),
        ("author: Norah Jones^1^, Bill Gates^2,*^", ["Norah Jones", "Bill Gates"]),
        ("author:\n  - given-names: Norah\n    surname: Jones", ["Norah Jones"]),
        ("author:\n  - name: {given: Norah, family: Jones}", ["Norah Jones"]),
        ("author:\n  - Norah Jones: {correspondence: yes, email: n@example.org}", ["Norah Jones"]),
    ],
)
def test_people_are_read_in_the_forms_of_other_programs(front: str, people: list[str], tmp_path: Path) -> None:
    found = metadata(tmp_path, front).authors
    assert [person.literal or f"{person.given} {person.family}" for person in found] == people


@pytest.mark.parametrize(
    ("front", "affiliations"),
    [
        (
            "author:\n  - {name: A Bell, affiliation: '1, 2'}\naffiliations:\n"
            "  - {index: 1, name: River School}\n  - {index: 2, name: Town Laboratory}",
            ["River School; Town Laboratory"],
        ),
        (
            "author:\n  - name: A Bell\n    affiliations:\n      - ref: lab\naffiliations:\n  - {id: lab, name: Laboratory}",
            ["Laboratory"],
        ),
        ("author:\n  - A Bell: {institute: lab}\ninstitute:\n  - lab: Laboratory", ["Laboratory"]),
        (
            "authors:\n  - name: A Bell\n    affiliations: [quay]\naffiliations:\n  - {id: quay, institution: School}",
            ["School"],
        ),
        (
            "author:\n  - {name: A Bell, affiliation: 1}\naddress:\n  - {code: 1, address: Alpine Hearth}",
            ["Alpine Hearth"],
        ),
        ("author: A Bell\naffiliation: River School", ["River School"]),
    ],
)
def test_affiliations_are_found_by_number_id_and_name(front: str, affiliations: list[str], tmp_path: Path) -> None:
    assert [person.affiliation for person in metadata(tmp_path, front).authors] == affiliations


@pytest.mark.parametrize(
    ("typed", "tag"),
    [("english", "en"), ("en_US", "en-US"), ("ngerman", "de"), ("Deutsch", "de"), ("en_GB.UTF-8", "en-GB")],
)
def test_languages_are_known_by_their_names(typed: str, tag: str, tmp_path: Path) -> None:
    assert metadata(tmp_path, f"lang: {typed}").lang == tag


def test_keys_for_other_programs_are_one_warning(tmp_path: Path) -> None:
    result = read(tmp_path, "title: T\nformat: html\nexecute: {echo: false}\ntoc: true\nlayout: post\ntheme: cosmo")
    assert [str(problem).split("\n")[0] for problem in result.problems] == [
        "source/x.md:3:1: warning: for Quarto, not for leaflet: format, execute, toc",
        'source/x.md:6:9: warning: "layout: post" is for another program, so leaflet\'s own layout is taken',
        'source/x.md:7:8: warning: "theme: cosmo" is for another program, so leaflet\'s own style is taken',
    ]
    assert (result.document.metadata.layout, result.document.metadata.style) == ("trifold-a4", "clinic")


def test_drawn_art_follows_from_the_title_with_the_source_s_own_fields(tmp_path: Path) -> None:
    front = "title: Swimming in {{place}}\nfields: {place: Leeds}"
    rows = [read(tmp_path, front, **row).document.metadata for row in ({}, {"place": "York"}, {"place": "Hull"})]
    assert [row.title for row in rows] == ["Swimming in Leeds", "Swimming in York", "Swimming in Hull"]
    assert {row.art_seed for row in rows} == {"Swimming in Leeds"}
