"""Spelling in British English: words of a text, the dictionary, and words of one's own."""
