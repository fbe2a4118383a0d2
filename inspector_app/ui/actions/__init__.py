"""Lists of what the provider must and should do."""
