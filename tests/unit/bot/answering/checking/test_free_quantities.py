"""Times, days, letters and numbers as people say them, beside what must stay apart."""

import pytest

from aspire_bot.answering.checking.claims.sentence import read
from aspire_bot.answering.checking.claims.times import same_clock
from aspire_ingest.index.text.script import is_japanese


def keys(text: str, *, is_row: bool = False) -> list[str]:
    reading = read(text, "ja" if is_japanese(text) else "en", is_row=is_row)
    return [claim.key for claim in reading.claims if claim.kind not in ("name", "contrast")]


@pytest.mark.parametrize(
    ("english", "japanese"),
    [
        ("half a year", "半年"),
        ("a half-day tour", "半日の見学"),
        ("half an hour", "30分間"),
        ("three and a half years", "3年半"),
        ("two months and a half", "2か月半"),
        ("a year and a half", "18か月"),
        ("an hour and a half", "1時間半"),
        ("half a million yen", "50万円"),
        ("at four in the morning", "午前4時"),
        ("at four in the afternoon", "夕方4時"),
        ("at 9 in the evening", "夜の9時"),
        ("4, 5 and 8 February 2027", "2027年2月4日、5日、8日"),
        ("4, 5 and 8 February", "2月4、5、8日"),
        ("20 and 21 August", "8月の20日と21日"),
        ("13 to 17 July", "7月13～17日"),
        ("LUMINA-B", "B型"),
        ("three B projects", "三つのB型の課題"),
        ("Theme 3", "テーマ3"),
    ],
)
def test_both_languages_say_it_alike(english: str, japanese: str) -> None:
    assert keys(english)
    assert sorted(keys(english)) == sorted(keys(japanese))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on day two.", ["nth:2"]),
        ("Theme 3: it is open", ["nth:3"]),
        ("step 3.5 of it", ["n:3.5"]),
        ("recommendations 1, 3 and 5", ["nth:1", "nth:3", "nth:5"]),
        ("but not number 4", ["nth:4"]),
        ("(2) Travel: three countries", ["nth:2", "n:3country"]),
        ("Areas: (1) brain, (2) mind", ["nth:1", "nth:2"]),
        ("Area (3) is open", ["nth:3"]),
        ("(3)はB型に限る", ["nth:3", "code:b"]),
        ("within six (6) months", ["n:6", "n:6"]),
        ("the German half is paid", []),
        ("half of it is paid", ["n:50percent"]),
        ("over half of the stays", ["n:50percent"]),
        ("1時間につき8千円", ["n:8000jpy"]),
        ("謝金は1時間につき8千円", ["n:8000jpy"]),
        ("2026年半ばに始まる", ["d:2026"]),
        ("5月の20日間", ["m:05", "n:20day"]),
        ("A project begins.", []),
        ("the X-ray and LUMINA-2", ["code:lumina2"]),
        ("on February 4, 5 people came", ["d:02-04", "n:5person"]),
    ],
)
def test_what_is_said_is_read_and_no_more(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


@pytest.mark.parametrize(
    ("said", "stated", "is_one"),
    [
        ("half past five", "17:30", True),
        ("half past five", "5:30 a.m.", True),
        ("quarter to six", "17:45", True),
        ("five o'clock", "17:00", True),
        ("half past five", "17:00", False),
        ("five in the morning", "17:00", False),
        ("夕方5時", "17:00", True),
        ("5 p.m.", "5 a.m.", False),
    ],
)
def test_a_time_without_its_half_of_the_day_is_either(said: str, stated: str, is_one: bool) -> None:
    (one,), (other,) = read(said, "en").claims, read(stated, "en").claims
    assert same_clock(one, other) is is_one


@pytest.mark.parametrize(
    ("text", "former"),
    [
        ("Twelve pages now, instead of ten.", ["n:10"]),
        ("It went up from 10 to 12 pages.", ["n:10"]),
        ("The limit of 45 was an error.", ["n:45"]),
        ("100万円とあったのは誤記です。", ["n:1000000jpy"]),
        ("The notice corrects 12 to 15 years.", ["n:144month"]),
        ('For "within 12 years" read "within 15 years".', ["n:144month"]),
        ("10ページではなく12ページです。", ["n:10"]),
        ("これまでの5千円から6千円になりました。", ["n:5000jpy"]),
        ("誤:40歳未満;正:38歳未満", ["n:40age"]),
        ("It lasts 10 to 12 years.", []),
        ("Ten pages, not counting the list of 12.", []),
        ("It is for 12 years. Read it.", []),
    ],
)
def test_what_holds_no_more_is_known(text: str, former: list[str]) -> None:
    reading = read(text, "ja" if is_japanese(text) else "en")
    assert [claim.key for claim in reading.claims if claim.is_former] == former


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("as much as a fifth of it", ["le"]),
        ("as little as 5 days", ["ge"]),
        ("7か国から63名が参加した", [None, None]),
        ("12大学から30名", [None, None]),
        ("3名から5名まで", ["ge", "le"]),
        ("4ページまでです", ["le"]),
        ("4ページを超えない", ["le"]),
        ("11課題から始める", ["ge"]),
    ],
)
def test_where_people_come_from_is_no_bound(text: str, bounds: list[str | None]) -> None:
    reading = read(text, "ja" if is_japanese(text) else "en")
    assert [claim.bound for claim in reading.claims if claim.value] == bounds


ROW = "GL25-02 — Lead in Japan: Inaba; Partner: Tromsø; Budget (million yen): 61.5; Pages: 12"


def test_a_bare_number_has_the_unit_of_what_heads_it() -> None:
    assert keys(ROW, is_row=True) == ["code:gl2502", "n:61500000jpy", "n:12"]
    assert keys("A — 予算(単位:千円): 500; 人数: 3", is_row=True)[-2:] == ["n:500000jpy", "n:3"]
    assert keys("A — HSF (CHF): 352'000; 期間(年): 3", is_row=True) == ["n:352000chf", "n:36month"]
    assert keys("A — Budget (see note): 61.5", is_row=True) == ["n:61.5"]


def test_what_heads_a_cell_is_marked() -> None:
    reading = read(ROW, "en", is_row=True)
    marked = {reading.text[unit.start : unit.end] for unit in reading.units if unit.is_header}
    assert {"Japan", "Partner", "Budget"} <= marked
    assert not {"Inaba", "GL25-02", "12"} & marked


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Chisato Inaba of Akita leads it.", ["@chisato inaba", "@akita"]),
        ("We met Professor Inaba of Akita.", ["@inaba", "@akita"]),
        ("The University of Tokyo won.", ["@university tokyo"]),
        ("Dr Wada of Kita Institute of Technology spoke.", ["@wada", "@kita institute technology"]),
        ("Both Rising and Next projects came.", ["@rising", "@next"]),
        ("Most of the Spaniards came.", ["@spaniards"]),
        ("It closes on Fridays.", []),
        ("LUMINA-B is open.", ["@lumina"]),
    ],
)
def test_names_are_cut_where_one_ends(text: str, names: list[str]) -> None:
    assert [claim.key for claim in read(text, "en").claims if claim.kind == "name"] == names
