"""A clock in place of `time.monotonic`, for tests of limits on time."""


class StoppedClock:
    """Moves when a test adds to `now`, in seconds."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now
