"""Results of a batch: manifest, index page, print run and archives."""
