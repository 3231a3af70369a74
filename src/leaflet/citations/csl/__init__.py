"""From CSL's XML to frozen, typed trees."""
