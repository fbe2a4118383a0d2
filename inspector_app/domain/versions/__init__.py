"""Earlier states of an inspection: rebuilding, comparing with now, and restoring from them."""
