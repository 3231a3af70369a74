"""The values that travel between the stages: frozen, typed and free of behaviour that opens anything."""
