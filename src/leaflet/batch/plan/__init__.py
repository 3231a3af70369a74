"""Plans: sources, data, choices, file names and rules, expanded into variants."""
