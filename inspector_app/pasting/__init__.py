"""Text, tables and lists that other programs put on the clipboard, as clean blocks; without Qt."""
