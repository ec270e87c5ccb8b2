"""Where students find a week's notebook and data: a folder of a repository on GitHub."""

import re
from dataclasses import dataclass
from urllib.parse import quote

COLAB = "https://colab.research.google.com/github"
BADGE = "https://colab.research.google.com/assets/colab-badge.svg"
RAW = "https://raw.githubusercontent.com"  # serves the files of public repositories
WEEK = "{week}"  # stands for a week's name
ADDRESS = re.compile(
    r"https://github\.com/(?P<repository>[\w.-]+/[\w.-]+?)(?:\.git)?"
    r"(?:/tree/(?P<branch>[\w.-]+)(?:/(?P<folder>[\w./-]+?))?)?/?",
    re.ASCII,
)


@dataclass(frozen=True)
class Published:
    """A folder on GitHub. `folder` is empty for the repository's root folder."""

    repository: str  # OWNER/NAME
    branch: str = "main"
    folder: str = ""

    @property
    def raw(self) -> str:
        """The address below which a program can fetch the folder's files."""
        return "/".join(filter(None, (RAW, self.repository, self.branch, self.folder)))

    def page(self, notebook: str, opener: str = COLAB) -> str:
        """The address that opens a notebook of the folder in Colab, or in another `opener`."""
        place = "/".join(filter(None, (self.repository, "blob", self.branch, self.folder)))
        return f"{opener.rstrip('/')}/{place}/{quote(notebook)}"

    def badge(self, notebook: str) -> str:
        """The button "Open in Colab", in Markdown."""
        return f"[![Open in Colab]({BADGE})]({self.page(notebook)})"


def read_published(address: str, week: str) -> Published:
    """The folder at an address of GitHub's, in which `{week}` stands for the week's name.

    Raises ValueError if it is not such an address.
    """
    found = ADDRESS.fullmatch(address.replace(WEEK, week))
    if found is None:
        raise ValueError(
            f"'{address}' is not the address of a folder on GitHub: write one like "
            f"https://github.com/OWNER/{WEEK} or https://github.com/OWNER/NAME/tree/main/{WEEK}"
        )
    return Published(
        found["repository"], found["branch"] or "main", (found["folder"] or "").strip("/")
    )
