"""Find and replace over the whole inspection: the panel, its results, and going to a hit."""
