"""What several test files share: notebooks, results and limits made for tests."""
