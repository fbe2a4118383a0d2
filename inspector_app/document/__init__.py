"""The open inspection, as the window sees it. The first layer that knows Qt."""
