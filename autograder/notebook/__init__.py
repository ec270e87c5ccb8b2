"""Reads and restores notebooks."""
