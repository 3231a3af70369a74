"""Feeds the readers of bibliographies thousands of damaged files: fuzz.py [COUNT] [SEED].

Every file is the test library, or a piece of it, cut, doubled, shuffled, and strewn with signs that mean something to
one of the formats. A reader may complain and may read nothing; it may not raise, hang or eat memory. Prints what was
seen; stops with a file that brings a reader down. The ordinary tests do the same for a few hundred texts.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from pathlib import Path

from leaflet.bibliography import Format, check, merge, read_text, write
from leaflet.errors import SourceError

HERE = Path(__file__).parent
FILES = {
    Format.BIBLATEX: "library.bib",
    Format.BIBTEX: "library-bibtex.bib",
    Format.CSL_JSON: "library.csl.json",
    Format.CSL_YAML: "library.yaml",
    Format.RIS: "library.ris",
}
SIGNS = (
    *"{}()[]@#%&$_^~\\\"',:;=-+*/<>!?|`\t\n\r\0\x85\u2028\ufeff\u202e",
    *("{{", "}}", "@string{", "@comment", "crossref = {", "xdata = {a}", "\\", "\\'", "\\emph{", "$$", "# jan #"),
    *("&a ", "*a", "<<: *a", "!!python/object:", "- - - -", "? ", "---\n", "...\n", "|\n", ">-\n"),
    *('{"a":', "[[", "NaN", "1e999", "9" * 400, "\\ud800", "null", '"id":', "date-parts"),
    *("TY  - ", "ER  - ", "\nAU  - ", "\nPY  - ////", "<i>", "</i>", "<span class=", "é", "́", "𝕏", "\ud800", "字"),
)
SLOW = 2.0
"""Seconds of processor time after which one small file counts as a hang."""


def damaged(text: str, chance: random.Random) -> str:
    """A piece of ``text`` with up to a dozen injuries."""
    length = min(len(text), chance.choice((40, 300, 3_000, 20_000)))
    start = chance.randrange(len(text) - length + 1)
    piece = text[start : start + length]
    for _ in range(chance.randrange(13)):
        place = chance.randrange(len(piece) + 1)
        end = min(len(piece), place + chance.randrange(60))
        match chance.randrange(5):
            case 0:
                piece = piece[:place] + piece[end:]
            case 1:
                piece = piece[:place] + piece[place:end] * chance.randrange(2, 30) + piece[place:]
            case 2:
                other = chance.randrange(len(text))
                piece = piece[:place] + text[other : other + 80] + piece[place:]
            case _:
                piece = piece[:place] + chance.choice(SIGNS) * chance.choice((1, 1, 1, 3, 200)) + piece[place:]
    return piece


def read(text: str, kind: Format) -> bool:
    """True if anything was read, checked and written again."""
    try:
        references, _ = read_text(text, kind, "fuzzed")
    except SourceError:
        return False
    merged, _ = merge([references])
    check(merged)
    for target in Format:
        write(merged, target)
    return bool(merged)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = sys.argv[2] if len(sys.argv) > 2 else "leaflet"
    texts = {kind: (HERE / name).read_text(encoding="utf-8") for kind, name in FILES.items()}
    chance = random.Random(seed)
    slowest, readable, begun = 0.0, 0, time.perf_counter()
    at_first = 0
    for number in range(count):
        kind = chance.choice(tuple(FILES))
        text = damaged(texts[chance.choice((kind, kind, kind, *FILES))], chance)
        started = time.process_time()
        try:
            readable += read(text, kind)
            seconds = time.process_time() - started
        except Exception:
            seconds = SLOW
        slowest = max(slowest, seconds)
        if seconds >= SLOW:
            culprit = Path(f"fuzzed-{number}.{kind}")
            culprit.write_text(text, encoding="utf-8", errors="surrogatepass")
            print(f"file {number} ({kind}) brings the reader down; it is kept as {culprit}")  # noqa: T201
            if "--go-on" not in sys.argv:
                raise SystemExit(1)
        if number == count // 10:
            at_first = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    total = time.perf_counter() - begun
    print(f"{count} files in {total:.0f} s, {readable} readable, slowest {slowest:.2f} s")  # noqa: T201
    print(f"peak memory {peak / 1024:.0f} MB, after a tenth {at_first / 1024:.0f} MB")  # noqa: T201


if __name__ == "__main__":
    main()
