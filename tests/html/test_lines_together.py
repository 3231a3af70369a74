"""Lines of verse and bold lines on paper: what stays together between pages."""

from __future__ import annotations

from documents import NOWHERE, document, on_web, parsed, printed, section, text

from leaflet.model.document import Attributes, HardBreak, Paragraph, Strong

POEM = Paragraph(
    children=(
        *text("The kettle sang, the door stood wide,"),
        HardBreak(),
        *text("the table had one more;"),
        HardBreak(),
        *text("\u00a0"),
        HardBreak(),
        *text("So lend us, Lord, her open hand"),
    ),
    attributes=Attributes(classes=("line-block",)),
)


def test_each_stanza_of_a_line_block_is_one_block_on_paper() -> None:
    stanzas = parsed(printed(document(section("Hymn", POEM)))).find_class("stanza")
    assert [len(stanza.findall("br")) for stanza in stanzas] == [1, 0]
    assert stanzas[1].text_content() == "So lend us, Lord, her open hand"
    assert "stanza" not in on_web(document(section("Hymn", POEM)))


def test_a_paragraph_that_is_bold_throughout_leads_into_what_follows() -> None:
    bold = Strong(children=text("Hymn"))
    lines = (Paragraph(children=(bold,), attributes=NOWHERE), Paragraph(children=(bold, *text(" 342"))))
    page = parsed(printed(document(section("Order", *lines))))
    assert [one.text_content() for one in page.find_class("leading")] == ["Hymn"]
