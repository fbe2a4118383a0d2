"""Choosing a rating: its shape, its colour, its word."""
