"""``leaflet export``: a leaflet as a Word document for review."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from leaflet.cli import messages as report
from leaflet.cli.options import choices, field_values
from leaflet.clock import build_day

if TYPE_CHECKING:
    from leaflet.model.document import Image
    from leaflet.pipeline import CitedDocument

SUFFIX = "-review.docx"


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--to", "target", type=click.Choice(("docx",)), required=True, help="The kind of document.")
@choices
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write [output/NAME-review.docx]."
)
def command(
    source: Path,
    target: str,  # noqa: ARG001 - there is one kind so far
    layout: str | None,
    style: str | None,
    csl: str | None,
    fields: tuple[str, ...],
    output: Path | None,
) -> None:
    """Write SOURCE as a Word document for people who review it in Word or LibreOffice.

    Let them switch on "track changes" and write comments; `leaflet import --review` brings both back.
    """
    from leaflet.files import open_workspace, output_folder, output_policy, read_file, shown_path, write_together
    from leaflet.interchange import export_docx
    from leaflet.pipeline import Choices, cite_source

    workspace = open_workspace(source)
    wanted = Choices(layout=layout, style=style, csl=csl, fields=field_values(fields))
    day = build_day()
    cited, problems = cite_source(source, wanted, today=day, workspace=workspace)
    report.show(problems)
    made = export_docx(
        cited.document,
        cited.citations,
        source=read_file(source, inside=workspace.roots),
        picture_data=lambda image: _picture(image, cited),
        day=day,
    )
    file = output or output_folder(workspace, None) / f"{source.stem}{SUFFIX}"
    policy = output_policy(workspace, inputs=(source,))
    for path in write_together(file.parent, {file.name: made.data}, policy):
        report.say(shown_path(path))
    for name in made.left_out:
        report.say(f"  the picture {name} is in words: Word shows PNG, JPEG and GIF")


def _picture(image: Image, cited: CitedDocument) -> bytes | None:
    """Return a picture that Word can show, or None."""
    from leaflet.errors import LeafletError
    from leaflet.files import picture_data, read_picture

    if image.absent or not image.path or image.path.startswith("data:"):
        return None
    try:
        found = read_picture(image.path, folder=cited.folder, workspace=cited.workspace, asked_at=None)
        return picture_data(found, cited.workspace)
    except (LeafletError, OSError):
        return None
