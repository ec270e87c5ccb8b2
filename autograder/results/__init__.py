"""The result of grading a submission: its types, its JSON, and its words.

`model` has the types, `store` the JSON and its published schema (`result.schema.json`), `version1`
reads results of an earlier version, and `wording` makes every sentence about a result. Any layer
above may import it. It never reads a notebook or runs anything, and no code compares its words.
"""
