"""From CSL-JSON to typed items."""
