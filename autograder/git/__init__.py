"""Students' git repositories, which are untrusted input: fetched, read and pushed to within limits.

For `collect` and `reports`, which decide what to take from a repository and what to push to it.
Nothing here checks out a repository or runs anything that it contains, and nothing here knows about
students, deadlines or submissions.
"""
