"""Runs git on repositories that students control."""
