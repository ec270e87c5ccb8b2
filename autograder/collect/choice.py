"""Which notebook of several files counts."""

from collections.abc import Mapping

from autograder.collect.store import NotTaken


def only_notebook(files: Mapping[str, str], released: str) -> str:
    """The path of the released notebook, or else of the only one outside hidden folders.

    `files` says for each path what it is instead of a plain file, or ''. Raises NotTaken where
    there is no notebook, there are several, or it is no plain file.
    """
    notebooks = [released] if released in files else [path for path in files if _is_own(path)]
    plain = [path for path in notebooks if not files[path]]
    if len(plain) == 1:
        return plain[0]
    if plain:
        names = ", ".join(plain[:3]) + (f" and {len(plain) - 3} more" if len(plain) > 3 else "")
        raise NotTaken(f"holds {len(plain)} notebooks ({names}), and none is called {released}")
    if notebooks:
        raise NotTaken(f"{notebooks[0]} is {files[notebooks[0]]}, not a file")
    raise NotTaken("holds no notebook (.ipynb)")


def _is_own(path: str) -> bool:
    hidden = any(part.startswith(".") for part in path.split("/"))
    return path.lower().endswith(".ipynb") and not hidden
