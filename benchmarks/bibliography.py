"""The time for a .bib file of 10,000 entries, beside that of bibtexparser for the same file with its usual steps."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

ENTRY = """@article{{key{number},
  author = {{Smith, Ann and M{{\\"u}}ller, Karl}},
  title = {{The {{DNA}} of Things {number}}},
  journal = {{Journal of Things}},
  year = 2001,
  volume = {{12}},
  pages = {{1--20}},
  doi = {{10.5555/{number}}},
}}
"""


def seconds(work: Callable[[], object]) -> float:
    """The best of three runs."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Print the times and their ratio to bibtexparser's own."""
    logging.disable(logging.CRITICAL)
    import bibtexparser

    from leaflet.bibliography import read_text

    text = "\n".join(ENTRY.format(number=number) for number in range(10_000))
    cited = {f"key{number}" for number in range(0, 10_000, 500)}
    theirs = seconds(lambda: bibtexparser.parse_string(text))
    some = seconds(lambda: read_text(text, "biblatex", "all.bib", wanted=cited))
    every = seconds(lambda: read_text(text, "biblatex", "all.bib"))
    print(f"bibtexparser, all entries          {theirs:6.2f} s  1.00")
    print(f"leaflet, the 20 cited converted    {some:6.2f} s  {some / theirs:.2f}")
    print(f"leaflet, all converted             {every:6.2f} s  {every / theirs:.2f}")


if __name__ == "__main__":
    main()
