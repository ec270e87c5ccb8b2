"""Pairs of students whose answers are more alike than the exercise explains, on one page.

It reads notebooks and runs nothing. What the release, its checks and the solution contain does not
count, and what few answers have counts most. The result is a reason to read two answers, never a
verdict: the page and the command say so, and nothing else may depend on it.

compare50 (https://github.com/cs50/compare50) is kept up, and `winnowing` uses the same published
algorithm. It is not used here: it compares files and not a notebook's exercises, its scores grow
with a file's length, and its present versions need an attrs older than 21, which Jupyter's
jsonschema does not accept.

`read` finds the answers, `code`, `words` and `traces` make what is compared, `rarity` weighs it,
`compare` ranks the pairs, and `page` shows them. Only `cli` imports this package.
"""
