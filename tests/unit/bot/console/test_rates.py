"""How often somebody may ask, and for whom it counts."""

import pytest

from aspire_bot.console.access.rates import RateLimit, site_of


def test_a_window_slides_and_names_count_apart() -> None:
    now = 0.0
    limit = RateLimit(2, 60, clock=lambda: now)
    assert [limit.allows("a"), limit.allows("a"), limit.allows("a")] == [True, True, False]
    assert limit.allows("b")
    now = 60.0
    assert limit.allows("a")


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb:cccc:dddd:eeee", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("", ""),
        ("a-socket", "a-socket"),
    ],
)
def test_addresses_that_one_client_may_choose_among_count_as_one(address: str, site: str) -> None:
    assert site_of(address) == site
