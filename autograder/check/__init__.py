"""A student's own check of a notebook."""
