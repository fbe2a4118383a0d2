"""The inspection file: an SQLite database that is always saved."""
