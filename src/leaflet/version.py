"""The version of leaflet."""

VERSION = "0.1.0"
