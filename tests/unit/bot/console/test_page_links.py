"""Signed links to the page of a cited document."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
from tests.local_slack.answers import GOALS, answer, cite

from aspire_bot.cli.json_lines import answer_json
from aspire_bot.page_links import PageLinks

NOW = datetime(2026, 11, 29, tzinfo=UTC)
LINKS = PageLinks(url="https://bot.example.org/console/", key=b"k" * 32, days=3, now=lambda: NOW)
HIDDEN = replace(GOALS, url=None, document_id="内規/<1>.pdf")


def token(audience: str = "public") -> str:
    link = LINKS.link(cite(1, HIDDEN), audience)  # pyright: ignore[reportArgumentType]  one of two
    assert link.startswith("https://bot.example.org/console/d/")
    return link.rpartition("/")[2]


def test_a_link_says_what_it_opens_for_whom() -> None:
    found = LINKS.read(token("staff"))
    assert found is not None
    assert (found.document_id, found.audience) == (HIDDEN.document_id, "staff")
    assert found.marks("quote and more") == (0, 5)
    assert found.marks("other words") is None
    assert found.marks("") is None


def test_a_link_ends() -> None:
    late = replace(LINKS, now=lambda: NOW + timedelta(days=3, seconds=1))
    assert late.read(token()) is None
    assert replace(LINKS, now=lambda: NOW + timedelta(days=2)).read(token()) is not None


@pytest.mark.parametrize("change", ["other key", "longer", "cut", "no signature", "swapped"])
def test_a_link_that_is_not_ours_opens_nothing(change: str) -> None:
    body, _, signature = token().partition(".")
    staff = token("staff").partition(".")
    forged = {
        "other key": replace(LINKS, key=b"x" * 32)
        .link(cite(1, HIDDEN), "public")
        .rpartition("/")[2],
        "longer": f"{body}A.{signature}",
        "cut": f"{body}.{signature[:-1]}",
        "no signature": body,
        "swapped": f"{staff[0]}.{signature}",
    }
    assert LINKS.read(forged[change]) is None
    assert LINKS.read(token()) is not None


def test_only_documents_without_an_address_get_a_page() -> None:
    said = answer("A [1] B [2]", cite(1, GOALS), cite(2, HIDDEN))
    linked = LINKS.with_links(said, "public")
    first, second = cast("list[dict[str, object]]", answer_json(linked)["citations"])
    assert "page_link" not in first
    assert str(second["page_link"]).startswith("https://bot.example.org/console/d/")
    assert second["url"] is None
