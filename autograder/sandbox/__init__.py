"""Starts student code in a sandbox and watches it."""
