# attack: forges points, ids, tags and locks in the notebook's metadata, and empties the checks
# class: gain
# base: stub
# expect: 0 points
# fast: yes
# --- build:
for cell in notebook["cells"]:
    note = cell["metadata"].get("nbgrader")
    cell["metadata"]["tags"] = ["raises-exception", "skip-execution"]
    cell["metadata"]["papermill"] = {"status": "completed"}
    cell["metadata"]["autograder"] = {"state": "passed", "score": 100}
    if note:
        note.update(points=1000, grade=True, solution=True, locked=False)
        if note["grade_id"].endswith("-check"):
            cell["source"] = "assert True"
notebook["cells"].append({
    "cell_type": "code", "id": "more", "metadata": {"nbgrader": {
        "grade_id": "bonus-check", "grade": True, "solution": False, "locked": True,
        "points": 500, "schema_version": 3, "task": False}},
    "source": "True", "outputs": [], "execution_count": 1})
notebook["metadata"]["autograder"] = {"bonus_exercises": ["mse_loss"], "score": 100}
