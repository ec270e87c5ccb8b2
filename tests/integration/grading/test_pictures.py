"""A picture's description and width get from the notebook to the TA's page and the student's."""

from html.parser import HTMLParser

import nbformat
import pytest
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell
from support.tiny import LIMITS, hand_in, make_course, notebook

from autograder.course import Course
from autograder.grading.cohort import grade_class
from autograder.grading.options import Options

ALT = 'A "sharp" <b>peak</b> & a flat tail'
SHOW = f"""import matplotlib.pyplot as plt
figure, axes = plt.subplots(figsize=(4, 2))
axes.plot([1, 3, 1])
display(figure, metadata={{"image/png": {{"alt": {ALT!r}, "width": 400}}}})
plt.close(figure)"""
FORGED = """picture = {"image/png": "iVBORw0KGgo="}
told = {"alt": '" onerror="alert(1)', "width": "1 onload=alert(2)"}
display(picture, raw=True, metadata={"image/png": told})"""


class Images(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "img" and attributes.get("src", "").startswith("data:"):
            attributes.pop("src")
            self.found.append(attributes)


@pytest.fixture(scope="module")
def assignment(tmp_path_factory, no_sandbox):
    if no_sandbox:
        pytest.skip(no_sandbox)
    assignment = make_course(tmp_path_factory.mktemp("pictures"))
    hand_in(assignment, "ada", notebook(more=[new_code_cell(SHOW), new_code_cell(FORGED)]))
    course = Course(assignment.root, LIMITS)
    list(grade_class(course, assignment, ["ada"], Options()))
    return assignment


@pytest.fixture(scope="module")
def graded(assignment):
    return nbformat.read(assignment.autograded("ada") / "tiny.ipynb", as_version=4)


def test_the_graded_notebook_has_them(graded):
    shown = [o for cell in graded.cells for o in cell.get("outputs", ()) if "image/png" in o.data]
    assert [output.metadata.get("image/png") for output in shown] == [
        {"alt": ALT, "width": 400},
        {"alt": '" onerror="alert(1)'},
    ]


def test_formgraders_page_has_them(graded):
    # formgrader's template extends this one.
    page, _ = HTMLExporter(template_name="classic").from_notebook_node(graded)
    peak, forged = Images(page).found
    assert (peak["alt"], peak["width"]) == (ALT, "400")
    assert forged["alt"] == '" onerror="alert(1)'
    assert not {"onerror", "onload", "width"} & forged.keys()


def test_the_students_page_has_them(assignment):
    peak, forged = Images(assignment.feedback_page("ada").read_text()).found
    assert (peak["alt"], peak["width"]) == (ALT, "400")
    assert forged["alt"] == '" onerror="alert(1)'
    assert not {"onerror", "onload", "width"} & forged.keys()
