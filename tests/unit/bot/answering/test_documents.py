"""What documents are to each other: editions of one, translations of one."""

from dataclasses import replace

import pytest
from tests.unit.bot.answering.made import info

from aspire_bot.answering.quotes.translations import bare_address, is_translation
from aspire_bot.answering.search.editions import editions_named, known_as, replaced_by
from aspire_ingest.index.text.dates.dates import find_dates


def test_a_newer_edition_replaces_the_older_ones() -> None:
    known = [
        info(f"h{year}", title=f"Handbook FY{year}", edition=f"FY{year}")
        for year in (2025, 2024, 2026)
    ]
    assert replaced_by(known) == {"h2024": "h2026", "h2025": "h2026"}


def test_editions_are_ordered_by_number() -> None:
    known = [
        info(name, title="Rules", edition=f"version {name[1:]}") for name in ("v9", "v10", "v2")
    ]
    assert replaced_by(known) == {"v9": "v10", "v2": "v10"}
    known = [info("a", title="要領", edition="第9版"), info("b", title="要領", edition="第10版")]
    assert replaced_by(known) == {"a": "b"}


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Handbook FY2025", "Handbook FY2026"),
        ("Handbook (2025 edition)", "Handbook (2026 edition)"),
        ("令和7年度 事務処理要領", "令和8年度 事務処理要領"),
        ("Handbook, Version 1.2", "Handbook, version 2"),
    ],
)
def test_titles_that_differ_by_edition_alone_are_one(title: str, other: str) -> None:
    known = [info("old", title=title, edition="1"), info("new", title=other, edition="2")]
    assert replaced_by(known) == {"old": "new"}


def test_other_titles_languages_and_undated_documents_stand_alone() -> None:
    assert not replaced_by(
        [
            info("a", title="Handbook", edition="FY2025"),
            info("b", title="Travel rules", edition="FY2026"),
            info("c", title="Handbook", edition="FY2026", language="ja"),
            info("d", title="Handbook"),
        ]
    )


@pytest.mark.parametrize("name", ["old", "docs/old.md", "https://example.org/old", "Old rules"])
def test_a_document_says_what_it_supersedes(name: str) -> None:
    old = info("old", title="Old rules", url="https://example.org/old")
    assert replaced_by([old, info("new", supersedes=name)]) == {"old": "new"}


def test_the_newest_of_a_chain_replaces_all() -> None:
    known = [info("a"), info("b", supersedes="a"), info("c", supersedes="b")]
    assert replaced_by(known) == {"a": "c", "b": "c"}


def test_a_circle_of_documents_ends() -> None:
    known = [info("a", supersedes="b"), info("b", supersedes="a"), info("c", supersedes="c")]
    assert set(replaced_by(known)) <= {"a", "b"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/report/251111_e.html", "https://example.org/report/251111.html"),
        ("https://example.org/en/about.html", "https://example.org/about.html"),
        ("https://example.org/en/about/", "https://example.org/ja/about/"),
        ("https://www.example.org/a.html", "http://www.example.org/en/a.html"),
        ("https://example.org/r.php?id=3&lang=en", "https://example.org/r.php?id=3&lang=ja"),
        ("docs/about-en.md", "docs/about-ja.md"),
    ],
)
def test_an_article_and_its_translation_are_one_story(one: str, other: str) -> None:
    for left, right in ((one, other), (other, one)):
        assert is_translation(info("e", url=left), info("j", url=right, language="ja"))
    assert not is_translation(info("e", url=one), info("j", url=other)), "the same language"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/251111_e.html", "https://example.org/251112.html"),
        ("https://example.org/r.php?id=3", "https://example.org/r.php?id=4"),
        ("https://example.org/engineering.html", "https://example.org/gineering.html"),
        ("https://example.org/a", "https://example.com/a"),
    ],
)
def test_other_addresses_are_other_stories(one: str, other: str) -> None:
    assert bare_address(one) != bare_address(other)
    assert not is_translation(
        info("e", url=one, source=one), info("j", url=other, source=other, language="ja")
    )


def test_without_addresses_nothing_is_one_story() -> None:
    assert not is_translation(info("a", source="a.md"), info("b", source="b.md", language="ja"))


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("2025", "FY2026"),
        ("FY2025", "2026"),
        ("令和7年度", "FY2026"),
        ("FY2025", "令和8年度版"),
        ("version 1.9", "第1.10版"),
        ("FY2025 version 1", "FY2025 version 2"),
    ],
)
def test_editions_follow_each_other_however_they_are_written(older: str, newer: str) -> None:
    for first, second in (("a", "b"), ("b", "a")):
        known = [
            info(first, title="Rules", edition=older),
            info(second, title="Rules", edition=newer),
        ]
        assert replaced_by(known) == {first: second}


def test_editions_that_cannot_be_compared_follow_each_other_by_date_or_not_at_all() -> None:
    one, other = info("a", title="Rules", edition="3"), info("b", title="Rules", edition="FY2026")
    assert replaced_by([one, other]) == {}
    dated = [replace(one, published="2026-04-01"), replace(other, published="2025-04-01")]
    assert replaced_by(dated) == {"b": "a"}


def test_an_edition_that_is_gone_replaces_none_that_stands() -> None:
    older, newer = (info(f"h{y}", title="Handbook", edition=f"FY{y}") for y in (2025, 2026))
    gone = replace(newer, gone_since="2026-05-01")
    assert replaced_by([older, gone]) == {}
    assert replaced_by([replace(older, gone_since="2026-05-01"), gone]) == {"h2025": "h2026"}
    said = replace(info("new", supersedes="old"), gone_since="2026-05-01")
    assert replaced_by([info("old"), said]) == {}


def test_the_translation_of_a_replaced_edition_is_replaced_with_it() -> None:
    base = "https://example.org/rules"
    known = [
        info("ja25", title="要領", edition="FY2025", language="ja", url=f"{base}/2025.html"),
        info("en25", title="Rules", edition="令和7年度", url=f"{base}/2025_e.html"),
        info("ja26", title="要領", edition="FY2026", language="ja", url=f"{base}/2026.html"),
    ]
    assert replaced_by(known) == {"ja25": "ja26", "en25": "ja26"}
    newer = info("en26", title="Rules", edition="FY2026", url=f"{base}/2026_e.html")
    assert replaced_by([*known, newer]) == {"ja25": "ja26", "en25": "en26"}


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What does the 2025 handbook say?", ("FY2025",)),
        ("the handbook of 2025", ("FY2025",)),
        ("2025年版では", ("FY2025",)),
        ("2025年の事務処理要領では", ("FY2025",)),
        ("version 1.2 of the rules", ("version 1.2",)),
        ("第2版では", ("version 2",)),
        ("What happened in 2025?", ()),
        ("Which projects began in 2025?", ()),
    ],
)
def test_a_question_names_an_edition(question: str, named: tuple[str, ...]) -> None:
    assert editions_named(question, find_dates(question)) == named


@pytest.mark.parametrize(
    ("written", "name"),
    [("2025", "FY2025"), ("令和7年度", "FY2025"), ("第2版", "version 2"), ("Spring", "spring")],
)
def test_an_edition_has_one_name(written: str, name: str) -> None:
    assert known_as(written) == name
