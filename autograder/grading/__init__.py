"""Turns one submission into one result, and a class into many."""
