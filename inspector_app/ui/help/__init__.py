"""The user guide, the list of keys, and what this application is."""
