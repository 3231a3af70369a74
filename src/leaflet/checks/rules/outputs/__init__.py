"""Rules about the agreement of all files of a leaflet."""
