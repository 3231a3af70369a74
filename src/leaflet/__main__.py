"""Start of the command line: ``leaflet``, and ``python -m leaflet``."""

from __future__ import annotations

import signal


def run() -> None:
    """Run the command line. Until it has begun there is nothing to clear up, and Ctrl-C ends it without a word."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from leaflet.cli import main

    main()


if __name__ == "__main__":
    run()
