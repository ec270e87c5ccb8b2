"""Runs beside student code, inside the sandbox."""
