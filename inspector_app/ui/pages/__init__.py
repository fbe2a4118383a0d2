"""The pages in the centre of the window."""
