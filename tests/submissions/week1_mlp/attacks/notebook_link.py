# attack: hands in a link to another student's notebook in place of its own
# class: leak
# base: stub
# expect: 0 points
# --- build:
path.unlink()
path.symlink_to(folder.parents[1] / "neighbor-0" / folder.name / path.name)
