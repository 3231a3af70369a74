"""Running a batch: scheduling, processes, journal, fingerprints and clusters."""
