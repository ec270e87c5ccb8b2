"""Classroom 50's contract for a result, `classroom50/result/v1`, and a runner's environment."""

from datetime import datetime

FIELDS = {
    "schema", "classroom", "assignment", "submission", "commit", "release", "review", "datetime",
    "score", "max-score", "tests",
}  # fmt: skip
TEST_FIELDS = {"test-name", "passed", "score", "max-score"}  # others may be added
REPOSITORY = "https://github.com/our-org/gene46100-week1-mlp-ada"
ENVIRONMENT = {
    "CLASSROOM": "gene46100",
    "ASSIGNMENT": "week1-mlp",
    "SUBMISSION_TAG": "submit/2026-11-27T20-00-00Z-abcdef0",
    "COMMIT_URL": f"{REPOSITORY}/commit/abcdef0",
    "RELEASE_URL": f"{REPOSITORY}/releases/tag/submit%2F2026-11-27T20-00-00Z-abcdef0",
    "REVIEW_URL": f"{REPOSITORY}/compare/1234567...abcdef0",
}


def assert_valid(result, environment=ENVIRONMENT):
    """Fails where a result breaks the contract, or is not of the environment's submission."""
    assert set(result) == FIELDS
    assert result["schema"] == "classroom50/result/v1"
    names = {"classroom": "CLASSROOM", "assignment": "ASSIGNMENT", "submission": "SUBMISSION_TAG",
             "commit": "COMMIT_URL", "release": "RELEASE_URL", "review": "REVIEW_URL"}  # fmt: skip
    for field, variable in names.items():
        assert result[field] == environment[variable], field
    datetime.strptime(result["datetime"], "%Y-%m-%dT%H:%M:%SZ")
    for one in result["tests"]:
        assert set(one) >= TEST_FIELDS
        assert type(one["test-name"]) is str and one["test-name"]
        assert type(one["passed"]) is bool
        _assert_scores(one)
    _assert_scores(result)
    for field in ("score", "max-score"):
        assert result[field] == sum(one[field] for one in result["tests"])


def _assert_scores(one):
    assert type(one["score"]) is int and type(one["max-score"]) is int  # a bool is no score
    assert 0 <= one["score"] <= one["max-score"]
