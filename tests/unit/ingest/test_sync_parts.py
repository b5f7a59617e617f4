"""The pure parts of sync: furniture, missing pages, differences, schedules, health."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_ingest.index import ConfigError
from aspire_ingest.pipeline.differences import MAX_LINES, difference
from aspire_ingest.sync.cron import Every, read_cron, read_schedule
from aspire_ingest.sync.furniture import block_hashes, furniture, without
from aspire_ingest.sync.health import alerts, health, shown
from aspire_ingest.sync.missing_pages import is_like, says_missing
from aspire_ingest.web.sources_file import parse_sources
from aspire_ingest.web.visits import SourceState


def pages(count: int, shared: int) -> list[str]:
    return [
        f"# Page {n}\n\nThe text of number {n}.\n\n{'Call us.' if n < shared else f'Bye {n}.'}"
        for n in range(count)
    ]


@pytest.mark.parametrize(
    ("count", "shared", "is_out"), [(8, 5, True), (8, 4, False), (5, 5, False)]
)
def test_furniture_stands_on_most_of_enough_pages(count: int, shared: int, *, is_out: bool) -> None:
    texts = pages(count, shared)
    found = furniture(("en", block_hashes(text)) for text in texts)
    left = without(texts[0], found.get("en", ()))
    assert left == ("# Page 0\n\nThe text of number 0." if is_out else texts[0])


def test_titles_stay_and_so_does_a_page_of_nothing_else() -> None:
    texts = ["# Notice\n\nCall us."] * 9
    found = furniture(("en", block_hashes(text)) for text in texts)
    assert without(texts[0], found["en"]) == texts[0]


def test_languages_have_furniture_of_their_own() -> None:
    texts = [("en", text) for text in pages(8, 8)] + [("ja", f"本文{n}。") for n in range(9)]
    found = furniture((group, block_hashes(text)) for group, text in texts)
    assert len(found["en"]) == 1
    assert found["ja"] == frozenset()


@given(st.lists(st.text(alphabet="ab \n#", max_size=30), max_size=6))
def test_without_nothing_unwanted_is_the_same(blocks: list[str]) -> None:
    text = "\n\n".join(blocks)
    assert without(text, ()) == text
    assert without(text, {"0" * 16}) == text


@pytest.mark.parametrize(
    ("title", "text", "is_missing"),
    [
        ("404 Not Found", "Sorry.", True),
        ("Page not found | Agency", "Sorry.", True),
        ("Agency", "# The page you asked for does not exist\n\nSorry.", True),
        ("ページが見つかりません", "お探しのページは移動しました。", True),
        ("ご指定", "お探しのページは存在しません。", True),
        ("Room 404", "The meeting is in room 404.", False),
        ("What is not found in the guideline", "All that is not here.", False),
        ("404 Not Found", "A long history of the error. " * 80, False),
        ("事業について", "本事業は国内外の研究者をつなぐ。", False),
    ],
)
def test_error_pages_are_known_by_their_words(title: str, text: str, *, is_missing: bool) -> None:
    assert says_missing(title, text) is is_missing


def test_error_pages_are_known_by_their_likeness() -> None:
    missing = "# Welcome\n\nUse the search.\n\nOr go home."
    assert is_like("# Welcome\n\nUse  the search.\n\nOr go home.", missing)
    assert not is_like("# Welcome\n\nUse the search.\n\nOr go home.\n\nA\n\nB\n\nC", missing)
    assert not is_like("", "")
    assert not is_like("Text.", None)


def test_a_difference_is_by_sentence_and_trimmed() -> None:
    before = "One is here. Two is here. Three is here.\n\n一つ。二つ。三つ。"
    found = difference(before, before.replace("Two", "No").replace("二つ。", ""))
    assert [line for line in found.lines if line[0] in "+-"] == [
        "-Two is here.",
        "+No is here.",
        "-二つ。",
    ]
    assert (found.inserted, found.deleted) == (1, 2)
    long = difference("", "\n".join(f"Line {n}" for n in range(500)))
    assert len(long.lines) == MAX_LINES + 1
    assert long.lines[-1].startswith("… and")
    assert difference(before, before).lines == ()


_MONDAY = datetime(2026, 3, 2, 7, 30, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("0 6 * * *", "2026-03-03T06:00"),
        ("*/20 * * * *", "2026-03-02T07:40"),
        ("0 8-18/5 * * mon-fri", "2026-03-02T08:00"),
        ("15 6 1 * *", "2026-04-01T06:15"),
        ("0 0 * * 7", "2026-03-08T00:00"),
        ("0 0 15 * fri", "2026-03-06T00:00"),
        ("0 0 29 feb *", "2028-02-29T00:00"),
        ("30 7 2 mar,apr *", "2026-04-02T07:30"),
    ],
)
def test_cron_comes_due(text: str, due: str) -> None:
    assert read_cron(text).after(_MONDAY).isoformat()[:16] == due


@pytest.mark.parametrize(
    "text", ["", "* * * *", "60 * * * *", "* * 0 * *", "5-1 * * * *", "*/0 * * * *", "a * * * *"]
)
def test_what_is_no_cron_schedule_says_so(text: str) -> None:
    with pytest.raises(ConfigError, match="--cron"):
        read_cron(text)


@given(st.text(alphabet="0123456789*/-, jan", max_size=20))
def test_cron_never_raises_anything_else(text: str) -> None:
    try:
        assert read_cron(text).after(_MONDAY) > _MONDAY
    except ConfigError:
        return


def test_a_job_that_falls_into_a_skipped_hour_is_not_left_out() -> None:
    clocks = ZoneInfo("Europe/Berlin")
    before = datetime(2026, 3, 28, 12, tzinfo=clocks)
    assert read_cron("30 2 * * *").after(before).isoformat() == "2026-03-29T03:00:00+02:00"


def test_a_schedule_of_six_fields_is_refused() -> None:
    with pytest.raises(ConfigError, match="6 fields, not five"):
        read_cron("0 0 6 * * *")


def test_a_schedule_is_one_of_two() -> None:
    assert read_schedule(every=None, cron=None) == Every(timedelta(hours=6))
    for every, cron in (("1h", "* * * * *"), ("soon", None), ("1s", None)):
        with pytest.raises(ConfigError):
            read_schedule(every=every, cron=cron)


def test_staff_are_told_of_failures_in_a_row_and_of_old_looks() -> None:
    file = parse_sources(
        "alerts: {failures: 2, max_age: 2d}\nsources:\n"
        + "".join(
            f"  - {{name: {name}, type: pages, pages: https://example.org/{name}{more}}}\n"
            for name, more in (("a", ""), ("b", ""), ("c", ", max_age: 9d"), ("d", ""), ("e", ""))
        ),
        "s.yaml",
    )

    def state(name: str, days: int | None, failures: int) -> SourceState:
        stamp = (_MONDAY - timedelta(days=days)).isoformat() if days is not None else None
        return SourceState(
            source=name, tried=stamp, succeeded=stamp, failures=failures, problem="p"
        )

    states = {name: state(name, days, failures) for name, days, failures in (
        ("a", 1, 1), ("b", 1, 2), ("c", 5, 0), ("d", 3, 0))}  # fmt: skip
    found = alerts(file, health(file, states, _MONDAY))
    assert [(alert.kind, alert.source) for alert in found] == [("failing", "b"), ("stale", "d")]
    assert "b failed 2 times in a row: p" in found[0].text
    assert "longer ago than 2 days" in found[1].text
    assert shown(timedelta(minutes=1)) == "1 minute"
