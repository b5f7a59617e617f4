"""Moments as pages show them."""

import pytest

from aspire_bot.console.views.times import run_shown, text_shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-11-29T00:30:00+00:00", "2026-11-29 09:30"),
        ("2026-11-29T09:30:00+09:00", "2026-11-29 09:30"),
        ("2026-11-29T09:30:00", "2026-11-29T09:30:00"),
        ("soon", "soon"),
        ("", ""),
    ],
)
def test_a_moment_that_another_program_names(text: str, shown: str) -> None:
    assert text_shown(text, "Asia/Tokyo") == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("20261129T003000.123Z-sync", "2026-11-29 09:30 sync"),
        ("20261129T003000.123Z-add-2", "2026-11-29 09:30 add-2"),
        ("20261129-060000-sync-1", "20261129-060000-sync-1"),
        ("20261129T003000.123Z", "20261129T003000.123Z"),
        ("run-7", "run-7"),
    ],
)
def test_a_run_is_named_by_its_moment(name: str, shown: str) -> None:
    assert run_shown(name, "Asia/Tokyo") == shown
