"""What this computer holds of inspections: listed by inspection, looked into, and removed."""
