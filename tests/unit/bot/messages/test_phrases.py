"""The shipped phrases: all there, the same in each language, and told as the surfaces need them."""

import re
from pathlib import Path

import pytest

import aspire_bot
from aspire_bot import errors as bot_errors
from aspire_bot.errors import GenerationError, RerankError
from aspire_bot.messages import DatePhrases, languages, phrases
from aspire_ingest.index import errors
from aspire_ingest.index.errors import AspireError, IndexMismatchError

ENGLISH, JAPANESE = phrases("en"), phrases("ja")
POLITE_SENTENCE = re.compile(r"[ぁ-ん一-龥](?:ます|です|ください|ました|ません)。\"")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


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
def test_dates_in_slack(value: str, english: str, japanese: str) -> None:
    written = [one.slack.dates.written(value) for one in (ENGLISH, JAPANESE)]
    assert written == [english, japanese]


@pytest.mark.parametrize(
    ("value", "japanese"),
    [("2025-11-01", "2025年11月1日"), ("2025-04", "2025年4月"), ("2025", "2025年")],
)
def test_dates_in_answers_are_those_of_iso_8601_in_english(value: str, japanese: str) -> None:
    written = [one.answer.dates.written(value) for one in (ENGLISH, JAPANESE)]
    assert written == [value, japanese]


def test_each_month_has_its_name() -> None:
    assert ENGLISH.slack.dates.months == MONTHS
    for language in languages():
        one = phrases(language)
        for dates in (one.slack.dates, one.answer.dates):
            assert isinstance(dates, DatePhrases)
            assert len(set(dates.months)) == len(MONTHS)


def test_the_moment_is_the_day_in_its_own_time_zone() -> None:
    assert ENGLISH.slack.dates.moment("2026-11-21T00:30:00+09:00") == "21 November 2026"
    assert JAPANESE.slack.dates.moment("2026-11-21T00:30:00Z") == "2026年11月21日"
    assert ENGLISH.slack.dates.moment("") is None


def test_errors_are_told_by_their_nearest_kind() -> None:
    for slack in (ENGLISH.slack, JAPANESE.slack):
        assert slack.error(ValueError("inside")) == slack.errors["AspireError"]
        assert slack.error(GenerationError("inside")) == slack.errors["AnswerError"]
        assert slack.error(RerankError("inside")) == slack.errors["AnswerError"]
        assert slack.error(IndexMismatchError("inside")) == slack.errors["IndexAccessError"]


def test_phrases_of_errors_are_those_of_classes_there_are() -> None:
    kinds = {
        name
        for module in (errors, bot_errors)
        for name, kind in vars(module).items()
        if isinstance(kind, type) and issubclass(kind, AspireError)
    }
    for language in languages():
        told = phrases(language).slack.errors.keys()
        assert "AspireError" in told
        assert told <= kinds


def test_a_locale_is_its_language_and_others_are_english() -> None:
    codes = ("ja", "ja-JP", "JA", "en", "en-GB", "fr", "")
    assert [phrases(code).slack.language for code in codes] == [
        "ja", "ja", "ja", "en", "en", "en", "en",
    ]  # fmt: skip
    assert languages() == ("en", "ja")


def test_phrases_are_read_once() -> None:
    assert phrases("ja-JP") is phrases("ja")
    with pytest.raises(TypeError):
        JAPANESE.slack.errors["AspireError"] = ""  # pyright: ignore[reportIndexIssue]  that is the test


def test_conversation_names_questions_to_begin_with() -> None:
    for language in languages():
        said = phrases(language).conversation
        told = said.suggest.format(suggestion_1="Q1?", suggestion_2="Q2?")
        assert "Q1?" in told
        assert "Q2?" in told


def test_no_other_place_holds_sentences_in_japanese() -> None:
    """A phrase that ends as a polite sentence does stands in a file of phrases."""
    held = [
        f"{path.name}: {found[0]}"
        for place in ("answering/quotes", "answering/timeline", "answering/approved", "slack")
        for path in (Path(aspire_bot.__file__).parent / place).rglob("*.py")
        for found in POLITE_SENTENCE.finditer(path.read_text("utf-8"))
    ]
    assert held == []
