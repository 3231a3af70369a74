"""Messages of WeasyPrint: those of the document arrive, those of the machine do not."""

from __future__ import annotations

import logging

import weasyprint.pdf.fonts

from leaflet.weasy.laid_out import ABOUT_THE_MACHINE, messages_from


def record(message: str) -> logging.LogRecord:
    return logging.LogRecord("weasyprint", logging.WARNING, "fonts.py", 1, message, ("Arial",), None)


def test_a_library_that_is_not_installed_is_no_fault_of_the_document() -> None:
    records = [record(f'{ABOUT_THE_MACHINE} for font "%s".'), record("Ignored %s")]
    assert [message.text for message in messages_from(records)] == ["Ignored Arial"]
    source = weasyprint.pdf.fonts.__loader__.get_source("weasyprint.pdf.fonts")
    assert ABOUT_THE_MACHINE in source, "WeasyPrint words its message differently now"
