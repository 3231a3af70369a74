"""The work of a build process: one leaflet after another in a warm session, each within its own budget."""

from __future__ import annotations

import pickle
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, cast

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.errors import LeafletError, Problem
from leaflet.faults import guarded
from leaflet.files import shipped_folder
from leaflet.model.fold import folding
from leaflet.model.output_format import ORDINARY_FORMATS, SUFFIXES
from leaflet.model.workspace import WatchedWorkspace
from leaflet.pipeline import Choices, FoundArrangement, Proof, Session, examine_proof, full_proof, quick_proof
from leaflet.preview.build_request import (
    BuildRequest,
    Built,
    Depth,
    RuleFinding,
    ShownPage,
    ShownSide,
    TabChoices,
)
from leaflet.preview.page_places import page_keys, places_on, shown_pages
from leaflet.sheet import describe_sheets, place

if TYPE_CHECKING:
    from leaflet.checks import Finding


class ProofBuilder(Struct):
    """Builder of leaflets in one process, and owner of everything there that outlives a build."""

    _session: Session = field(default_factory=Session)
    _pictures: dict[Path, WatchedWorkspace] = field(default_factory=dict)
    _last: Proof | None = None
    """The complete leaflet that was made last, for the rules."""

    def make(self, request: BuildRequest) -> Built:
        """Return what ``request`` names, or the reasons why it could not be made."""
        started = perf_counter()
        workspace = self._workspace(request.root)
        try:
            with guarded(request.budget, str(request.source)):
                built = self._made(request, workspace)
        except LeafletError as error:
            built = Built(depth=request.depth, problems=error.problems)
        return replace(built, inputs=workspace.inputs, seconds=perf_counter() - started)

    def _workspace(self, root: Path) -> WatchedWorkspace:
        known = self._pictures.get(root)
        if known is None:
            known = self._pictures[root] = WatchedWorkspace(root=root, shipped=shipped_folder())
        return replace(known, asked={})

    def _made(self, request: BuildRequest, workspace: WatchedWorkspace) -> Built:
        source, choices, session = request.source, _choices(request.choices), self._session
        if request.depth is Depth.CHECKED:
            if self._last is None:
                return Built(depth=request.depth)
            checked = examine_proof(
                self._last, source, choices, today=request.today, session=session, text=request.text
            )
            return Built(depth=request.depth, findings=tuple(map(_finding, checked.findings)))
        if request.depth is Depth.QUICK:
            proof = quick_proof(
                source,
                choices,
                today=request.today,
                workspace=workspace,
                session=session,
                text=request.text,
                before=_arrangement(request.before),
            )
        else:
            proof = full_proof(
                source, choices, today=request.today, workspace=workspace, session=session, text=request.text
            )
            self._last = proof
        return _shown(proof, request)


def _shown(proof: Proof, request: BuildRequest) -> Built:
    layout, panels = proof.cited.layout, proof.panels
    pages = shown_pages(proof)
    metadata = proof.cited.document.metadata
    strips = len({panel.x for side in layout.sides[:1] for panel in side.placements})
    return Built(
        depth=request.depth,
        problems=proof.problems,
        pages=pages,
        places=places_on(panels),
        files=proof.files,
        web_page=proof.web_page,
        layout=layout,
        names={kind: f"{request.source.stem}{SUFFIXES[kind]}" for kind in ORDINARY_FORMATS},
        sides=_sides(proof, pages),
        steps=folding(layout.fold, strips) if layout.sides else (),
        arrangement=pickle.dumps(proof.arrangement),
        fit=str(panels.fit),
        facts={
            "title": metadata.title,
            "lang": metadata.lang,
            "layout": layout.name,
            "style": proof.cited.style.name,
            "csl": metadata.csl,
            "fit": metadata.fit.value,
            "sheets": describe_sheets(layout, len(pages)),
            "chosen": proof.layout,
            "points": f"{panels.fit.body_points:g}" if panels.fit.body_points else "",
        },
    )


def _choices(given: TabChoices) -> Choices:
    return Choices(layout=given.layout, style=given.style, csl=given.csl, fit=given.fit, fields=given.fields)


def _arrangement(pickled: bytes) -> FoundArrangement | None:
    return cast("FoundArrangement", pickle.loads(pickled)) if pickled else None  # noqa: S301 - a process of ours wrote it


def _finding(found: Finding) -> RuleFinding:
    problem = Problem(message=found.message, location=found.location, hint=found.hint, severity=found.severity)
    return RuleFinding(problem=problem, code=found.code, panel=found.panel)


def _sides(proof: Proof, pages: tuple[ShownPage, ...]) -> tuple[ShownSide, ...]:
    """Return the sides of the paper where they were made."""
    if "sheet" not in proof.files:
        return ()
    layout, panels = proof.cited.layout, proof.panels
    sides = place(layout, panels.panels, [(page.width, page.height) for page in pages])
    return tuple(
        ShownSide(
            key=key,
            name=side.name,
            width=side.width,
            height=side.height,
            margins=side.margins,
            folds=side.folds,
            level_folds=side.level_folds,
            cuts=side.cuts,
            level_cuts=side.level_cuts,
        )
        for side, key in zip(sides, page_keys(proof.files["sheet"]), strict=False)
    )
