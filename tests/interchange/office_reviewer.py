"""A reviewer at work in LibreOffice, through its own interface: tracked changes and comments, saved as .docx.

Run by a Python that has ``uno``: ``python3 office_reviewer.py PROGRAM PROFILE IN OUT``, with the work as JSON on standard input:
``{"replace": [[old, new], …], "delete": [text, …], "add": [[after, text], …], "comment": [[words, text], …]}``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

NAME = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.UserProfile/Data"><prop oor:name="givenname" oor:op="fuse"><value>Ann</value></prop></item>
</oor:items>
"""
PARAGRAPH = 0
"""``com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK``."""


def value(name: str, content: object) -> PropertyValue:
    made = PropertyValue()
    made.Name, made.Value = name, content
    return made


def started(program: str, profile: Path) -> tuple[subprocess.Popen[bytes], object]:
    """Start LibreOffice and return its desktop."""
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(NAME, encoding="utf-8")
    pipe = f"review{profile.stat().st_ino}"
    options = ("--headless", "--norestore", "--nologo", f"--accept=pipe,name={pipe};urp;")
    process = subprocess.Popen([program, f"-env:UserInstallation={profile.as_uri()}", *options])
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    while process.poll() is None:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return process, context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            time.sleep(0.2)
    raise SystemExit("LibreOffice ended before it could be asked")


def found(document: object, words: str) -> object:
    search = document.createSearchDescriptor()
    search.SearchString = words
    place = document.findFirst(search)
    if place is None:
        raise SystemExit(f"not in the document: {words}")
    return place


def review(document: object, work: dict[str, list]) -> None:
    for words, text in work["comment"]:
        place = found(document, words)
        comment = document.createInstance("com.sun.star.text.textfield.Annotation")
        comment.Content, comment.Author = text, "Ann"
        place.Text.insertTextContent(place, comment, True)
    document.RecordChanges = True
    for old, new in work["replace"]:
        found(document, old).String = new
    for after, text in work["add"]:
        place = found(document, after)
        cursor = place.Text.createTextCursorByRange(place.End)
        cursor.gotoEndOfParagraph(False)
        place.Text.insertControlCharacter(cursor, PARAGRAPH, False)
        place.Text.insertString(cursor, text, False)
    for words in work["delete"]:
        place = found(document, words)
        cursor = place.Text.createTextCursorByRange(place)
        cursor.goRight(1, True)
        cursor.String = ""


def main(program: str, profile: str, source: str, target: str) -> None:
    process, desktop = started(program, Path(profile))
    document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, (value("Hidden", True),))
    review(document, json.load(sys.stdin))
    document.storeToURL(Path(target).as_uri(), (value("FilterName", "MS Word 2007 XML"),))
    document.close(True)
    desktop.terminate()
    process.wait(60)


if __name__ == "__main__":
    main(*sys.argv[1:])
