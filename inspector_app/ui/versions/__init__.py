"""Earlier states of an inspection: the list of them, and what is different now."""
