"""Inspector: draft health and social care inspection reports."""

__version__ = "0.1.0"
