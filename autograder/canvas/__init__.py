"""Canvas's API, through `canvasapi`: one course and one assignment at a time."""
