"""The suite itself: what shares a costly fixture runs in one of pytest-xdist's processes."""

import os

import pytest


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="one process runs all tests")
def test_a_test_is_in_the_group_that_conftest_gave_it(request):
    assert request.node.nodeid.endswith("@test_grouping")
