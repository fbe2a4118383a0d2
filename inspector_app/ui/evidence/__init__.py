"""Evidence notes in the window: capture, table, details, links."""
