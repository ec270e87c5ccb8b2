"""A student's feedback page, in a real browser without a network."""

import re

import pytest

LIMIT = 1_000_000  # bytes of a page whose pictures are the course's own
PHONE = {"viewport": {"width": 375, "height": 700}, "has_touch": True, "is_mobile": True}
STUDENTS = ("solution", "no_zero_grad", "messy", "stub", "broken")


def path_of(sample_class, student):
    (path,) = sample_class.assignment.feedback(student).glob("*.html")
    return path


@pytest.fixture
def open_page(browser, sample_class):
    """open_page(student, **context) is the student's page, opened offline.

    Afterwards the page has asked for nothing but itself, and the browser has complained of nothing.
    """
    contexts, asked, said = [], [], []

    def open_it(student, **settings):
        settings = {"viewport": {"width": 1280, "height": 900}, **settings}
        context = browser.new_context(offline=True, **settings)
        contexts.append(context)
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.goto(path_of(sample_class, student).as_uri())
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert said == []
    assert {url.split(":")[0] for url in asked} <= {"file", "data"}
    assert all(
        url.startswith("data:image/") or url.split("#")[0].endswith(".html") for url in asked
    )


def test_formulas_are_displayed(open_page):
    page = open_page("solution")
    boxes = page.locator("math").evaluate_all(
        "all => all.map(e => { const b = e.getBoundingClientRect(); return [b.width, b.height]; })"
    )
    assert len(boxes) > 50
    assert all(width > 3 and height > 5 for width, height in boxes)
    fraction = page.locator("math[display=block] mfrac").first
    above, below = fraction.locator("> *").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().y)"
    )
    assert above < below  # it is laid out as a fraction, not as a row
    assert "$" not in page.locator(".text").first.inner_text()


@pytest.mark.parametrize("student", STUDENTS)
def test_a_phone_needs_no_sideways_scrolling(open_page, student):
    page = open_page(student, **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    assert page.evaluate("document.querySelector('h1').getBoundingClientRect().width") <= 375


def test_code_and_wide_formulas_scroll_in_their_boxes(open_page):
    page = open_page("solution", **PHONE)
    wide = page.locator(".in").evaluate_all("all => all.some(e => e.scrollWidth > e.clientWidth)")
    assert wide
    page.evaluate("document.querySelector('.formula math').style.paddingRight = '900px'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


@pytest.mark.parametrize("student", STUDENTS)
def test_the_page_is_small(sample_class, student):
    assert path_of(sample_class, student).stat().st_size < LIMIT


def test_light_and_dark_have_contrast(open_page):
    seen = {}
    for scheme in ("light", "dark"):
        page = open_page("no_zero_grad", color_scheme=scheme)
        for part in (
            "body",
            ".failed > b",
            ".in",
            ".soft",
            "a[href]:not(.skip)",
            ".passed > summary",
        ):
            pair = page.locator(part).first.evaluate(
                """e => {
                    let box = e, back = "rgba(0, 0, 0, 0)";
                    while (box && back === "rgba(0, 0, 0, 0)") {
                        back = getComputedStyle(box).backgroundColor;
                        box = box.parentElement;
                    }
                    return [getComputedStyle(e).color, back];
                }"""
            )
            seen[scheme, part] = pair
            assert contrast(*pair) >= 4.5, (scheme, part, pair)
    assert seen["light", "body"] != seen["dark", "body"]


def contrast(one, other):
    """The contrast of two colors as WCAG 2 defines it."""
    bright, dim = sorted(map(luminance, (one, other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def luminance(color):
    parts = [int(part) / 255 for part in re.findall(r"\d+", color)[:3]]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_keyboard_reaches_the_notebook_and_opens_what_is_folded(open_page):
    page = open_page("no_zero_grad")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the notebook"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    assert page.url.endswith("#notebook")
    page.locator(".passed > summary").first.focus()
    assert not page.locator(".passed").first.evaluate("e => e.open")
    page.keyboard.press("Enter")
    assert page.locator(".passed").first.evaluate("e => e.open")


def test_a_link_leads_to_the_exercise(open_page):
    page = open_page("no_zero_grad")
    page.locator("header").get_by_role("link", name="train", exact=True).press("Enter")
    assert page.evaluate("document.querySelector(':target').getBoundingClientRect().y") < 900


def test_every_picture_has_a_description(open_page):
    page = open_page("solution")
    assert page.locator("img").count() > 0
    assert page.locator("img:not([alt])").count() == 0
