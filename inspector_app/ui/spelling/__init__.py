"""Spelling in the window: marks below words, suggestions, and words of one's own."""
