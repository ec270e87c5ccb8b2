"""The script that draws the class page's charts is bundled once per machine."""

import pytest
import vl_convert

from autograder.reports import charts


@pytest.fixture
def bundled(monkeypatch, tmp_path):
    """Calls of the slow bundler; the cache folder is tmp_path."""
    calls = []

    def bundle(snippet):
        calls.append(snippet)
        return "the script: é"

    monkeypatch.setattr(vl_convert, "javascript_bundle", bundle)
    monkeypatch.setattr(charts, "user_cache_path", lambda name: tmp_path / "cache" / name)
    return calls


def test_another_process_reads_what_one_bundled(bundled):
    first, second = charts.javascript.__wrapped__(), charts.javascript.__wrapped__()
    assert first == second == "the script: é"
    assert len(bundled) == 1


def test_another_version_is_bundled_again(bundled, monkeypatch):
    charts.javascript.__wrapped__()
    monkeypatch.setattr(charts, "version", lambda package: "0.0.1")
    charts.javascript.__wrapped__()
    assert len(bundled) == 2


def test_a_folder_that_cannot_be_used_costs_time_only(bundled, tmp_path):
    (tmp_path / "cache").write_text("a file in the folder's place")
    assert charts.javascript.__wrapped__() == "the script: é"
    assert charts.javascript.__wrapped__() == "the script: é"
    assert len(bundled) == 2
