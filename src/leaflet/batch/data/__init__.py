"""Rows of data for variants: CSV, spreadsheets, databases, JSON and YAML."""
