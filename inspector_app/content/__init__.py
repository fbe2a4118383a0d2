"""Inspection content: the JSON in which an inspection comes in and goes out without a window."""
