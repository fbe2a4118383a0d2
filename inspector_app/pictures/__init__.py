"""The one road of every picture, whoever brings it: upright, without metadata, as Word shows it.

Pillow is imported where the first picture is read, never before.
"""
