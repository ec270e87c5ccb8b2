"""Code as fingerprints: what a disguise changes makes no difference, and any text is accepted."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.copies import with_comprehensions

from autograder.similarity.code import MOST_CODE, STATEMENTS, given_names, statements

KNOWN = frozenset({"torch", "nn", "MLP"})
ANSWER = '''
def train(model, x, y, n_epochs):
    """Trains the model."""
    history = []  # one loss per epoch
    best = float("inf")
    for epoch in range(n_epochs):
        loss = torch.mean((model(x) - y) ** 2)
        history.append(loss.item())
        best = min(best, 0.5 * loss.item())
    return history, best
'''
DISGUISED = """
def fit(net, inputs, targets, steps):
    smallest = float('inf')
    # collects the error of each step
    errors = []
    for i in range(steps,):
        error = torch.mean(
            (net(inputs) - targets) ** 2
        )
        smallest = min(smallest,
                       0.5 * error.item())
        errors.append(error.item())
    return errors, smallest
"""
PIECES = [*"()[]{}:;\n'\"\\#%!.=", "def", "x", " "]


def code_fingerprints(source, known):
    return STATEMENTS.fingerprints(statements(source, known))


def texts(source):
    return [" ".join(word.text for word in words) for words in statements(source, KNOWN)]


def test_names_comments_layout_and_order_make_no_difference():
    assert set(code_fingerprints(ANSWER, KNOWN)) == set(code_fingerprints(DISGUISED, KNOWN))
    assert len(code_fingerprints(ANSWER, KNOWN)) >= 8


def test_what_a_student_cannot_rename_stays():
    assert texts("loss = nn.functional.mse_loss(out, y, reduction='sum')") == [
        "name = nn . functional . mse_loss ( name , name , reduction = text )"
    ]
    assert texts("self.hidden = MLP(d, 1_000)") == ["name . name = MLP ( name , 1000 )"]
    assert texts("def f(x, lr=0.1): return sum(x)") == [
        "def name ( name , name = 0.1 )",
        "return sum ( name )",
    ]


@pytest.mark.parametrize(
    ("change", "to"), [("0.5", "0.25"), ("min(", "max("), ("torch.mean", "torch.sum"), ("**", "*")]
)
def test_what_the_code_does_makes_a_difference(change, to):
    changed = ANSWER.replace(change, to)
    assert set(code_fingerprints(ANSWER, KNOWN)) != set(code_fingerprints(changed, KNOWN))


def test_docstrings_and_comments_have_no_fingerprint():
    assert texts('"""Only words."""\n# and more\n"a" \'b\'') == []


def test_a_statement_is_a_line_a_header_or_what_a_semicolon_ends():
    source = "if a: b = 1; c = 2\nelse:\n    d = lambda e: {1: [e,\n  2]}\nx[1:2] = y \\\n + z"
    assert texts(source) == [
        "if name",
        "name = 1",
        "name = 2",
        "else",
        "name = lambda name : { 1 : [ name , 2 ] }",
        "name [ 1 : 2 ] = name + name",
    ]


def test_a_loop_that_became_a_comprehension_still_matches():
    loop = "scores = []\nfor row in rows:\n    scores.append(torch.log(row.sum() / 0.25).item())"
    other = with_comprehensions(loop)
    assert other == "scores = [torch.log(row.sum() / 0.25).item() for row in rows]"
    first, second = code_fingerprints(loop, KNOWN), code_fingerprints(other, KNOWN)
    assert len(set(first) & set(second)) >= len(first) / 2


def test_code_with_errors_is_compared():
    """What is before and after an error still matches: a bracket left open ends with the line."""
    broken = ANSWER.replace("history = []", "history = [(").replace("best = float", "%time ( float")
    good, bad = code_fingerprints(ANSWER, KNOWN), code_fingerprints(broken, KNOWN)
    assert len(set(good) & set(bad)) >= len(good) / 2
    assert texts("!pip install (x\ny = 1 + 2")[1:] == ["name = 1 + 2"]


def test_the_spans_are_where_the_code_is():
    for spans in code_fingerprints(ANSWER, KNOWN).values():
        for start, end in spans:
            assert ANSWER[start:end].strip() == ANSWER[start:end] != ""
    (words,) = statements("x = f'a{b}' 'c'  # end", KNOWN)
    assert [words[0].start, words[-1].end] == [0, len("x = f'a{b}' 'c'")]


@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
@example("\\\n")
@example("def")
@example("'''")
@example("\ud800 = 1")
def test_any_text_has_fingerprints_in_its_bounds(source):
    for spans in code_fingerprints(source, KNOWN).values():
        assert all(0 <= start < end <= len(source) for start, end in spans)


def test_a_huge_answer_is_compared_in_part():
    huge = "x = 1 + 2 + 3 + 4\n" * 100_000
    (_, spans), *_ = code_fingerprints(huge, KNOWN).items()
    assert max(end for _, end in spans) <= MOST_CODE


def test_the_names_that_a_course_gives():
    cells = ["import torch.nn as nn\nfrom a import b, c as d\nx = 1", "%magic", "def f(y): z = 1"]
    assert given_names(cells) == {"nn", "b", "d", "f"}
