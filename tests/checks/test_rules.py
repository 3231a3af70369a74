"""Each rule finds what its examples promise, at the promised place, and nothing else; and each has its page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rule_corpus import counts, table, write
from rule_examples import FOLDER, Example, Faultless, examples, findings, planted, promised

from documented import FencedBlock
from leaflet.checks import Area, Registry, rules_page
from leaflet.pipeline import Session
from running import REPOSITORY, run_leaflet

REGISTRY = Registry()


@pytest.fixture(scope="module")
def session() -> Session:
    return Session()


@pytest.mark.parametrize("example", examples(), ids=str)
def test_an_example_is_judged_as_it_says(example: Example, tmp_path: Path, session: Session) -> None:
    source, expected = example.written(tmp_path)
    found = findings(source, example.select, example.today, session)
    missed = [promise for promise in expected if not any(promise.is_met_by(one) for one in found)]
    surplus = [str(one) for one in found if not any(promise.is_met_by(one) for promise in expected)]
    assert (missed, surplus) == ([], [])


@pytest.fixture(scope="module")
def faultless(tmp_path_factory: pytest.TempPathFactory) -> Faultless:
    return Faultless.built(tmp_path_factory.mktemp("faultless"))


@pytest.mark.parametrize(("code", "block"), planted(), ids=str)
def test_a_planted_fault_is_found(code: str, block: FencedBlock, faultless: Faultless) -> None:
    found = faultless.judged(block, code)
    promises = promised(block)
    met = [any(one.code == number and words in one.message for one in found) for number, words in promises]
    surplus = [str(one) for one in found if not any(words in one.message for _, words in promises)]
    assert (promises, met, surplus) == (promises, [True] * len(promises), [])


@pytest.mark.parametrize("rule", REGISTRY.rules, ids=lambda rule: rule.code)
def test_each_rule_has_a_failing_and_a_passing_example(rule: object) -> None:
    code, name = rule.code, rule.name  # type: ignore[attr-defined]
    path = FOLDER / f"{code}-{name}.md"
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {code} {name}\n")
    language = "python" if rule.area in (Area.PDF, Area.OUTPUTS) else "markdown"  # type: ignore[attr-defined]
    blocks = re.findall(rf"^```{language}[^\n]*\n(.*?)^```(?:\n+```bibtex\n(.*?)^```)?", text, re.S | re.M)
    promises = [f"expect: {code}" in body + library for body, library in blocks]
    assert True in promises
    assert False in promises


@pytest.mark.parametrize("rule", REGISTRY.rules, ids=lambda rule: rule.code)
def test_each_rule_has_a_whole_page(rule: object) -> None:
    sections = rule.sections  # type: ignore[attr-defined]
    assert list(sections) == ["What it finds", "Why", "Bad", "Good", "When to ignore it"]
    assert all(text.strip() for text in sections.values())


def test_codes_and_names_are_unique() -> None:
    codes = [rule.code for rule in REGISTRY.rules]
    names = [rule.name for rule in REGISTRY.rules]
    assert len(set(codes)) == len(codes)
    assert len(set(names)) == len(names)


def test_the_page_of_rules_is_current() -> None:
    page = (REPOSITORY / "docs" / "rules.md").read_text(encoding="utf-8")
    assert page == rules_page(REGISTRY), "make it again: leaflet rule --all > docs/rules.md"


def test_the_command_prints_a_page_by_code_or_name(tmp_path: Path) -> None:
    page = run_leaflet("rule", "l201", cwd=tmp_path).stdout
    assert page.startswith("L201 plain-words")
    assert run_leaflet("rule", "plain-words", cwd=tmp_path).stdout == page
    assert "L201  plain-words" in run_leaflet("rule", cwd=tmp_path).stdout
    unknown = run_leaflet("rule", "plain-word", cwd=tmp_path, check=False)
    assert unknown.returncode == 1
    assert "plain-words" in unknown.stderr


def test_the_corpus_is_large_enough_and_its_table_is_current(tmp_path: Path) -> None:
    faulty, clean = counts()
    assert sum(faulty.values()) >= 120
    assert sum(clean.values()) >= 60
    assert (REPOSITORY / "docs" / "check-corpus.md").read_text(encoding="utf-8") == table()
    write(tmp_path)
    assert len((tmp_path / "corpus.tsv").read_text(encoding="utf-8").splitlines()) == len(examples()) + 1
