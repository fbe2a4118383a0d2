"""What a person chooses once for all inspections, and the dialog to choose it in."""
