"""What one sentence plainly denies: the former for the present, a year for a month, the other side."""

import pytest
from tests.unit.bot.answering.checking.held import decided, reasons

from aspire_bot.answering.checking.claims.intervals import intervals
from aspire_bot.answering.checking.claims.rates import rate_of

MOVED = "The office moved from Basel to Geneva in March 2026."
NOT_THERE = "The meeting takes place in Oslo, not in Lyon as first planned."
MOVED_JA = "事務局は2026年4月に青葉町から緑町へ移転しました。"
CHAIR = "Dr. Weber, rather than Dr. Okada, chairs the session."
CHAIR_JA = "司会は前田氏に代わって上田氏が務めます。"
DUE_JA = "締切は10月ではなく11月です。"
LANGUAGE_JA = "使用言語は日本語から英語に変わりました。"
MONTHLY = "Students may receive an allowance of up to 80,000 yen a month."
MONTHLY_JA = "大学院生への手当は月額5万円を上限とします。"
EACH_JA = "旅費は1人あたり10万円まで支給します。"
GRANT = "The grant is 3 million yen per project and year."
ENGLISH = "Proposals must be written in English."
ENGLISH_JA = "提案書は英語で作成し、電子申請で提出してください。"
TWO_SIDES = "Postdocs may be employed, but students may not be employed."
TWO_SIDES_JA = "研究員の雇用は認めますが、学生の雇用は認めません。"
ELLIPTIC = "Samples may be sent by post, but radioactive samples must not."
TWO_DUTIES = "Poetry may be submitted in excerpts, but novels have to be submitted in full."
TWO_DUTIES_JA = "留学生は在留カードの写しが必要ですが、日本人学生は住民票のみで足ります。"
YEARLY_JA = "報告書は毎年度末に提出します。"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The office moved to Basel in March 2026.", MOVED),
        ("The office moved from Geneva to Basel in March 2026.", MOVED),
        ("The meeting takes place in Lyon.", NOT_THERE),
        ("The meeting takes place in Lyon instead of Oslo.", NOT_THERE),
        ("Dr. Okada chairs the session.", CHAIR),
        ("事務局は2026年4月に青葉町へ移転しました。", MOVED_JA),
        ("事務局は2026年4月に緑町から青葉町へ移転しました。", MOVED_JA),
        ("司会は前田氏が務めます。", CHAIR_JA),
        ("締切は10月です。", DUE_JA),
        ("使用言語は日本語です。", LANGUAGE_JA),
        ("使用言語は英語から日本語に変わりました。", LANGUAGE_JA),
    ],
)
def test_what_holds_no_more_does_not_hold(text: str, source: str) -> None:
    assert reasons(text, source) & {"name", "date", "negation"}


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The office moved to Geneva in March 2026.", MOVED),
        ("In March 2026 the office left Basel.", MOVED),
        ("The meeting takes place in Oslo.", NOT_THERE),
        ("The meeting was first planned in Lyon.", NOT_THERE),
        ("Dr. Weber chairs the session.", CHAIR),
        ("事務局は2026年4月に緑町へ移転しました。", MOVED_JA),
        ("事務局は2026年4月に青葉町から移転しました。", MOVED_JA),
        ("司会は上田氏が務めます。", CHAIR_JA),
        ("締切は11月です。", DUE_JA),
        ("使用言語は英語です。", LANGUAGE_JA),
    ],
)
def test_what_holds_now_and_what_was_before_may_be_said(text: str, source: str) -> None:
    assert not reasons(text, source) & {"name", "date", "negation"}


@pytest.mark.parametrize(
    ("text", "source", "is_found"),
    [
        ("Students may receive up to 80,000 yen a year.", MONTHLY, True),
        ("Students may receive up to 80,000 yen per month.", MONTHLY, False),
        ("Students may receive 80,000 yen per month at most.", MONTHLY, False),
        ("手当は日額5万円までです。", MONTHLY_JA, True),
        ("手当は週に5万円までです。", MONTHLY_JA, True),
        ("手当は毎月5万円までです。", MONTHLY_JA, False),
        ("旅費は1回10万円まで支給します。", EACH_JA, True),
        ("旅費は1人10万円まで支給します。", EACH_JA, False),
        ("The grant is 3 million yen per person and year.", GRANT, True),
        ("The grant is 3 million yen a year for each project.", GRANT, False),
        ("Students may receive up to ¥80,000 every year.", MONTHLY, True),
    ],
)
def test_what_an_amount_is_for_is_part_of_it(text: str, source: str, *, is_found: bool) -> None:
    assert bool(reasons(text, source) & {"unit", "number", "bound"}) == is_found


@pytest.mark.parametrize(
    ("text", "source", "is_found"),
    [
        ("English is not required for proposals.", ENGLISH, True),
        ("Proposals need not be written in English.", ENGLISH, True),
        ("Proposals have to be written in English.", ENGLISH, False),
        ("英語で書く必要はありません。", ENGLISH_JA, True),
        ("英語で書かなくてもよいです。", ENGLISH_JA, True),
        ("Students may be employed.", TWO_SIDES, True),
        ("Postdocs may be employed.", TWO_SIDES, False),
        ("Postdocs may be employed, students may not be employed.", TWO_SIDES, False),
        ("学生は雇えます。", TWO_SIDES_JA, True),
        ("研究員は雇えません。", TWO_SIDES_JA, True),
        ("研究員は雇えます。", TWO_SIDES_JA, False),
        ("学生は雇えません。", TWO_SIDES_JA, False),
        ("Radioactive samples may be sent by post.", ELLIPTIC, True),
        ("You must not post radioactive samples.", ELLIPTIC, False),
        ("Novels may be sent in excerpts, but poetry has to be complete.", TWO_DUTIES, True),
        ("Excerpts of poetry will do, but novels have to be submitted in full.", TWO_DUTIES, False),
        ("Unlike poetry, novels have to be submitted in full.", TWO_DUTIES, False),
        ("日本人学生は在留カードが必要で、留学生は住民票で足ります。", TWO_DUTIES_JA, True),
        ("留学生は在留カードが必要で、日本人学生は住民票で足ります。", TWO_DUTIES_JA, False),
    ],
)
def test_a_plain_contradiction_needs_no_other_words_in_common(
    text: str, source: str, *, is_found: bool
) -> None:
    assert any(fault.is_plain for fault in decided(text, source).faults) == is_found


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("80,000 yen a month", "80,000 yen", {"month"}),
        ("a monthly allowance of 80,000 yen", "80,000 yen", {"month"}),
        ("3 million yen per project and year", "3 million yen", {"project", "year"}),
        ("1課題につき年300万円", "300万円", {"project", "year"}),
        ("日額9,000円", "9,000円", {"day"}),
        ("2026年300万円", "300万円", set[str]()),
        ("in all 80,000 yen", "80,000 yen", set[str]()),
        ("1泊9,000円", "9,000円", {"night"}),
    ],
)
def test_what_an_amount_is_for_is_read(text: str, value: str, expected: set[str]) -> None:
    start = text.index(value)
    assert rate_of(text, start, start + len(value)) == expected


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("毎月末に出す", "every:1month"),
        ("月1回開かれる", "every:1month"),
        ("3か月に1度開く", "every:3month"),
        ("四半期ごとに振り込む", "every:3month"),
        ("2週間に1回", "every:14day"),
        ("隔週の金曜日", "every:14day"),
        ("1年おきに", "every:24month"),
        ("年に2度送る", "every:6month"),
        ("半年に1回", "every:6month"),
        ("季刊である", "every:3month"),
        ("twice a year", "every:6month"),
        ("every other week", "every:14day"),
        ("once every two months", "every:2month"),
        ("It is sent quarterly.", "every:3month"),
        ("reviewed biennially", "every:24month"),
    ],
)
def test_how_often_something_is_is_read_alike(text: str, key: str) -> None:
    assert [claim.key for claim in intervals(text)] == [key]


@pytest.mark.parametrize(
    "text",
    [
        "年0回",
        "0 times a year",
        "毎年80万円",
        "2,000 yen every month",
        "the annual report",
        "第2回",
        "a monthly allowance",
    ],
)
def test_what_an_amount_is_for_and_what_is_called_so_is_no_interval(text: str) -> None:
    assert not list(intervals(text))


@pytest.mark.parametrize(
    ("text", "source", "is_found"),
    [
        ("報告書は毎月末に提出します。", YEARLY_JA, True),
        ("報告書は毎年度末に提出します。", YEARLY_JA, False),
        ("評価は2年に1度です。", "評価は隔年で行う。", False),
        ("評価は年に2度です。", "評価は隔年で行う。", True),
        (
            "The fund reviews proposals every six months.",
            "Proposals are reviewed twice a year.",
            False,
        ),
        ("The fund reviews proposals every month.", "Proposals are reviewed twice a year.", True),
        (
            "発表会は隔年から毎年の開催に変わりました。",
            "発表会は毎年から隔年の開催に変わりました。",
            True,
        ),
        ("発表会は隔年の開催です。", "発表会は毎年から隔年の開催に変わりました。", False),
    ],
)
def test_another_interval_is_wrong(text: str, source: str, *, is_found: bool) -> None:
    assert ("number" in reasons(text, source)) == is_found
