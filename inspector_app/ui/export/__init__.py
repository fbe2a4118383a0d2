"""The export dialog, its pages, and printing."""
