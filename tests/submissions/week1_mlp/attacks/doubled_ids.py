# attack: gives several cells the id of one exercise, so that one answer could count more than once
# class: gain
# base: stub
# expect: 0 points
# fast: yes
# --- build:
import copy
for cell in list(notebook["cells"]):
    if cell["metadata"].get("nbgrader", {}).get("grade_id", "").endswith("-check"):
        for _ in range(3):
            again = copy.deepcopy(cell)
            again["id"] = f"{cell.get('id', 'x')[:50]}{_}"
            again["source"] = "pass"
            notebook["cells"].append(again)
