"""Widgets and look that pages share. Nothing here knows a page, a panel or a command."""
