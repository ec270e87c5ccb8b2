"""The page of similar answers, in a real browser."""

import pytest
from support.copies import with_other_comments, with_other_names
from support.tiny import hand_in, make_course, notebook

from autograder.similarity.compare import compare
from autograder.similarity.page import write_similar_page
from autograder.similarity.read import read_class

EVIL = "</pre><script>window.ran = 1</script><img src=x onerror='window.ran = 2'>"
COPIED = f'''
def double(x):
    rows = [[min(i * j, 7) for j in range(9)] for i in range(5)]
    total = sum(max(row) - min(row) for row in rows) % 13
    note = "{EVIL}"
    table = {{name: len(name) ** 2 // 3 for name in note.split("<")}}
    best = sorted(table, key=lambda name: (-table[name], name))[: total + 2]
    return x + x if best or rows[2][3] > 1 else abs(x) * len(note)
'''
INDEPENDENT = "def double(x):\n    result = x\n    for step in range({}):\n        result += x / {}\n    return result"  # noqa: E501


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """The page of twelve students, two of whom have the same answer."""
    course = make_course(tmp_path_factory.mktemp("course"))
    for place in range(10):
        hand_in(course, f"s{place}", notebook(INDEPENDENT.format(place + 2, place + 2)))
    hand_in(course, "ada", notebook(COPIED))
    hand_in(course, "ben", notebook(with_other_comments(with_other_names(COPIED, {"double"}))))
    read = read_class(course, {}, lambda _: None)
    return write_similar_page(course, compare(course, read.works, ["cleo is not compared: <b>"]))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_both_answers_are_readable(browser, path, scheme, width):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(path.as_uri())
    assert page.get_by_text("This page is not an accusation.").is_visible()
    assert page.locator("#pairs ~ .scroll tbody tr").count() == 1
    left, right = page.locator("figure pre").all()
    assert EVIL in left.inner_text() and EVIL in right.inner_text()
    boxes = left.bounding_box(), right.bounding_box()
    is_beside = boxes[0]["y"] == boxes[1]["y"] and boxes[0]["x"] < boxes[1]["x"]
    assert is_beside == (width == 1280)
    numbers = [sorted(set(side.locator("mark sup").all_inner_texts())) for side in (left, right)]
    assert numbers[0] == numbers[1] != []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate("window.ran") is None and said == []
    light, dark = "rgb(255, 255, 255)", "rgb(21, 24, 28)"
    color = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert color == (dark if scheme == "dark" else light)
    context.close()


def test_print_shows_what_is_folded_and_cut(browser, path):
    context = browser.new_context(viewport={"width": 900, "height": 900})
    page = context.new_page()
    page.goto(path.as_uri())
    page.evaluate("document.querySelector('article details').open = false")
    folded = page.locator("figure pre").first
    assert not folded.is_visible()
    page.emulate_media(media="print")
    assert folded.is_visible()
    assert folded.evaluate("element => element.scrollWidth <= element.clientWidth")
    context.close()
