"""The gain of each cache and of each replaced function of WeasyPrint's, one at a time, in one process.

    python benchmarks/patches.py [SOURCE] [--layout NAME] [--variants N] [--rounds N] [--feature NAME …]

Each row builds variants of a leaflet whose first heading has another word each time, with one feature of
``leaflet.weasy.features`` off, in a session of its own. Times are the processor's milliseconds for a leaflet: of the first
(a cold session) and the least of the later ones; the ratio is to the row with everything on. "bytes" says whether all files
are those of that row. A feature that others need takes them with it.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from shutil import copytree
from statistics import quantiles
from time import process_time

from msgspec.structs import replace

from leaflet.pipeline import Choices, Session, compose
from leaflet.weasy import renderer as rendering
from leaflet.weasy.features import ALWAYS, QUALITY, REQUIRES, Feature, Support

DAY = date(2026, 1, 1)
TOGETHER = frozenset(Feature) - ALWAYS - frozenset(QUALITY)
"""All that only saves time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The times of one set of features, in milliseconds, and a digest of all files."""

    first: float
    later: float
    digest: str


def without(off: frozenset[Feature]) -> frozenset[Feature]:
    """Return ``off`` with the features that need one of them."""
    return off | {feature for feature, needed in REQUIRES.items() if needed in off}


def measure(source: Path, texts: list[str], off: frozenset[Feature], rounds: int, layout: str | None) -> Row:
    """Build ``texts`` one after the other without the features ``off``."""
    plain = rendering.supported_features
    choices = Choices(layout=layout, formats=("pdf",), allow_overflow=True)

    def fewer(*given: object) -> Support:
        support = plain(*given)  # type: ignore[arg-type]
        return replace(support, features=support.features - off)

    rendering.supported_features = fewer  # type: ignore[assignment]
    firsts, laters, digest = [], [], sha256()
    try:
        for number in range(rounds):
            session = Session()
            times = []
            for text in texts:
                source.write_text(text, encoding="utf-8")
                start = process_time()
                made = compose(source, choices, today=DAY, session=session)
                times.append((process_time() - start) * 1000)
                if number == 0:
                    digest.update(next(iter(made.files.values())))
            firsts.append(times[0])
            laters += times[2:]
    finally:
        rendering.supported_features = plain
    return Row(first=min(firsts), later=quantiles(laters, n=4)[0], digest=digest.hexdigest())


def variants(source: Path, count: int) -> list[str]:
    """Return the source with another word in its first heading each time."""
    head, mark, rest = source.read_text(encoding="utf-8").partition("\n## ")
    title, _, body = rest.partition("\n")
    return [f"{head}{mark}{title} {number}\n{body}" for number in range(count)]


def say(text: str) -> None:
    """Print one line of results."""
    print(text, flush=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", nargs="?", type=Path, default=Path("source/ms-beta-interferon.md"))
    parser.add_argument("--layout", help="default: the source's")
    parser.add_argument("--feature", action="append", default=[], help="only the rows of these; default: all")
    parser.add_argument("--variants", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=2)
    chosen = parser.parse_args()
    os.environ["LEAFLET_CACHE"] = "off"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(copytree(chosen.source.parent, Path(folder) / "source")) / chosen.source.name
        texts = variants(source, chosen.variants)
        measure(source, texts[:5], frozenset(), 1, chosen.layout)
        everything = measure(source, texts, frozenset(), chosen.rounds, chosen.layout)
        rows = {feature.name.lower(): frozenset({feature}) for feature in Feature if feature not in ALWAYS}
        say(f"{'off':26} {'first':>7} {'ratio':>6} {'later':>7} {'ratio':>6}  bytes")
        say(f"{'nothing':26} {everything.first:7.0f} {1:6.2f} {everything.later:7.0f} {1:6.2f}  same")
        for name, off in {**rows, "all that saves time": TOGETHER}.items():
            if chosen.feature and name not in chosen.feature:
                continue
            row = measure(source, texts, without(off), chosen.rounds, chosen.layout)
            first, later = row.first / everything.first, row.later / everything.later
            same = "same" if row.digest == everything.digest else "other"
            say(f"{name:26} {row.first:7.0f} {first:6.2f} {row.later:7.0f} {later:6.2f}  {same}")


if __name__ == "__main__":
    main()
