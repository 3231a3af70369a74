"""Running of a batch: jobs, scheduling, processes, journal, fingerprints and clusters."""
