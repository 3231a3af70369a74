"""No output takes the place of a file of the user's: not of an input, and not of a file that leaflet did not write."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from files.commands import LEAFLET, REFERENCES, alone, contents, leaflet, workspace
from leaflet.errors import UnsafeError
from leaflet.files.writing import OverwritePolicy, name_key, write_together, written_whole
from leaflet.pipeline.own_outputs import written_by_leaflet

ALL = ("a-sheet.pdf", "a.pdf", "a.html", "a.bib", "a.ris", "a.csl.json")


def test_a_bibliography_beside_its_leaflet_survives_a_build_into_its_folder(tmp_path: Path) -> None:
    root = alone(tmp_path)
    before = contents(root)
    ran = leaflet(root, "build", "a.md", "--output", ".")
    assert ran.code == 1
    assert 'a.bib: "a.bib" is one of the files that this build is made from, so it is not replaced' in ran.err
    assert "hint: choose another folder with --output" in ran.err
    assert contents(root) == before


@pytest.mark.parametrize("way", ["hard link", "link", "other letters"])
def test_an_input_is_known_by_any_of_its_names(way: str, tmp_path: Path) -> None:
    """Also in leaflet's own folder, where files of these names are otherwise replaced."""
    root = workspace(tmp_path)
    output = root / "output"
    output.mkdir()
    bibliography = root / "source" / "hands.bib"
    if way == "hard link":
        (output / "hands.bib").hardlink_to(bibliography)
    elif way == "link":
        (output / "hands.bib").symlink_to("../source/hands.bib")
    else:
        (output / "hands.bib").write_text(REFERENCES)
        (root / "source" / "hands.md").write_text(LEAFLET.format(more="", bibliography="../output/HANDS.bib"))
        (output / "HANDS.bib").hardlink_to(output / "hands.bib")  # as a file system that does not tell them apart
    before = contents(root)
    ran = leaflet(root, "build", "source/hands.md")
    assert ran.code == 1
    assert "is one of the files that this build is made from" in ran.err
    assert contents(root) == before


@pytest.mark.parametrize("file", ALL)
def test_a_file_that_leaflet_did_not_write_is_not_replaced(file: str, tmp_path: Path) -> None:
    root = alone(tmp_path)
    (root / "to").mkdir()
    (root / "to" / file).write_text("mine")
    ran = leaflet(root, "build", "a.md", "--output", "to")
    assert ran.code == 1
    assert f'to/{file}: "{file}" was not written by leaflet, so it is not replaced' in ran.err
    assert contents(root / "to") == {file: b"mine"}


def test_all_files_in_the_way_are_told_at_once(tmp_path: Path) -> None:
    root = alone(tmp_path)
    (root / "to").mkdir()
    for file in ALL:
        (root / "to" / file).write_text("mine")
    ran = leaflet(root, "build", "a.md", "--output", "to")
    assert [file for file in ALL if f"to/{file}: " in ran.err] == list(ALL)
    assert ran.err.endswith("6 errors; nothing was written\n")


def test_what_leaflet_wrote_is_replaced_without_a_word(tmp_path: Path) -> None:
    root = alone(tmp_path)
    first = leaflet(root, "build", "a.md", "--output", "to")
    assert first.code == 0, first.err
    (root / "a.md").write_text((root / "a.md").read_text().replace("title: Washing", "title: Never washing"))
    assert leaflet(root, "build", "a.md", "--output", "to").code == 0
    assert b"Never washing" in (root / "to" / "a.bib").read_bytes()
    assert sorted(path.name for path in (root / "to").iterdir()) == sorted(ALL)


@pytest.mark.parametrize("choices", [("--archive",), ("--archive", "--attach-source"), ("--layout", "trifold-a4")])
def test_every_kind_of_output_is_known_again(choices: tuple[str, ...], tmp_path: Path) -> None:
    root = alone(tmp_path)
    assert leaflet(root, "build", "a.md", "--output", "to", *choices).code == 0
    is_own = written_by_leaflet("a")
    assert [name for name, data in contents(root / "to").items() if not is_own(name, data)] == []


METADATA = {
    "plain": "",
    "rich": "subtitle: 'A <i>small</i> \"habit\" & more_#%'\ndate: 2024-05\nlang: de\npublisher: Größe & Söhne {GmbH}\n",
    "many": "author:\n  - given: Ludwig\n    particle: van\n    family: Beethoven\n    suffix: Jr\n  - literal: WHO & co\n",
    "numbers": "isbn: 978-3-16-148410-0\ndoi: 10.1000/a_b%c\nurl: https://example.org/a_b?c=%20&d=~x\nversion: '1.0'\ncode: L-1\n",
    "keywords": "keywords: [a, 'b, c', d & e]\nabstract: |\n  Two lines\n\n  and *more* $x$.\n",
    "accessed": "cite: {access: build}\n",
}


@pytest.mark.parametrize("kind", METADATA)
def test_a_sidecar_of_any_metadata_is_known_again(kind: str, tmp_path: Path) -> None:
    root = alone(tmp_path)
    text = LEAFLET.format(more="", bibliography="a.bib")
    front = METADATA[kind]
    for key in ("author", "cite"):
        if f"{key}:" in front:
            text = "\n".join(line for line in text.split("\n") if not line.startswith(f"{key}:"))
    (root / "a.md").write_text(text.replace("title:", f"{front}title:", 1))
    sidecars = ("--format", "bib", "--format", "ris", "--format", "csl-json")
    ran = leaflet(root, "build", "a.md", "--output", "to", *sidecars)
    assert ran.code == 0, ran.err
    is_own = written_by_leaflet("a")
    assert [name for name, data in contents(root / "to").items() if not is_own(name, data)] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.bib", REFERENCES),
        ("a.bib", "@booklet{a,\n  title = {My own notes},\n  note = {kept by hand}\n}\n% and a remark\n"),
        ("a.bib", "@booklet{b,\n  title = {Another}\n}\n"),
        ("a.bib", "@booklet{a,\n  title = {One}\n}\n\n@booklet{a,\n  title = {Two}\n}\n"),
        ("a.bib", ""),
        ("a.ris", "TY  - PAMP\nID  - a\nTI  - One\nER  - \nremark"),
        ("a.csl.json", '[{"id": "a", "type": "pamphlet"}]'),
        ("a.csl.json", "{"),
        ("a.html", "<!DOCTYPE html>\n<title>Mine</title>\n"),
        ("a.pdf", "%PDF-1.7\n%%EOF\n"),
        ("a.pdf", ""),
        ("index.html", "<!DOCTYPE html>\n<title>Mine</title>\n"),
        ("manifest.json", '{\n "name": "My web application"\n}\n'),
        ("manifest.csv", "name,price\n"),
        ("a.zip", "PK"),
    ],
)
def test_what_others_write_is_not_taken_for_an_output(name: str, text: str) -> None:
    assert not written_by_leaflet("a")(name, text.encode())


def test_a_pdf_of_another_program_is_not_taken_for_an_output(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Title": "leaflet 1", "/Creator": "a leaflet 1.0"})
    writer.write(tmp_path / "a.pdf")
    assert not written_by_leaflet("a")("a.pdf", (tmp_path / "a.pdf").read_bytes())


def test_a_link_in_place_of_an_output_is_left_alone(tmp_path: Path) -> None:
    root = alone(tmp_path)
    (root / "to").mkdir()
    (root / "notes.txt").write_text("mine")
    (root / "to" / "a.ris").symlink_to("../notes.txt")
    (root / "to" / "a.html").symlink_to("nowhere")
    ran = leaflet(root, "build", "a.md", "--output", "to")
    assert ran.code == 1
    assert ran.err.count("is a link or a device, which leaflet did not make") == 2
    assert (root / "notes.txt").read_text() == "mine"
    assert sorted(path.name for path in (root / "to").iterdir()) == ["a.html", "a.ris"]


def test_the_own_folder_is_leaflets_unless_it_is_a_link_to_another(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / "output").mkdir()
    (root / "output" / "hands.bib").write_text("of an earlier version")
    assert leaflet(root, "build", "source/hands.md", "--format", "bib").code == 0
    (root / "mine").mkdir()
    (root / "mine" / "hands.bib").write_text("mine")
    (root / "output" / "hands.bib").unlink()
    (root / "output").rmdir()
    (root / "output").symlink_to("mine")
    assert leaflet(root, "build", "source/hands.md", "--format", "bib").code == 1
    assert (root / "mine" / "hands.bib").read_text() == "mine"


@pytest.mark.parametrize("folder", ["source", "source/inner", "styles", "layouts/mine"])
def test_results_never_go_where_leaflets_are_made_from(folder: str, tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / "plan.toml").write_text(f'source = "source/hands.md"\noutput = "{folder}"\nformats = ["bib"]\n')
    before = contents(root)
    for arguments in (
        ("build", "source/hands.md", "--output", folder),
        ("batch", "plan.toml", "-j", "1"),
        ("dummy", "handout-a4", "--output", folder),
    ):
        ran = leaflet(root, *arguments)
        assert ran.code == 1
        assert "they could replace what they are made from" in ran.err
    assert contents(root) == before


def test_impose_replaces_neither_its_file_nor_another(tmp_path: Path) -> None:
    writer = PdfWriter()
    for _ in range(2):
        writer.add_blank_page(595.28, 841.89)
    writer.write(tmp_path / "a.pdf")
    (tmp_path / "b.pdf").hardlink_to(tmp_path / "a.pdf")
    (tmp_path / "c.pdf").write_bytes((tmp_path / "a.pdf").read_bytes() + b"\n")
    before = contents(tmp_path)
    for target in ("a.pdf", "b.pdf", "c.pdf"):
        ran = leaflet(tmp_path, "impose", "a.pdf", "--layout", "handout-a4", "--output", target)
        assert ran.code == 1
        assert "so it is not replaced" in ran.err
        assert contents(tmp_path) == before
    for _ in range(2):
        assert leaflet(tmp_path, "impose", "a.pdf", "--layout", "handout-a4").code == 0
    assert len(PdfReader(tmp_path / "a-sheet.pdf").pages) == 2


def test_a_dummy_replaces_its_own_files_only(tmp_path: Path) -> None:
    for _ in range(2):
        assert leaflet(tmp_path, "dummy", "handout-a4", "--output", ".").code == 0
    (tmp_path / "handout-a4-duplex.pdf").write_text("mine")
    before = contents(tmp_path)
    assert leaflet(tmp_path, "dummy", "handout-a4", "--output", ".").code == 1
    assert contents(tmp_path) == before


# ---------------------------------------------------------------- batches

PLAN = 'source = "hands.md"\ndata = "rows.csv"\noutput = "."\nname = "{id}"\nformats = ["bib"]\n'


def batch_workspace(folder: Path, rows: str, plan: str = PLAN) -> Path:
    root = workspace(folder)
    (root / "source" / "hands.md").rename(root / "hands.md")
    (root / "source" / "hands.bib").rename(root / "hands.bib")
    (root / "rows.csv").write_text(rows)
    (root / "plan.toml").write_text(plan)
    return root


def test_a_plan_whose_output_is_the_users_folder_replaces_nothing(tmp_path: Path) -> None:
    root = batch_workspace(tmp_path, "id\none\nhands\ntwo\n")
    (root / "two.bib").write_text("mine")
    (root / "index.html").write_text("my home page")
    before = contents(root)
    ran = leaflet(root, "batch", "plan.toml", "-j", "1")
    assert ran.code == 1
    assert '"hands.bib" is one of the files that this build is made from' in ran.err
    assert '"two.bib" was not written by leaflet' in ran.err
    assert '"index.html" was not written by leaflet' in ran.err
    found = {name: data for name, data in contents(root).items() if not name.startswith(".leaflet-journal")}
    assert found == before


@pytest.mark.parametrize("name", ["manifest.csv", "manifest.json"])
def test_data_with_the_name_of_a_record_are_not_replaced(name: str, tmp_path: Path) -> None:
    rows = "id\none\n" if name.endswith("csv") else '[{"id": "one"}]'
    root = batch_workspace(tmp_path, "", PLAN.replace("rows.csv", f"output/{name}").replace('"."', '"output"'))
    (root / "output").mkdir()
    (root / "output" / name).write_text(rows)
    ran = leaflet(root, "batch", "plan.toml", "-j", "1")
    assert ran.code == 1
    assert f'"{name}" is one of the files that this build is made from' in ran.err
    assert (root / "output" / name).read_text() == rows


def test_a_batch_in_the_users_folder_goes_on_over_its_own_files(tmp_path: Path) -> None:
    plan = PLAN.replace('"."', '"to"').replace('["bib"]', '["sheet", "html", "ris"]')
    root = batch_workspace(tmp_path, "id\none\ntwo\n", plan)
    extras = ("--combine", "--split", "1", "--zip")
    first = leaflet(root, "batch", "plan.toml", "-j", "1", *extras)
    assert first.code == 0, first.err
    (root / "hands.md").write_text((root / "hands.md").read_text().replace("Clean hands", "Clean, dry hands"))
    again = leaflet(root, "batch", "plan.toml", "-j", "1", *extras)
    assert again.code == 0, again.err
    (root / "rows.csv").write_text("id\ntwo\n")
    (root / "to" / "plan-print-run-9.pdf").write_text("mine")
    assert leaflet(root, "batch", "plan.toml", "-j", "1", *extras).code == 0
    assert not (root / "to" / "plan-print-run-2.pdf").exists()
    assert (root / "to" / "plan-print-run-9.pdf").read_text() == "mine"
    (root / "to" / "plan-1.zip").write_text("mine")
    assert leaflet(root, "batch", "plan.toml", "-j", "1", *extras).code == 1
    assert (root / "to" / "plan-1.zip").read_text() == "mine"


@pytest.mark.parametrize(
    ("ids", "formats", "message"),
    [
        (("x", "x-sheet"), ["sheet", "pdf"], '"x-sheet.pdf" would be a file of the variant "x" too'),
        (("X", "x-SHEET"), ["sheet", "pdf"], '"x-SHEET.pdf" would be a file of the variant "X" too'),
        (("index",), ["html"], '"index.html" has a name that the batch gives a file of its own'),
        (("Index",), ["html"], '"Index.html" has a name that the batch gives a file of its own'),
        (("a-print-run",), ["pdf"], '"a-print-run.pdf" has a name that the batch gives'),
        (("Straße", "STRASSE"), ["bib"], "many systems do not tell capitals from small letters"),
        (("ﬁt", "fit"), ["bib"], "many systems do not tell capitals from small letters"),
    ],
)
def test_two_results_never_share_a_name(ids: tuple[str, ...], formats: list[str], message: str, tmp_path: Path) -> None:
    plan = PLAN.replace('"."', '"output"').replace('["bib"]', str(formats))
    root = batch_workspace(tmp_path, "\n".join(("id", *ids)) + "\n", plan)
    ran = leaflet(root, "batch", "plan.toml", "-j", "1")
    assert ran.code == 1
    assert message in ran.err
    assert not (root / "output").exists()


def test_names_that_only_meet_in_formats_that_are_not_built_are_no_fault(tmp_path: Path) -> None:
    plan = PLAN.replace('"."', '"output"').replace('["bib"]', '["bib"]')
    root = batch_workspace(tmp_path, "id\nx\nx-sheet\nindex\n", plan)
    assert leaflet(root, "batch", "plan.toml", "-j", "1").code == 0


def test_several_sources_never_write_one_file(tmp_path: Path) -> None:
    root = alone(tmp_path)
    for name in ("x", "x-sheet", "X"):
        (root / f"{name}.md").write_text(LEAFLET.format(more="", bibliography="a.bib"))
    ran = leaflet(root, "build", "x.md", "x-sheet.md", "--output", "to", "--format", "sheet", "--format", "pdf")
    assert ran.code == 1
    assert '"x-sheet.md" and "x.md" would both write x-sheet.pdf' in ran.err
    ran = leaflet(root, "build", "x.md", "X.md", "--output", "to", "--format", "bib")
    assert ran.code == 1
    assert '"X.md" and "x.md" would both write X.bib' in ran.err
    assert not (root / "to").exists()


def test_a_batch_deletes_no_hidden_file_of_the_users(tmp_path: Path) -> None:
    root = batch_workspace(tmp_path, "id\none\n", PLAN.replace('"."', '"output"'))
    (root / "output" / "thumbnails").mkdir(parents=True)
    kept = [".one.bib.abcd1234", ".index.html.abcd1234", "thumbnails/holiday.webp", "thumbnails/.holiday.webp.abcd1234"]
    for name in kept:
        (root / "output" / name).write_text("mine")
    (root / "output" / ".one.bib.abcd1234.leaflet-part").write_text("half")
    (root / "output" / ".one.bib.abcd5678.leaflet-part").symlink_to(root / "hands.md")
    assert leaflet(root, "batch", "plan.toml", "-j", "1").code == 0
    assert [(root / "output" / name).read_text() for name in kept] == ["mine"] * 4
    assert not (root / "output" / ".one.bib.abcd1234.leaflet-part").exists()
    assert (root / "output" / ".one.bib.abcd5678.leaflet-part").is_symlink()


# ---------------------------------------------------------------- the writing itself


def test_by_default_nothing_is_replaced_but_by_the_same(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"A")
    write_together(tmp_path, {"a": b"A", "b": b"B"})
    with pytest.raises(UnsafeError, match='"a" was not written by leaflet'):
        write_together(tmp_path, {"a": b"new", "c": b"C"})
    assert contents(tmp_path) == {"a": b"A", "b": b"B"}


def test_a_stream_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fails() -> None:
        with written_whole(tmp_path / "a") as stream:
            stream.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "a").write_bytes(b"mine")
    with pytest.raises(UnsafeError), written_whole(tmp_path / "a"):
        pass
    assert contents(tmp_path) == {"a": b"mine"}


def test_a_fifo_of_an_outputs_name_does_not_stop_the_writing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a")
    with pytest.raises(UnsafeError, match="a link or a device"):
        write_together(tmp_path, {"a": b"A"}, OverwritePolicy(is_own=lambda *_: True))


def test_names_are_the_same_in_all_letters_and_forms() -> None:
    assert name_key("Ärzte.PDF") == name_key("a\u0308rzte.pdf")
    assert name_key("a.pdf") != name_key("b.pdf")
