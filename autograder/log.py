"""Loggers for what libraries say as they work: what matters of it is returned or raised here."""

import logging


def quiet_logger(name: str) -> logging.Logger:
    """A logger that nobody hears, unless a program asks for it by name."""
    logger = logging.getLogger(name)
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    return logger
