"""The open inspection, as the window sees it. The first room that knows Qt."""
