"""nbgrader's database and configuration."""
