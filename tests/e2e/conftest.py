"""What tests of pages share."""

from collections.abc import Generator

import pytest
from playwright.sync_api import Browser
from tests.playground.chromium import NAMES, chromium_path, launched


@pytest.fixture(scope="module")
def browser() -> Generator[Browser]:
    """An installed Chromium; the tests that need it are skipped where there is none."""
    path = chromium_path()
    if path is None:
        pytest.skip(f"no Chromium: install one of {NAMES}, or set ASPIRE_CHROMIUM")
    with launched(path) as running:
        yield running
