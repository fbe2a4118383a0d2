"""The checks in the window: what they found, and setting it aside."""
