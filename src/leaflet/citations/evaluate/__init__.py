"""From a style and items to the output tree."""
