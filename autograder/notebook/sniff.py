"""What a file is, by its content: a notebook, a web page, or something else."""

import json

# Spaces, byte order marks, and the null bytes of UTF-16.
BEFORE_TEXT = b" \t\r\n\xef\xbb\xbf\xfe\xff\0"
# HTML and XML; the pages that Chrome and Safari save as one file.
WEB_PAGES = (b"<", b"from: <saved by", b"mime-version:", b"bplist00")


def is_notebook(data: bytes) -> bool:
    """Whether it is the JSON of a Jupyter notebook, of any version."""
    if not data[:1024].lstrip(BEFORE_TEXT).startswith(b"{"):
        return False
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return isinstance(content, dict) and isinstance(content.get("nbformat"), int)


def is_web_page(data: bytes) -> bool:
    """Whether it is a page that a browser saved instead of the file that the page shows."""
    return data[:1024].lstrip(BEFORE_TEXT).lower().startswith(WEB_PAGES)


def web_page_reason(name: str) -> str:
    """Why a file with the name of a notebook cannot be graded, and what its student can do."""
    return (
        f"{name} is a web page, not a notebook: open the notebook in JupyterLab or Colab, choose "
        "File, then Download, and submit that file"
    )
