"""The terminal: where commands print, how far long work is, and one line for an error."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

out = Console()
err = Console(stderr=True)


@contextmanager
def progress(total: int, what: str) -> Iterator[Progress]:
    """A bar on stderr with the time left; its first task is `what`, of `total` steps."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, transient=True) as bar:
        bar.add_task(what, total=total)
        yield bar


@contextmanager
def bars(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """A progress bar, as `autograder.workers.Bars` describes it."""
    with progress(total, what) as bar:
        yield lambda steps: bar.advance(bar.task_ids[0], steps)


def warn_of_no_sandbox(unsafe: bool) -> None:
    if unsafe:
        said = "running student code WITHOUT a sandbox, as --unsafe-no-sandbox asks"
        err.print(said, style="red")


def problem(message: str) -> Text:
    """One line for what is left out while the rest is done."""
    return Text.assemble(("problem: ", "red"), message)


def warn(message: str) -> None:
    """One line on stderr for what should be better and stops nothing."""
    err.print(Text.assemble(("warning: ", "yellow"), message), soft_wrap=True)


def complain(message: str) -> None:
    """One line on stderr, unwrapped, so that it can be copied and searched."""
    err.print(Text.assemble(("error: ", "bold red"), message), soft_wrap=True)
