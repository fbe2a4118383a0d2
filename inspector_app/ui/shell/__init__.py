"""The shell around the pages: outline, navigation, preview, status bar, actions."""
