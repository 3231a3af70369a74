"""Conversion of Markdown's flat tokens to the model's typed tree."""
