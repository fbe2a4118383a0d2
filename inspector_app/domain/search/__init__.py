"""Find and replace over a whole inspection: what was typed, how texts compare, the edits."""
