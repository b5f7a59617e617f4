"""Documents made in code, each with what a reader of it sees, and how well a reader reads them.

`python -m tests.evals.documents [NAME…]` prints the figures of each file; with names, also the
differences between what is seen and what came out.
"""
