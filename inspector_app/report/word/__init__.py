"""Typed blocks to a Word file in the house style."""
