"""Silent loggers for libraries: what matters of their messages is returned or raised instead."""

import logging


def quiet_logger(name: str) -> logging.Logger:
    """A logger that prints nothing unless a program configures it by name."""
    logger = logging.getLogger(name)
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    return logger
