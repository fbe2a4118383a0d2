"""Checks before issue: pure functions over an inspection and its framework. They block nothing."""
