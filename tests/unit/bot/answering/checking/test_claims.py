"""What can be checked in a sentence, and that both languages say it alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_bot.answering.checking.claims.operators import Turn
from aspire_bot.answering.checking.claims.quantities import read_quantities
from aspire_bot.answering.checking.claims.sentence import Reading, distance, read
from aspire_ingest.index.text.sounds import romanised, sound_alike


def keys(text: str) -> list[str]:
    return [claim.key for claim in read_quantities(text)]


@pytest.mark.parametrize(
    ("english", "japanese"),
    [
        ("500 million yen", "5億円"),
        ("¥500,000,000", "5億円"),
        ("12,000 yen", "1万2千円"),
        ("30 percent", "3割"),
        ("30%", "30パーセント"),
        ("half", "半額"),
        ("two-thirds", "3分の2"),
        ("November 4, 2025", "令和7年11月4日"),
        ("2025-11-04", "2025年11月4日"),
        ("FY2025", "令和7年度"),
        ("12 months", "1年間"),
        ("two weeks", "14日間"),
        ("5:30 p.m.", "午後5時半"),
        ("the third meeting", "第3回会議"),
        ("the second year", "2年目"),
        ("three themes", "三つのテーマ"),
        ("eight projects", "8課題"),
        ("twice", "2回"),
        ("twofold", "2倍"),
    ],
)
def test_both_languages_have_one_canonical_form(english: str, japanese: str) -> None:
    assert keys(english)
    assert keys(english) == keys(japanese)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("at least 5 days", "ge"),
        ("5 days or more", "ge"),
        ("up to 5 days", "le"),
        ("no more than 5 days", "le"),
        ("within 5 days", "le"),
        ("more than 5 days", "gt"),
        ("less than 5 days", "lt"),
        ("by 31 January", "le"),
        ("from 31 January", "ge"),
        ("before 31 January", "lt"),
        ("5日以上", "ge"),
        ("5日以内", "le"),
        ("5日未満", "lt"),
        ("5日を超える", "gt"),
        ("1月31日まで", "le"),
        ("1月31日から", "ge"),
        ("6ページ以内", "le"),
        ("最大5人", "le"),
        ("500万円を限度とする", "le"),
        ("a rise by 5 percent", None),
        ("5 days", None),
        ("for longer than planned, 5 days for long", None),
        ("those no older than 35", "le"),
        ("it does not take more than 5 days", "le"),
        ("it must not be longer than 12 pages", "le"),
        ("they do not come with fewer than 5 people", "ge"),
        ("it runs over five years", None),
        ("paid over the next 18 months", None),
        ("anybody over 3 years old", "gt"),
        ("those with over 10 years of experience", "gt"),
        *(
            (f"over 5 years {more}", "gt")
            for more in (
                "ago",
                "late",
                "long",
                "of age",
                "before the call",
                "after the call",
            )
        ),
        ("over 5 people", "gt"),
        ("11課題から始める", "ge"),
        ("9月末までに出す", "le"),
        ("10月31日(木)必着です", "le"),
        ("10月31日消印有効", "le"),
        ("10月31日締切", "le"),
        ("10月31日締め切り", "le"),
        ("10月31日〆切", "le"),
        *((f"10月{part}旬までに出す", "le") for part in "上中下"),
    ],
)
def test_the_way_a_value_is_meant_is_read(text: str, bound: str | None) -> None:
    assert read_quantities(text)[-1].bound == bound


def test_a_range_is_bounded_on_both_sides() -> None:
    assert [c.bound for c in read_quantities("extended stays of 3 to 5 months")] == ["ge", "le"]
    for text in ("from 3 to 5 million yen", "between 3 and 5 million yen", "3月1日から5日まで"):
        assert [claim.bound for claim in read_quantities(text)] == ["ge", "le"]


@pytest.mark.parametrize(
    "text",
    [
        "the number grew from 11 to 15 projects",
        "the ceiling was raised from 3 to 5 million yen",
        "the closing is moved from 30 June to 7 July",
        "11課題から15課題に増えました",
        "締切は3月1日から5日に延長された",
        "期間が3年から5年へ変更された",
    ],
)
def test_what_changes_from_one_to_another_is_no_range(text: str) -> None:
    one, other = read_quantities(text)
    assert (one.bound, other.bound) == (None, None)
    assert (one.is_former, other.is_former) == (True, False)


def test_a_bound_said_once_holds_for_both() -> None:
    claims = read_quantities("up to 12,000 yen per day and 20 days")
    assert [claim.bound for claim in claims] == ["le", "le"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ISO 9001:2008", ["code:9001:2008"]),
        ("the form SMPL-HB-2025-E", ["code:smplhb2025e"]),
        ("call 03-5214-7375 now", ["phone:352147375"]),
        ("project LQ24-04 ended", ["code:lq2404"]),
        ("課題SL2-17は続く", ["code:sl217"]),
        ("file XR-2024-31 came", ["code:xr202431"]),
        ("a 3-month stay", ["n:3month"]),
        ("AURORA-3 flies", ["code:aurora3"]),
        ("Form RT-3 is used", ["code:rt3"]),
        ("Part C is short", ["code:c"]),
        ("types A and C", ["code:a", "code:c"]),
        ("B型とC区分", ["code:b", "code:c"]),
        ("a type a person chose", []),
        ("the part I like", []),
        ("on day three", ["nth:3"]),
        ("三日目に", ["nth:3"]),
        ("Theme 2 came", ["nth:2"]),
        ("recommendation number 4", ["nth:4"]),
        ("session no. 3 began", ["nth:3"]),
        ("both come at once", []),
        ("paid once", ["n:1time"]),
        ("you hear within a week", ["n:7day"]),
        ("after a year it ends", ["n:12month"]),
        ("three months a year", ["n:3month"]),
        ("No one came.", []),
        ("the first half of it", ["nth:1"]),
    ],
)
def test_numbers_of_other_kinds(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


def names(text: str, language: str) -> list[tuple[str, bool]]:
    return [(c.key, c.is_person) for c in read(text, language).claims if c.kind == "name"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("It was led by Dr. Hiroshi Shimizu.", "en", [("@hiroshi shimizu", True)]),
        ("The University of Tokyo won.", "en", [("@university tokyo", False)]),
        ("Participants met JST.", "en", [("@jst", False)]),
        ("In Finland it rained.", "en", [("@finland", False)]),
        ("Costs are paid.", "en", []),
        ("Part C: it is short.", "en", []),
        ("It stands in annex B.", "en", []),
        ("He leads Group C.", "en", []),
        (
            "It is the Institute for Advanced Photonics of Kitahama University.",
            "en",
            [("@institute advanced photonics", False), ("@kitahama university", False)],
        ),
        ("They met a Rising PI.", "en", [("@rising", False)]),
        ("The Leading POs met.", "en", [("@leading", False)]),
        ("司会は清水浩氏だった。", "ja", [("@清水浩", True)]),
        ("Deepankar Medhi氏が話した。", "ja", [("@deepankar medhi", True)]),
        ("フィンランドで開いた。", "ja", [("@フィンランド", False)]),
    ],
)
def test_names_are_found(text: str, language: str, expected: list[tuple[str, bool]]) -> None:
    assert names(text, language) == expected


def test_a_name_written_small_is_known_from_the_passages() -> None:
    reading = read("it was led by hiroshi shimizu.", "en", frozenset(("hiroshi", "shimizu")))
    assert [claim.parts for claim in reading.claims] == [("hiroshi", "shimizu")]


@pytest.mark.parametrize(
    ("japanese", "latin"),
    [
        ("シミズ", "Shimizu"),
        ("オオモリ", "Ohmori"),
        ("ケンイチロウ", "Kenichiro"),
        ("フィンランド", "Finland"),
        ("マサチューセッツ", "Massachusetts"),
        ("チュービンゲン", "Tübingen"),
        ("デルフト", "Delft"),
        ("フランクフルト", "Frankfurt"),
    ],
)
def test_names_sound_alike(japanese: str, latin: str) -> None:
    assert sound_alike(romanised(japanese), latin)


@pytest.mark.parametrize(
    ("japanese", "latin"), [("シミズ", "Miyano"), ("カナダ", "Korea"), ("ドイツ", "Finland")]
)
def test_other_names_do_not(japanese: str, latin: str) -> None:
    assert not sound_alike(romanised(japanese), latin)


def turned(text: str, language: str) -> set[tuple[Turn, str]]:
    reading: Reading = read(text, language)
    return {
        (one.turn, reading.units[one.reach[0]].terms[0]) for one in reading.operators if one.reach
    }


@pytest.mark.parametrize(
    ("text", "language", "turn", "object_"),
    [
        ("Costs are not eligible.", "en", "not", "elig"),
        ("It is paid without approval.", "en", "not", "approv"),
        ("A report must be submitted.", "en", "must", "submit"),
        ("Money may be moved.", "en", "may", "move"),
        ("Only teams apply.", "en", "only", "team"),
        ("All is paid except travel.", "en", "except", "travel"),
        ("承認を要しない。", "ja", "not", "要する"),
        ("使用できない。", "ja", "not", "使用"),
        ("使用できません。", "ja", "not", "使用"),
        ("提出しなければならない。", "ja", "must", "提出"),
        ("変更することができる。", "ja", "may", "変更"),
        ("変更は認めません。", "ja", "may", "変更"),
        ("変更は認めない。", "ja", "may", "変更"),
        ("変更は認めず、返す。", "ja", "may", "変更"),
        ("変更は認めています。", "ja", "may", "変更"),
        ("設備を除く。", "ja", "except", "設備"),
        ("費目の間で移せます。", "ja", "may", "移す"),
        ("費目の間で使える。", "ja", "may", "使う"),
        ("型とは無関係です。", "ja", "not", "無関係"),
    ],
)
def test_turning_words_and_what_they_turn(
    text: str, language: str, turn: Turn, object_: str
) -> None:
    assert (turn, object_) in turned(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("No later than 5 May it is due.", "en"),
        ("Form No. 5 is used.", "en"),
        ("They do not only teach but learn.", "en"),
        ("学生だけでなく教員も参加した。", "ja"),
        ("提出しなければならない。", "ja"),
        ("しかし失敗した。", "ja"),
        ("不可欠な未来です。", "ja"),
        ("非常勤の方です。", "ja"),
    ],
)
def test_idioms_deny_nothing(text: str, language: str) -> None:
    turns = {one.turn for one in read(text, language).operators}
    assert "not" not in turns
    assert "only" not in turns or language == "en"


@pytest.mark.parametrize(
    ("text", "turn", "is_there"),
    [
        ("At most five come.", "some", False),
        ("Most of them come.", "some", True),
        ("Write as soon as possible.", "may", False),
        ("Take the latest possible date.", "may", False),
        ("It asks for possible use in care.", "may", False),
        ("It is possible to move money.", "may", True),
        ("Moving money is possible.", "may", True),
    ],
)
def test_idioms_turn_nothing(text: str, turn: Turn, is_there: bool) -> None:
    assert (turn in {one.turn for one in read(text, "en").operators}) is is_there


@pytest.mark.parametrize("text", ["移せばよい。", "食べる。", "始めます。", "受ける。", "求める。"])
def test_what_only_looks_like_what_can_be_done_is_none(text: str) -> None:
    assert "may" not in {one.turn for one in read(text, "ja").operators}


@pytest.mark.parametrize(
    ("text", "is_there"),
    [("It lasts half an hour.", False), ("Half the teams came.", False), ("Some came.", True)],
)
def test_half_that_is_a_value_turns_nothing(text: str, is_there: bool) -> None:
    assert ("some" in {one.turn for one in read(text, "en").operators}) is is_there


def test_what_stands_in_brackets_belongs_to_what_stands_before() -> None:
    reading = read("Dr. Ohmori (Okazaki) and Dr. Gross (Berlin) spoke.", "en")
    ohmori, okazaki, gross, berlin = (unit for unit in reading.units if unit.claim)
    assert distance(ohmori, okazaki) < distance(gross, okazaki)
    assert distance(gross, berlin) < distance(ohmori, berlin)


@given(st.text(max_size=200), st.sampled_from(["en", "ja", "und"]))
def test_any_text_can_be_taken_apart(text: str, language: str) -> None:
    reading = read(text, language)
    places = [unit.start for unit in reading.units]
    assert places == sorted(places)
    for operator in reading.operators:
        assert all(0 <= at < len(reading.units) for at in operator.reach)
