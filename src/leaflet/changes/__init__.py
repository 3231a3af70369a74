"""Changes of a workspace since a revision: the sources that they touch, and the panels that look different."""

from leaflet.changes.change_reports import CHANGE_REPORTS, picture_names, summary_page
from leaflet.changes.changed_leaflets import ChangedLeaflet, Changes, find_changes

__all__ = ["CHANGE_REPORTS", "ChangedLeaflet", "Changes", "find_changes", "picture_names", "summary_page"]
