"""Expectations that answers do not meet yet, kept as they are and named as such."""

import pytest

UNMET = pytest.mark.xfail(
    reason="the model that reads does not get there yet: see its card",
    strict=False,  # near a threshold the last digits decide, and processors differ in them
)
