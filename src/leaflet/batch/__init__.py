"""Many variants of one leaflet: planned, checked, built by several processes, remembered and packed for the printer."""
