"""WeasyPrint's internal names are those of the list, and a build does without each of them or says why it cannot."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Collection
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace

from leaflet.errors import LeafletError, Problem, Severity
from leaflet.panels import PanelPdf
from leaflet.weasy import engine, renderer
from leaflet.weasy.features import ALWAYS, QUALITY, TESTED, Feature, Internal, Support, signature_of, supported_features
from leaflet.weasy.internals import INTERNALS
from panel_samples import FIGURE, HANDOUT, TABLE, failed_rules, handout, needs_verapdf, page, rendered, section

NAMES = sorted({(internal.module, internal.name) for internal in INTERNALS})


MODULES = {
    Feature.BASELINE_GRID: "layout.baseline_grid",
    Feature.TEXT_WRAP: "layout.text_wrap",
    Feature.LINE_FILL: "layout.line_fill",
    Feature.COLUMN_BALANCE: "layout.column_balance",
    Feature.LINE_CACHE: "layout.line_cache",
    Feature.SIBLING_SELECTORS: "layout.sibling_selectors",
    Feature.COVER_ART: "layout.cover_art",
    Feature.READING_ORDER: "paint.reading_order",
    Feature.TAG_REPAIR: "writer.tags",
    Feature.STYLE_CACHE: "layout.style_cache",
    Feature.BLOCK_CACHE: "layout.block_cache",
    Feature.CASCADE_CACHE: "layout.cascade_cache",
    Feature.CHANGED_TEXT: "layout.changeable_runs",
    Feature.COLUMN_FOOTER: "layout.column_footer",
    Feature.COLUMN_TRIALS: "layout.column_trials",
    Feature.PAGE_RECORDING: "paint.recorder",
    Feature.OPERATOR_CACHE: "paint.operator_cache",
    Feature.FONT_SUBSET: "writer.font_subset",
    Feature.COMPRESSION: "writer.compression",
}
"""The module of each feature that has one of its own, which is not to be imported where the feature is off."""


def sample(root: Path) -> PanelPdf:
    """A page of the trifold with text, a table and a picture."""
    return rendered(page(section(1) + TABLE + FIGURE, css="h2 { --text-wrap: balance }"), root)


def about_weasyprint(done: PanelPdf) -> list[Problem]:
    return [problem for problem in done.problems if "WeasyPrint" in problem.message]


def forbid_imports(features: Collection[Feature], monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the import of a feature's module fail where the feature is not among ``features``."""
    needed = {MODULES[feature] for feature in features if feature in MODULES}
    if Feature.PAGE_RECORDING in features:
        needed.add(MODULES[Feature.OPERATOR_CACHE])  # for its types
    if Feature.BLOCK_CACHE in features:
        needed.add(MODULES[Feature.STYLE_CACHE])
    for module in set(MODULES.values()) - needed:
        monkeypatch.setitem(sys.modules, f"leaflet.weasy.{module}", None)


@pytest.mark.parametrize("internal", INTERNALS, ids=str)
def test_the_installed_version_has_the_name(internal: Internal) -> None:
    assert list(internal.faults()) == []


def test_the_installed_version_is_tested_and_supports_everything() -> None:
    assert engine.weasyprint.VERSION.split(".")[0] in TESTED
    found = supported_features(engine.weasyprint.VERSION, INTERNALS)
    assert found.features == frozenset(Feature)
    assert found.problems == ()


def test_every_feature_has_internals() -> None:
    assert {feature for internal in INTERNALS for feature in internal.features} == set(Feature)


class TestAVersionThatIsNotKnown:
    @pytest.fixture(autouse=True)
    def _another_version(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(engine.weasyprint, "VERSION", "71.0")

    def test_only_what_changes_no_page_is_on(self) -> None:
        assert supported_features("71.0", INTERNALS).features == ALWAYS

    def test_a_build_works_and_warns_once(self, tmp_path: Path) -> None:
        (warning,) = about_weasyprint(sample(tmp_path))
        assert warning.severity is Severity.WARNING
        assert "WeasyPrint 71.0 is newer than this version of leaflet" in warning.message
        assert all(feature.value in warning.message for feature in QUALITY)
        assert "cache" not in warning.message

    def test_the_file_does_not_claim_to_be_accessible(self, tmp_path: Path) -> None:
        pdf = pikepdf.open(BytesIO(sample(tmp_path).data))
        assert "/StructTreeRoot" in pdf.Root
        assert "/Metadata" not in pdf.Root or b"pdfuaid" not in pdf.Root.Metadata.read_bytes()

    def test_footnotes_and_page_numbers_are_made(self, tmp_path: Path) -> None:
        css = ".note { float: footnote }"
        done = rendered(handout("<p>Text<span class='note'>A note.</span></p>", css), tmp_path, HANDOUT)
        assert done.data.startswith(b"%PDF")


@pytest.mark.parametrize(("module", "name"), NAMES, ids=lambda value: value)
def test_a_build_does_without_a_name_or_says_why_not(
    module: str, name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The name is hidden from leaflet alone, because WeasyPrint itself needs it."""
    plain = Internal.found

    def without(internal: Internal) -> object | None:
        return None if (internal.module, internal.name) == (module, name) else plain(internal)

    monkeypatch.setattr(Internal, "found", without)
    try:
        features = supported_features("70.0", INTERNALS).features
    except LeafletError:
        with pytest.raises(LeafletError) as caught:
            sample(tmp_path)
        (problem,) = caught.value.problems
        version = engine.weasyprint.VERSION
        assert problem.message.startswith(f"WeasyPrint {version} cannot be used by this version of leaflet: {module}")
        assert problem.hint
        return
    off = {feature for internal in INTERNALS for feature in internal.features if str(internal) == f"{module}.{name}"}
    assert not off & features
    forbid_imports(features, monkeypatch)
    done = sample(tmp_path)
    assert done.data.startswith(b"%PDF")
    warned = [feature.value in problem.message for feature in QUALITY for problem in about_weasyprint(done)]
    assert sum(warned) == len(set(QUALITY) - features)


@pytest.mark.parametrize("internal", [one for one in INTERNALS if one.signature], ids=str)
def test_a_changed_signature_turns_its_features_off(internal: Internal) -> None:
    changed = tuple(replace(one, signature="(another)") if one is internal else one for one in INTERNALS)
    if Feature.CORE in internal.features:
        with pytest.raises(LeafletError, match="cannot be used by this version of leaflet"):
            supported_features("70.0", changed)
    else:
        support = supported_features("70.0", changed)
        assert not support.features & set(internal.features)
        assert support.faults == (f"{internal} is {signature_of(internal.found())}, not (another)",)


@pytest.mark.parametrize("version", ["66.0", "67.0", "68.1", "69.0"])
def test_a_version_that_is_not_safe_is_refused_before_anything_is_imported(version: str, tmp_path: Path) -> None:
    package = tmp_path / "weasyprint"
    package.mkdir()
    (package / "__init__.py").write_text(f"VERSION = __version__ = '{version}'\n")
    script = "from leaflet.errors import LeafletError\ntry:\n    import leaflet.weasy\nexcept LeafletError as e:\n    print(e)"
    path = [str(tmp_path), str(Path(renderer.__file__).parents[2])]
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\nsys.path[:0] = {path!r}\n{script}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert f"WeasyPrint {version} is installed, which is too old" in done.stdout
    assert "pip install 'weasyprint>=70'" in done.stdout


CACHES = set(Feature) - set(QUALITY) - ALWAYS - {Feature.PAGE_RECORDING}


def without_caches(plain: Callable[..., Support]) -> Callable[..., Support]:
    def found(version: str, internals: tuple[Internal, ...]) -> Support:
        support = plain(version, internals)
        return replace(support, features=support.features - CACHES)

    return found


@needs_verapdf
def test_without_caches_a_file_is_as_accessible(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(renderer, "supported_features", without_caches(renderer.supported_features))
    done = sample(tmp_path)
    assert about_weasyprint(done) == []
    file = tmp_path / "it.pdf"
    file.write_bytes(done.data)
    assert failed_rules(file) == ""
