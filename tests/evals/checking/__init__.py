"""How many lies the verification of a model's answers lets through, and how many truths it loses.

    python -m tests.evals.checking [--fit] [--cases N]

Cases are generated from the question sets' documents: true statements by rule, and lies in one
checkable fact. Documents are split into a development and a held-out half; `--fit` learns the
calibration on the first, figures are of the second.
"""
