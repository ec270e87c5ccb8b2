"""What a TA sees and does: formgrader on the graded class, in a real JupyterLab and browser."""

import csv
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from support.written import WEEK, make_class
from typer.testing import CliRunner

from autograder.cli.app import app
from autograder.reports.class_page import write_class_page

NOTEBOOK = "hands-on-introduction_to_deep_learning"
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium is not installed: install the package chromium"
)
# A closed network must not slow the browser down, and root may not use Chromium's own sandbox.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    # Nothing outside this machine is asked for, so that no test waits for a closed network.
    context.route(
        lambda url: not re.match(r"(https?://(localhost|127\.0\.0\.1)[:/]|file:|data:|blob:)", url),
        lambda route: route.abort(),
    )
    yield context.new_page()
    context.close()


@contextmanager
def jupyterlab_in(root, home):
    """The address of a JupyterLab that was started in a course."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = home / "jupyter.log"
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}",
        "--ServerApp.port_retries=0", "--IdentityProvider.token=", "--ServerApp.password=",
        "--ServerApp.ip=127.0.0.1",
    ]  # fmt: skip
    with log.open("wb") as out:
        server = subprocess.Popen(
            command, cwd=root, stdout=out, stderr=out, env={**environment(), "HOME": str(home)}
        )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            assert server.poll() is None, log.read_text()[-2000:]
            try:
                urllib.request.urlopen(f"{address}/api", timeout=2)
                break
            except OSError:
                time.sleep(0.25)
        yield address
    finally:
        # How JupyterLab ends is its own affair, and may take long on a busy machine; the kernels
        # that it started end with it either way.
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def environment():
    return {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


@pytest.fixture(scope="module")
def jupyterlab(sample_class, tmp_path_factory):
    """The address of a JupyterLab in the sample class's course, for looking."""
    with jupyterlab_in(sample_class.course.root, tmp_path_factory.mktemp("home")) as address:
        yield address


def text_of(page):
    return " ".join(page.inner_text("body").split())


def test_formgrader_lists_the_graded_submissions_with_their_points(page, jupyterlab, sample_class):
    page.goto(f"{jupyterlab}/formgrader/manage_submissions/week1_mlp")
    page.wait_for_selector("table tbody tr >> text=no_factor_two")
    rows = {}
    for row in page.query_selector_all("table tbody tr"):
        cells = [" ".join(cell.inner_text().split()) for cell in row.query_selector_all("td")]
        rows[next(s for s in sample_class.results if s in cells)] = cells
    assert set(rows) == set(sample_class.results)
    for student, result in sample_class.results.items():
        assert f"{result.score:g} / 50" in rows[student], rows[student]
    assert "needs manual grading" in rows["endless"]
    assert "graded" in rows["stub"]


def test_a_submission_shows_its_report_and_runs_none_of_its_scripts(page, jupyterlab):
    page.goto(f"{jupyterlab}/formgrader/gradebook/week1_mlp/{NOTEBOOK}")
    page.wait_for_selector("table tbody a")
    links = {link.get_attribute("href") for link in page.query_selector_all("table tbody a")}
    assert len(links) >= 10
    seen = 0
    for link in links:
        page.goto(f"{jupyterlab}{link}")
        page.wait_for_selector("text=gradient_descent")
        assert page.title() != "taken"
        if "this locked cell was edited" in text_of(page):
            seen += 1
            assert "predict_linear: 0 of 2 points" in text_of(page)
    assert seen == 1


def press_autograde(page, lab, student):
    """Press a submission's button; what formgrader then says, and what its row shows."""
    page.goto(f"{lab}/formgrader/manage_submissions/week1_mlp")
    row = page.locator(f"tr:has(td.student-id:text-is('{student}'))")
    row.locator(".autograde a").click()
    modal = page.locator(".modal-dialog")
    modal.wait_for(timeout=180_000)
    said = " ".join(modal.inner_text().split())
    modal.get_by_role("button", name="OK").click()
    page.wait_for_function("document.querySelectorAll('.modal').length == 0")
    return said, [" ".join(text.split()) for text in row.locator("td").all_inner_texts()]


def test_autograde_by_button_then_a_written_answer_then_the_button_again(
    page, sample_class, tmp_path
):
    course = tmp_path / "course"
    shutil.copytree(sample_class.course.root, course)
    student = "no_factor_two"
    # As it was before anyone graded: the button makes everything there is.
    shutil.rmtree(course / "autograded")
    (course / "gradebook.db").unlink()
    (course / "solutions" / "week1_mlp").mkdir(parents=True, exist_ok=True)
    (course / "solutions" / "week1_mlp" / "more.md").write_text(
        "#| rubric: learning_rate\n* 6 points: says what a test looks for\n"
    )
    with jupyterlab_in(course, tmp_path) as lab:
        said, row = press_autograde(page, lab, student)
        assert said.split(".")[0].endswith(
            f"Successfully autograded 'week1_mlp' for student '{student}'"
        )
        assert f"{student}: 35 of 38 automatic points" in said
        assert row[3:5] == ["needs manual grading", "35 / 50"]

        page.goto(f"{lab}/formgrader/gradebook/week1_mlp/{NOTEBOOK}")
        page.get_by_role("link", name="Submission #1").click()
        page.wait_for_selector("#learning_rate_extra_credit[placeholder]")  # its script is there
        # The rubric is below the answer, and above what comes next.
        rubric = page.get_by_text("says what a test looks for")
        answer = page.locator("input.score#learning_rate")
        below = answer.bounding_box()["y"]
        assert below < rubric.bounding_box()["y"] < below + 1500
        with page.expect_response(lambda reply: "/api/grade/" in reply.url) as saving:
            answer.fill("4.5")
            answer.press("Tab")
        assert (saving.value.request.method, saving.value.status) == ("PUT", 200)

        page.goto(f"{lab}/formgrader/manage_submissions/week1_mlp")
        page.wait_for_selector("text=39.5 / 50")
        said, row = press_autograde(page, lab, student)
        assert "Successfully autograded" in said
        assert row[4] == "39.5 / 50"

        said, row = press_autograde(page, lab, "broken")
        assert "broken: 0 of 38 automatic points; failed: " in said
        assert "is broken JSON" in said
        assert row[3:5] == ["graded", "0 / 50"]

    for command in (["autograder", "report", "week1_mlp"], ["nbgrader", "export"]):
        done = subprocess.run(
            [sys.executable, "-m", *command], cwd=course, env=environment(), timeout=180,
            capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    page.goto((course / "feedback" / student / "week1_mlp" / f"{NOTEBOOK}.html").as_uri())
    assert f"39.5 of 50 points {student}" in text_of(page)  # and no "so far": nothing waits
    assert "says what a test looks for" not in text_of(page)
    with (course / "grades.csv").open() as file:
        total = {line["student_id"]: float(line["score"]) for line in csv.DictReader(file)}
    assert total == {student: 39.5, "broken": 0}


def test_a_score_from_a_spreadsheet_is_that_of_formgrader(page, tmp_path):
    """One answer is graded in the sheet, an equal one in formgrader: the totals are the same."""
    answer = {"essay": "the moon"}
    course = make_class(tmp_path / "course", {"ada": answer, "ben": answer})
    runs = CliRunner()
    place = ["--course", str(course.root)]
    assert runs.invoke(app, ["written", "export", WEEK, *place]).exit_code == 0
    sheet = course.root / "reports" / f"{WEEK}-written" / "essay.csv"
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0] |= {"score": "2.5", "comment": "'=Also the tides"}
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], delimiter=";")  # as Excel may
        writer.writeheader()
        writer.writerows(rows)
    assert runs.invoke(app, ["written", "import", WEEK, str(sheet), *place]).exit_code == 0
    with Gradebook(course.gradebook_url) as gradebook:
        pages = {
            student: gradebook.find_submission_notebook("tiny", WEEK, student).id
            for student in ("ada", "ben")
        }
    with jupyterlab_in(course.root, tmp_path) as lab:
        page.goto(f"{lab}/formgrader/submissions/{pages['ada']}")
        page.wait_for_selector("#essay_extra_credit[placeholder]")  # its script is there
        assert page.locator("input.score#essay").input_value() == "2.5"
        assert "=Also the tides" in [
            area.input_value() for area in page.locator("textarea.comment").all()
        ]
        page.goto(f"{lab}/formgrader/submissions/{pages['ben']}")
        page.wait_for_selector("#essay_extra_credit[placeholder]")
        offered = "Comments on essay, most frequent first (not shown to students) 1 time:"
        assert f"{offered} =Also the tides" in text_of(page)
        box = page.locator("input.score#essay")
        with page.expect_response(lambda reply: "/api/grade/" in reply.url) as saving:
            box.fill("2.5")
            box.press("Tab")
        assert (saving.value.request.method, saving.value.status) == ("PUT", 200)
        page.goto(f"{lab}/formgrader/manage_submissions/{WEEK}")
        for student in pages:
            row = page.locator(f"tr:has(td.student-id:text-is('{student}'))")
            row.wait_for()
            cells = [" ".join(text.split()) for text in row.locator("td").all_inner_texts()]
            assert cells[3:5] == ["graded", "4.5 / 7"]


def test_jupyterlab_opens_the_release(page, jupyterlab):
    page.goto(f"{jupyterlab}/lab/tree/release/week1_mlp/{NOTEBOOK}.ipynb")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    page.wait_for_selector(".jp-MarkdownOutput >> text=How to work", timeout=60_000)
    page.wait_for_selector(".jp-InputPlaceholder >> text=#@title Check: predict_linear")


def test_a_student_reads_points_hints_and_reasons(page, sample_class):
    path = sample_class.assignment.feedback("no_factor_two")
    page.goto((path / f"{NOTEBOOK}.html").as_uri())
    text = text_of(page)
    assert "35 of 50 points so far" in text
    assert "mse_gradient: 2 of 5 points" in text
    result = sample_class.results["no_factor_two"]
    (gradient,) = (one for one in result.exercises if one.name == "mse_gradient")
    first = next(test for test in gradient.tests if not test.passed)
    assert " ".join(first.hint.split()) in " ".join(text.split())
    assert "Your TA will grade these" in text
    assert re.search(r"learning_rate\s+6\s+a written answer", text)


def test_a_student_whose_upload_broke_reads_why_and_nothing_else(page, sample_class):
    path = sample_class.assignment.feedback("broken")
    page.goto((path / f"{NOTEBOOK}.html").as_uri())
    text = text_of(page)  # what is visible
    assert "week1_mlp: not graded" in text
    assert "is broken JSON" in text
    assert "How to work" not in text
    assert "Not yet" not in text


def test_the_class_page_leads_to_every_feedback(page, sample_class):
    written = write_class_page(sample_class.assignment, list(sample_class.results.values()))
    page.goto(written.as_uri())
    for student in sample_class.results:
        link = page.get_by_role("link", name=student, exact=True).last
        href = link.get_attribute("href")
        assert (sample_class.assignment.class_page.parent / href).is_file(), href
