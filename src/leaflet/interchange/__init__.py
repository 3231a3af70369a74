"""Documents of other programs: word processors and web pages in, Word out for review."""

from leaflet.interchange.import_document import ImportOptions, ImportResult, import_document
from leaflet.interchange.import_log import ImportNotice
from leaflet.interchange.readers import READERS

__all__ = ["READERS", "ImportNotice", "ImportOptions", "ImportResult", "import_document"]
