"""A student's own check: runs their notebook and reports what its public checks say.

`cli` imports it, and `authoring` takes the names of published files from it. Students install it,
so it imports `notebook`, `results` and the core only, and no package of the extra `grade`. It must
never read hidden tests, change the student's file, or let a notebook command the CI that checks it.
"""
