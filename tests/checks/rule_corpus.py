"""The corpus of faulty and faultless sources and PDF files, written from the examples of the rules into a folder.

    python tests/checks/rule_corpus.py FOLDER

Each file holds one planted fault or none; ``corpus.tsv`` names its rule and what is to be found in it. The table in
``docs/check-corpus.md`` is printed by ``python tests/checks/rule_corpus.py``.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from rule_examples import examples, planted, promised  # noqa: E402 - the path comes first

from leaflet.checks import Registry  # noqa: E402

HEAD = """\
# The corpus of the checks

Each rule is tried on faulty and on faultless files, which are its examples in `tests/checks/rules/`. Faulty ones hold one
planted fault, which the rule must find at its place; in faultless ones it must find nothing. This table is made by
`python tests/checks/rule_corpus.py > docs/check-corpus.md`, the files themselves by `python tests/checks/rule_corpus.py FOLDER`.
"""


def counts() -> tuple[Counter[str], Counter[str]]:
    """Return the numbers of faulty and of faultless examples of each rule."""
    faulty: Counter[str] = Counter()
    clean: Counter[str] = Counter()
    blocks = [(example.code, example.promises) for example in examples()]
    blocks += [(code, bool(promised(block))) for code, block in planted()]
    for code, is_faulty in blocks:
        (faulty if is_faulty else clean)[code] += 1
    return faulty, clean


def table() -> str:
    """Return the page with one row for each rule."""
    faulty, clean = counts()
    rows = [f"| {rule.code} | {rule.name} | {faulty[rule.code]} | {clean[rule.code]} |" for rule in Registry().rules]
    total = f"| | all | {sum(faulty.values())} | {sum(clean.values())} |"
    return "\n".join([HEAD, "| Code | Rule | Faulty | Faultless |", "|---|---|---|---|", *rows, total]) + "\n"


def write(folder: Path) -> None:
    """Write each example as a workspace of its own, and the list of all."""
    lines = ["folder\trule\texpected"]
    for number, example in enumerate(examples(), start=1):
        name = f"{number:03}-{example.code}"
        _, expected = example.written(folder / name)
        found = "; ".join(f"{one.file}:{one.line} {one.code}" for one in expected) or "nothing"
        lines.append(f"{name}\t{example.code}\t{found}")
    (folder / "corpus.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).mkdir(parents=True)
        write(Path(sys.argv[1]))
    else:
        sys.stdout.write(table())
