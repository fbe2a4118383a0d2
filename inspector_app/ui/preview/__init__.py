"""The live preview of the report."""
