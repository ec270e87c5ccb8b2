"""The command `autograder`: a group of commands, each of which is imported when it runs.

A command's module imports what it needs at its top. That can take seconds, and students do not have
all packages. So the group has a table with each command's name, summary and audience. Students
install a package with the command `check` only: the group lists the commands that are there.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperCommand, TyperGroup

from autograder import __version__
from autograder.cli.console import complain
from autograder.errors import AutograderError, UsageError
from autograder.faults import machine_fault
from autograder.workers import collect_rarely

STUDENTS, TAS, INSTRUCTORS = "For students", "For TAs", "For instructors"
MARKUP: Literal["markdown"] = "markdown"
SUMMARY = "Build, hand out, grade and report the notebooks of GENE 46100."


@dataclass(frozen=True)
class Entry:
    """Where a command is, for whom, and the first line of its help."""

    module: str
    function: str
    audience: str
    summary: str
    subcommands: Mapping[str, str] = field(default_factory=dict)  # name -> function

    @property
    def path(self) -> str:
        """The module's full name."""
        return f"autograder.cli.{self.module}"

    @property
    def is_installed(self) -> bool:
        """False in the students' package for the commands of TAs and instructors."""
        return find_spec(self.path) is not None


COMMANDS = {
    "check": Entry(
        "check",
        "check",
        STUDENTS,
        "Run your notebook from top to bottom, as grading will, and show what its checks say.",
    ),
    "new": Entry(
        "new",
        "new",
        INSTRUCTORS,
        "Make the files of a new week: a small example to replace, or those of a notebook.",
    ),
    "build": Entry(
        "build",
        "build",
        INSTRUCTORS,
        "Make source/ and release/ from solutions/, and environment.md.",
    ),
    "try": Entry(
        "try_",
        "try_week",
        INSTRUCTORS,
        "Grade a week's solution and its untouched stub, and open both feedback pages.",
    ),
    "audit": Entry(
        "audit",
        "audit",
        INSTRUCTORS,
        "Do the hidden tests tell right answers from wrong ones? Tries all of tests/submissions.",
    ),
    "publish": Entry(
        "publish",
        "publish",
        INSTRUCTORS,
        "Make a repository for students, ready to be pushed as a template.",
    ),
    "collect": Entry("collect", "collect", TAS, "Collect submissions into submitted/STUDENT/WEEK."),
    "grade": Entry("grade", "grade", TAS, "Grade the submissions in submitted/STUDENT/WEEK."),
    "written": Entry(
        "written",
        "written",
        TAS,
        "Grade written answers in a spreadsheet: one CSV file per question, out and in again.",
        {"export": "export", "import": "import_", "agreement": "agreement"},
    ),
    "report": Entry(
        "report",
        "report",
        TAS,
        "Regenerate feedback, class page and grades, with the scores entered since.",
    ),
    "return": Entry(
        "return_",
        "return_feedback",
        TAS,
        "Push each student's feedback into their repository, on the branch feedback.",
    ),
    "status": Entry(
        "status",
        "status",
        TAS,
        "Show the term in one table: what is collected, graded, waiting, returned and late.",
    ),
    "config": Entry(
        "config",
        "config",
        TAS,
        "Print the settings in force, and where each of them comes from.",
    ),
    "similar": Entry(
        "similar",
        "similar",
        TAS,
        "List pairs of students whose answers are more alike than the exercises explain.",
    ),
    "demo": Entry(
        "demo",
        "demo",
        TAS,
        "Build, hand in and grade a small sample class, in a folder of its own.",
    ),
}


# Typer brings its own copy of Click from version 0.21 on, so Click's types are not named here.


class LazyCommand(TyperCommand):
    """Shows a command in the help, and imports it when it runs."""

    def __init__(self, name: str, entry: Entry):
        super().__init__(
            name,
            help=entry.summary,
            rich_help_panel=entry.audience,
            rich_markup_mode=MARKUP,
            add_help_option=False,
        )
        self.entry = entry

    def load(self) -> Any:
        """The command itself.

        Raises UsageError if the students' package does not have it, and ModuleNotFoundError if it
        needs a package that is not installed.
        """
        if not self.entry.is_installed:
            raise UsageError(
                f"'{self.name}' is not in the package for students: TAs and instructors install "
                "the course's repository with 'make build'"
            )
        module = import_module(self.entry.path)
        function = getattr(module, self.entry.function)
        made = typer.Typer(
            add_completion=False,
            rich_markup_mode=MARKUP,
            no_args_is_help=bool(self.entry.subcommands),
        )
        if self.entry.subcommands:
            made.callback()(function)
        else:
            made.command(self.name)(function)
        for name, subcommand in self.entry.subcommands.items():
            made.command(name)(getattr(module, subcommand))
        return typer.main.get_command(made)

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: Any = None,
        **extra: Any,
    ) -> Any:
        return self.load().make_context(info_name, args, parent, **extra)


class CommandGroup(TyperGroup):
    """The commands. An error that the user can fix is one line, without a traceback."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [name for name, entry in COMMANDS.items() if entry.is_installed]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        entry = COMMANDS.get(cmd_name)
        return None if entry is None else LazyCommand(cmd_name, entry)

    def invoke(self, ctx: Any) -> Any:
        """Exit status 2 for wrong usage, 1 for any other error, 130 for Ctrl-C."""
        try:
            return super().invoke(ctx)
        except UsageError as error:
            complain(str(error))
            raise typer.Exit(2) from None
        except AutograderError as error:
            complain(str(error))
            raise typer.Exit(1) from None
        except ModuleNotFoundError as error:
            if (error.name or "").split(".")[0] in ("", "autograder"):
                raise
            complain(
                f"this command needs the package '{error.name}', which students do not need: "
                "install this package with its extra: pip install 'gene46100-autograder[grade]'"
            )
            raise typer.Exit(1) from None
        except Exception as error:
            said = machine_fault(error)
            if not said:
                raise
            complain(said)
            raise typer.Exit(1) from None
        except KeyboardInterrupt:
            complain("stopped; finished work is kept, and the same command continues from there")
            raise typer.Exit(130) from None


app = typer.Typer(
    cls=CommandGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=MARKUP,
    help=SUMMARY,
    epilog="Examples: autograder check NOTEBOOK.ipynb; autograder grade week1_mlp; autograder demo",
)


@app.callback(invoke_without_command=True)
def main(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Build, hand out, grade and report the notebooks of GENE 46100."""
    collect_rarely()
    if version:
        print(f"autograder {__version__}, Python {sys.version.split()[0]}")
        raise typer.Exit()
