"""Run the command line with ``python -m leaflet``."""

from leaflet.cli import main

if __name__ == "__main__":
    main()
