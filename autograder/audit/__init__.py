"""Audits hidden tests with sample answers, right and wrong."""
