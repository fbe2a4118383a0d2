"""The parts of the page with the inspection's details."""
