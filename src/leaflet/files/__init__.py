"""Files of the user's: the one way in which they are opened, and the one way in which results are written."""
