"""One record, exported in four formats by the translators of Zotero, prints the same from each where the file says so."""

from __future__ import annotations

import pytest
from exports import FILES, FOLDER, differences, exports


def reasons(kind: str) -> dict[str, str]:
    """The records of ``differences.txt`` that print differently from this format, with the reason."""
    lines = (FOLDER / "differences.txt").read_text(encoding="utf-8").splitlines()
    told = (line.split(": ", 1) for line in lines if line.startswith(f"{kind} "))
    return {head.split(" ")[1]: reason for head, reason in told}


@pytest.mark.parametrize("kind", sorted(FILES))
def test_a_record_prints_from_every_export_as_from_csl_json(kind: str) -> None:
    found = {export.key: differences(export) for export in exports(kind)}
    assert len(found) >= 60
    different = {key: printed for key, printed in found.items() if printed}
    assert {key: printed for key, printed in different.items() if key not in reasons(kind)} == {}
    assert sorted(different) == sorted(reasons(kind))


@pytest.mark.parametrize("kind", sorted(FILES))
def test_the_comparison_leaves_out_little(kind: str) -> None:
    """Title, names and year of nearly every record are in every file, so that equal prints are not empty ones."""
    listed = list(exports(kind))
    assert all("title" in export.expected for export in listed)
    assert sum("issued" in export.expected for export in listed) >= len(listed) - 2
    assert sum(len(export.expected) >= 5 for export in listed) >= len(listed) - 4
