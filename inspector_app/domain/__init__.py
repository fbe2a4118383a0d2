"""The inspection as values, and the one kind of edit. Imports nothing of the other layers."""
