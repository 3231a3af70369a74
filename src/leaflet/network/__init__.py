"""The only package that opens connections: to Zotero on this computer, and to hosts that a workspace allows by name."""

from leaflet.network.connection import Answer, Fetcher, ask_this_computer
from leaflet.network.resolvers import IDENTIFIERS, Identifier, resolve
from leaflet.network.retraction_list import RETRACTIONS, fetch_retractions
from leaflet.network.zotero import zotero_items

__all__ = [
    "IDENTIFIERS",
    "RETRACTIONS",
    "Answer",
    "Fetcher",
    "Identifier",
    "ask_this_computer",
    "fetch_retractions",
    "resolve",
    "zotero_items",
]
