"""Silent loggers for libraries: what matters of their messages is returned or raised instead."""

import logging


def quiet_logger(name: str) -> logging.Logger:
    """A logger that prints nothing unless a program configures it by name."""
    logger = logging.getLogger(name)
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    return logger


class LastError(logging.Handler):
    """Keeps the exception's line of the last traceback that a library logs, and does not raise."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.line = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the last line of a traceback."""
        said = record.getMessage().strip()
        if said.startswith("Traceback "):
            self.line = said.rpartition("\n")[2].strip()
