"""What a TA sees: the graded class in formgrader, in a real JupyterLab and a real browser."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from autograder.class_page import write_class_page

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


@pytest.fixture(scope="module")
def jupyterlab(sample_class, tmp_path_factory):
    """The address of a JupyterLab that was started in the sample class's course."""
    home = tmp_path_factory.mktemp("home")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = home / "jupyter.log"
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}",
        "--ServerApp.port_retries=0", "--IdentityProvider.token=", "--ServerApp.password=",
        "--ServerApp.ip=127.0.0.1",
    ]  # fmt: skip
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "HOME": str(home), "PATH": programs}
    with log.open("wb") as out:
        server = subprocess.Popen(
            command, cwd=sample_class.course.root, stdout=out, stderr=out, env=environment
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
        server.terminate()
        server.wait(30)


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
    page.goto(f"{jupyterlab}/formgrader/gradebook/week1_mlp/hands-on-introduction_to_deep_learning")
    page.wait_for_selector("table tbody a")
    links = {link.get_attribute("href") for link in page.query_selector_all("table tbody a")}
    assert len(links) >= 10
    seen = 0
    for link in links:
        page.goto(f"{jupyterlab}{link}")
        page.wait_for_selector("text=gradient_descent")
        assert page.title() != "taken"
        if "this locked cell had been edited" in text_of(page):
            seen += 1
            assert "predict_linear: 0 of 2 points" in text_of(page)
    assert seen == 1


def test_jupyterlab_opens_the_release(page, jupyterlab):
    page.goto(
        f"{jupyterlab}/lab/tree/release/week1_mlp/hands-on-introduction_to_deep_learning.ipynb"
    )
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    page.wait_for_selector(".jp-MarkdownOutput >> text=How to work", timeout=60_000)


def test_a_student_reads_points_hints_and_reasons(page, sample_class):
    path = sample_class.assignment.feedback("no_factor_two")
    page.goto((path / "hands-on-introduction_to_deep_learning.html").as_uri())
    text = text_of(page)
    assert "34 of 50 points so far" in text
    assert "mse_gradient: 1 of 5 points" in text
    assert "Move beta a little in some direction" in text
    assert "6 points, a written answer: a person will read it" in text


def test_a_student_whose_upload_broke_reads_why_and_nothing_else(page, sample_class):
    path = sample_class.assignment.feedback("broken")
    page.goto((path / "hands-on-introduction_to_deep_learning.html").as_uri())
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
