"""What a student reads: points and hints, and nothing of what a hidden test sent or expected."""

import html
import re

import nbformat
from bs4 import BeautifulSoup

from autograder.grading.annotate import annotate
from autograder.reports.feedback import LARGE
from autograder.results.model import Outcome


def page(sample_class, student):
    """All that a student gets: the page, and the same in short."""
    files = sorted(sample_class.assignment.feedback(student).iterdir())
    assert [path.suffix for path in files] == [".md", ".html"]
    return "\n".join(path.read_text(encoding="utf-8") for path in reversed(files))


def visible(text):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def test_every_failed_test_shows_its_hint(sample_class):
    for student in ("no_factor_two", "stub", "broken"):
        shown = visible(page(sample_class, student))
        for exercise in sample_class.results[student].exercises:
            for test in exercise.tests:
                assert (test.hint in shown) == (not test.passed), (student, test.name)


def test_a_written_answer_that_is_not_there_is_told_from_a_poor_one(sample_class):
    folder = sample_class.assignment.feedback("stub")
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert "| learning\\_rate | 0, not written | 6 |" in readme
    shown = visible(page(sample_class, "stub"))
    for answer in ("learning_rate", "approximation"):
        assert re.search(rf"\b{answer} 0 of 6 not written(?! yet)", shown)


def test_failed_tests_come_first_and_are_named_as_such(sample_class):
    (path,) = sample_class.assignment.feedback("no_zero_grad").glob("*.html")
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    headings = [heading.text for heading in soup.header("th", scope="rowgroup")]
    assert headings == ["✗ Not complete yet", "Your TA will grade these", "✓ Complete"]
    first = soup.header("tbody")[0]
    assert [link.text for link in first("a")] == ["train", "approximation"]
    (train,) = (e for e in sample_class.results["no_zero_grad"].exercises if e.name == "train")
    failed = [test for test in train.tests if not test.passed]
    assert f"{len(failed)} of {len(train.tests)} tests not passed" in first.text
    (report,) = (each for each in soup.select(".grader") if each.select(".failed"))
    boxes = [box["class"] for box in report(["div", "details"], class_=True)]
    assert boxes == [["failed"], ["passed"]]
    assert report.select_one(".failed > b").text == f"✗ Not passed yet ({len(failed)})"
    assert all(test.hint in report.select_one(".failed").text for test in failed)
    assert len(report.select(".passed li")) == len(train.tests) - len(failed)


def test_formulas_are_mathml_and_the_students_own_as_well(sample_class):
    (path,) = sample_class.assignment.feedback("no_zero_grad").glob("*.html")
    text = path.read_text(encoding="utf-8")
    assert text.count("<math ") > 50 and 'class="tex"' not in text
    assert "<mi>a</mi><mo>&lt;</mo><mi>b</mi>" in text  # of a written answer


def test_a_page_is_small(sample_class):
    for student in sample_class.results:
        (path,) = sample_class.assignment.feedback(student).glob("*.html")
        text = path.read_text(encoding="utf-8")
        pictures = sum(map(len, re.findall(r"data:image/[a-z]+;base64,[^\"]*", text)))
        assert len(text) - pictures < 300_000
        assert ("This page is large" in text) == (pictures > LARGE)


def test_a_submission_that_could_not_run_says_why(sample_class):
    assert "is broken JSON" in visible(page(sample_class, "broken"))


def test_no_detail_reaches_the_student(sample_class):
    compared = 0
    for student, result in sample_class.results.items():
        shown = visible(page(sample_class, student))
        for exercise in result.exercises:
            for test in exercise.tests:
                told = [line[1:].strip() for line in test.detail.splitlines() if line[:2] == "E "]
                for line in told:
                    if len(line) > 20 and re.search(r"\d", line):
                        compared += 1
                        assert line not in shown, (student, line)
    assert compared > 10


def test_student_code_cannot_send_hidden_inputs_to_its_feedback(sample_class):
    result = sample_class.results["leaky"]
    assert all(test.outcome is Outcome.RAISED for e in result.exercises[:3] for test in e.tests)
    details = [test.detail for exercise in result.exercises[:3] for test in exercise.tests]
    sent = [line for detail in details for line in re.findall(r"LEAK *(\[\[?.*\d.*)", detail)]
    assert len(sent) >= 2  # the TA sees what was sent
    shown = visible(page(sample_class, "leaky"))
    for line in sent:
        assert line.strip() not in shown
    for exercise in result.exercises[:3]:
        for test in exercise.tests:
            assert "LEAK" not in test.remark


def test_scripts_of_a_submission_are_shown_and_not_run(sample_class):
    shown = page(sample_class, "messy")
    assert "<script>document.title" not in shown
    assert "onerror=alert" not in re.sub(r"&lt;.*?&gt;", "", shown)


def test_annotating_changes_no_other_notebook(sample_class):
    released = nbformat.read(sample_class.assignment.release_notebook, as_version=4)
    before = nbformat.writes(released)
    annotate(released, sample_class.results["broken"])
    assert nbformat.writes(released) == before
