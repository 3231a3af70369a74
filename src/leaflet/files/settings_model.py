"""The keys of ``leaflet.toml`` as a pydantic model: for checking the file, and as JSON Schema for editors.

What a table such as ``[contact]`` holds is judged with the front matter that it lies under.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, JsonValue, StrictBool, StrictInt, WithJsonSchema

from leaflet.files import value_checks
from leaflet.files.toml_model import written
from leaflet.files.toml_types import LooseText, TomlColour, TomlTable, TomlText, checked_text, refused_value
from leaflet.model.format_settings import CELLS, LINES
from leaflet.model.layout import Fit
from leaflet.model.motif import Motif
from leaflet.model.typefaces import FACES


def _plain(value: object) -> JsonValue:
    """Return nested values with numbers and dates as texts."""
    match value:
        case bool():
            return value
        case dict():
            return {key: _plain(entry) for key, entry in value.items()}
        case list():
            return [_plain(entry) for entry in value]
        case _:
            return str(value)


def _either(*kinds: type, hint: str) -> BeforeValidator:
    """Return a validator that takes values of some of TOML's kinds, and lets the front matter judge the rest."""
    names = {str: "a text", bool: "true or false", list: "a list", dict: "a table"}

    def validate(value: object) -> JsonValue:
        plain = _plain(value)
        if not isinstance(plain, kinds):
            raise refused_value(f"{written(value)} is neither {' nor '.join(names[kind] for kind in kinds)}", hint)
        return plain

    return BeforeValidator(validate)


def _schema(*kinds: str) -> WithJsonSchema:
    return WithJsonSchema({"type": list(kinds)})


Typeface = Annotated[TomlText, Field(examples=list(FACES))]
TextOrList = Annotated[
    JsonValue, _either(str, list, hint='write ["one.bib", "another.bib"]'), _schema("string", "array")
]


class OrganisationTable(TomlTable):
    """The look of an organisation, in any style."""

    name: TomlText | None = None
    """Who publishes, where a leaflet names no publisher."""
    logo: TomlText | None = Field(default=None, examples=["images/logo.svg"])
    """The path of a picture, from the folder of this file."""
    logo_on_dark: TomlText | None = Field(default=None, examples=["images/logo-white.svg"])
    """The path of the same logo for dark grounds."""
    logo_height: Annotated[float, Field(ge=4, le=60, strict=True, allow_inf_nan=False)] = 12.0
    """In millimetres."""
    logo_has_name: StrictBool = False
    """True where the logo spells the name, so that it is not printed below it."""
    brand: TomlColour | None = None
    accent: TomlColour | None = None
    signal: TomlColour | None = None
    paper: TomlColour | None = None
    ink: TomlColour | None = None
    tint: TomlColour | None = None
    text: Typeface | None = None
    """The typeface of the text."""
    headings: Typeface | None = None
    labels: Typeface | None = None
    """The typeface of tables, captions and small print; without it, that of the text."""
    motif: (
        Annotated[
            str,
            checked_text(lambda text: value_checks.motif(text).value),
            WithJsonSchema({"enum": [motif.value for motif in Motif]}),
        ]
        | None
    ) = None
    """The subject of the cover's picture."""


class LimitsTable(TomlTable):
    """The most that one run may take; beyond it, it is ended with a message."""

    seconds: Annotated[float, Field(ge=1, le=86_400, strict=True, allow_inf_nan=False)] | None = None
    """Time of the processor; a document of many pages gets more by itself."""
    memory: Annotated[StrictInt, Field(ge=100, le=1_000_000)] | None = None
    """In megabytes."""


class WebTable(TomlTable):
    """The web page."""

    fonts: StrictBool = True
    """True where the page has the leaflet's own fonts inside, with the glyphs that it shows."""


class EpubTable(TomlTable):
    """EPUB books."""

    fonts: StrictBool = True
    """True where a book has the fonts of the workspace's own inside, with the characters of its text."""


class EmailTable(TomlTable):
    """E-mails."""

    pictures: Annotated[str, checked_text(value_checks.web_folder), WithJsonSchema({"type": "string"})] | None = Field(
        default=None, examples=["https://example.org/pictures/"]
    )
    """The address of a folder on a web server that holds the pictures; without it they are left out."""


class BrailleTable(TomlTable):
    """Braille files."""

    table: Annotated[str, checked_text(value_checks.braille_table), WithJsonSchema({"type": "string"})] | None = Field(
        default=None, examples=["en-ueb-g1.ctb"]
    )
    """The name of a table of liblouis; without it, the one that belongs to the language."""
    cells: Annotated[StrictInt, Field(ge=12, le=100)] = CELLS
    """The number of cells in a line."""
    lines: Annotated[StrictInt, Field(ge=5, le=100)] = LINES
    """The number of lines on a page."""


class NetworkTable(TomlTable):
    """The hosts that commands may ask; without it, none."""

    allow: list[Annotated[str, checked_text(value_checks.host_name), WithJsonSchema({"type": "string"})]] = Field(
        default=[], examples=[["doi.org"]]
    )
    """Names of hosts, as in ``doi.org``."""


class ImportTable(TomlTable):
    """Rules for documents of other programs, which ``leaflet import`` reads."""

    styles: dict[str, TomlText] = Field(default={}, examples=[{"Intense Quote": "pull-quote"}])
    """The block that the paragraphs of a style become, by the name of the style."""


class SettingsFile(TomlTable):
    """The settings that all leaflets of a workspace share; the front matter of a leaflet has precedence."""

    layout: LooseText | None = None
    style: LooseText | None = None
    css: TextOrList | None = None
    """CSS files that are applied after the style's own."""
    fit: (
        Annotated[
            str,
            checked_text(lambda text: value_checks.fit(text).value),
            WithJsonSchema({"enum": [fit.value for fit in Fit]}),
        ]
        | None
    ) = None
    """True where type may grow or shrink to fill the panels."""
    csl: LooseText | None = None
    """The citation style."""
    lang: Annotated[str, checked_text(value_checks.language), WithJsonSchema({"type": "string"})] | None = None
    """The language as a BCP 47 tag."""
    publisher: LooseText | None = None
    publisher_place: LooseText | None = None
    container_title: LooseText | None = None
    """The series or site that the leaflets are part of."""
    contact: (
        Annotated[
            JsonValue, _either(str, dict, hint="write [contact] on a line of its own"), _schema("string", "object")
        ]
        | None
    ) = None
    """Whom a reader can ask."""
    disclaimer: LooseText | None = None
    license: LooseText | None = None
    copyright: (
        Annotated[JsonValue, _either(str, dict, hint='write copyright = "…"'), _schema("string", "object")] | None
    ) = None
    cite: (
        Annotated[
            JsonValue,
            _either(bool, str, list, dict, hint='write cite = ["apa"]'),
            _schema("boolean", "string", "array", "object"),
        ]
        | None
    ) = None
    """The box "Cite this leaflet"."""
    bibliography: TextOrList | None = None
    """Files with references."""
    fields: (
        Annotated[JsonValue, _either(dict, hint="write [fields] on a line of its own"), _schema("object")] | None
    ) = None
    """Values for {{ name }} in the text."""
    retractions: LooseText | None = None
    """A list of retracted works."""
    strict: StrictBool | None = None
    """True where each warning is an error."""
    code_colours: StrictBool | None = None
    """True where code blocks have colours."""
    check: Annotated[JsonValue, _either(dict, hint="write [check] on a line of its own"), _schema("object")] | None = (
        None
    )
    """The rules of ``leaflet check``, and the sources that they look at."""
    organisation: OrganisationTable = OrganisationTable()
    limits: LimitsTable = LimitsTable()
    web: WebTable = WebTable()
    epub: EpubTable = EpubTable()
    email: EmailTable = EmailTable()
    braille: BrailleTable = BrailleTable()
    network: NetworkTable = NetworkTable()
    import_: Annotated[ImportTable, Field(alias="import")] = ImportTable()
