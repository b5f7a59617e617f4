from dataclasses import fields

import pytest

from aspire_bot.errors import AnswerError, GenerationError
from aspire_bot.slack.wording import ENGLISH, JAPANESE, language_of, wording_for
from aspire_ingest.index import errors
from aspire_ingest.index.errors import AspireError


@pytest.mark.parametrize(
    ("value", "english", "japanese"),
    [
        ("2025-11-01", "1 November 2025", "2025年11月1日"),
        ("2025-04", "April 2025", "2025年4月"),
        ("2025", "2025", "2025年"),
        ("2025-02-30", "2025-02-30", "2025-02-30"),
        ("spring", "spring", "spring"),
    ],
)
def test_published(value: str, english: str, japanese: str) -> None:
    assert (ENGLISH.published(value), JAPANESE.published(value)) == (english, japanese)


def test_the_moment_is_the_day_in_its_own_time_zone() -> None:
    assert ENGLISH.moment("2026-11-21T00:30:00+09:00") == "21 November 2026"
    assert JAPANESE.moment("2026-11-21T00:30:00Z") == "2026年11月21日"
    assert ENGLISH.moment("") is None


def test_both_languages_fill_in_the_same() -> None:
    for each in fields(ENGLISH):
        texts = [getattr(wording, each.name) for wording in (ENGLISH, JAPANESE)]
        if each.type is str:
            assert all(texts), each.name
            assert texts[0].count("{}") == texts[1].count("{}"), each.name


def test_japanese_has_a_word_for_each_error_that_has_one() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    for kind in (*kinds, AnswerError):
        if issubclass(kind, AspireError) and "user_message" in vars(kind):
            assert kind in JAPANESE.errors, kind


def test_errors_are_told_by_their_nearest_kind() -> None:
    assert ENGLISH.error(ValueError("inside")) == AspireError.user_message
    assert ENGLISH.error(GenerationError("inside")) == GenerationError.user_message
    assert JAPANESE.error(GenerationError("inside")) == JAPANESE.errors[AnswerError]
    assert JAPANESE.error(ValueError("inside")) == JAPANESE.errors[AspireError]


def test_languages() -> None:
    assert [wording_for(code).language for code in ("ja", "ja-JP", "en", "fr", "")] == [
        "ja", "ja", "en", "en", "en",
    ]  # fmt: skip
    assert [language_of(text) for text in ("予算", "PIとは?", "ﾌﾟﾛｸﾞﾗﾑ", "Budget?", "")] == [
        "ja", "ja", "ja", "en", "en",
    ]  # fmt: skip
